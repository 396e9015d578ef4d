import type { MatrixCode } from './matrix-code.ts';

/** Square symbols of one data region (ISO/IEC 16022 table 7): modules a side, data words and check words. */
const symbols = [
  { size: 10, words: 3, checks: 5 },
  { size: 12, words: 5, checks: 7 },
  { size: 14, words: 8, checks: 10 },
  { size: 16, words: 12, checks: 12 },
  { size: 18, words: 18, checks: 14 },
  { size: 20, words: 22, checks: 18 },
  { size: 22, words: 30, checks: 20 },
  { size: 24, words: 36, checks: 24 },
  { size: 26, words: 44, checks: 28 },
] as const;

type SymbolSize = (typeof symbols)[number];

export const MAX_DATAMATRIX_WORDS = 44;

/**
 * An ECC200 DataMatrix of printable ASCII text in the smallest square symbol that holds it, digits two to a word. Throws a RangeError
 * for characters outside ASCII and for text longer than MAX_DATAMATRIX_WORDS.
 */
export function encodeDataMatrix(text: string): MatrixCode {
  const packed = packAscii(text);
  const symbol = symbols.find(({ words }) => words >= packed.length);
  if (symbol === undefined) throw new RangeError(`${packed.length} words of DataMatrix content, at most ${MAX_DATAMATRIX_WORDS}`);
  const words = padWords(packed, symbol.words);
  const checks = field.checkWords(words, field.generator(symbol.checks));
  return { size: symbol.size, modules: placeWords(symbol, words, checks) };
}

const field = makeGaloisField(0x1_2d, 1);

const isDigit = (code: number): boolean => code >= 0x30 && code <= 0x39;
const FIRST_DIGIT_PAIR = 130;

/** ASCII encodation (ISO/IEC 16022 §5.2.3): a pair of digits is 130 + its value, any other character its code + 1. */
function packAscii(text: string): number[] {
  const words: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    const next = text.charCodeAt(at + 1);
    if (code > 0x7f) throw new RangeError(`character outside ASCII in DataMatrix content: ${text}`);
    if (isDigit(code) && isDigit(next)) {
      words.push(FIRST_DIGIT_PAIR + (code - 0x30) * 10 + next - 0x30);
      at += 1;
    } else words.push(code + 1);
  }
  return words;
}

const PAD = 129;

/** The first pad word is 129; the others are scrambled by their position (ISO/IEC 16022 annex B.1, the 253-state algorithm). */
function padWords(packed: readonly number[], count: number): Uint8Array {
  const words = new Uint8Array(count);
  words.set(packed);
  for (let at = packed.length; at < count; at += 1) {
    const scrambled = PAD + ((149 * (at + 1)) % 253) + 1;
    words[at] = at === packed.length ? PAD : scrambled > 254 ? scrambled - 254 : scrambled;
  }
  return words;
}

function placeWords(symbol: SymbolSize, words: Uint8Array, checks: Uint8Array): Uint8Array {
  const { size } = symbol;
  const inner = size - 2;
  const modules = finderPattern(size);
  const places = placesOf(symbol);
  for (let row = 0; row < inner; row += 1) {
    for (let column = 0; column < inner; column += 1) {
      const place = places[row * inner + column] ?? 0;
      const word = place >> 3;
      const value = (word < words.length ? words[word] : checks[word - words.length]) ?? 0;
      const black = place < 0 ? place === FIXED_BLACK : ((value >> (place & 7)) & 1) === 1;
      if (black) modules[(row + 1) * size + column + 1] = 1;
    }
  }
  return modules;
}

/** Solid left and bottom edges, broken top and right edges. */
function finderPattern(size: number): Uint8Array {
  const modules = new Uint8Array(size * size);
  for (let at = 0; at < size; at += 1) {
    modules[at * size] = 1;
    modules[(size - 1) * size + at] = 1;
    if (at % 2 === 0) modules[at] = 1;
    if (at % 2 === 1) modules[at * size + size - 1] = 1;
  }
  return modules;
}

const UNPLACED = -3;
const FIXED_BLACK = -1;
const FIXED_WHITE = -2;
const knownPlaces = new Map<number, Int16Array>();

/** For each module inside the finder: word × 8 + bit, or a fixed colour. The same for every symbol of a size, so computed once. */
function placesOf({ size }: SymbolSize): Int16Array {
  const found = knownPlaces.get(size) ?? computePlaces(size - 2);
  knownPlaces.set(size, found);
  return found;
}

/** The walk of ISO/IEC 16022 annex F.3: diagonals up and down, with four special corner shapes. */
function computePlaces(side: number): Int16Array {
  const places = new Int16Array(side * side).fill(UNPLACED);
  let word = 0;
  const free = (row: number, column: number): boolean => places[row * side + column] === UNPLACED;
  let row = 4;
  let column = 0;
  while (row < side || column < side) {
    for (const corner of cornersAt(row, column, side)) placeShape(places, side, corner, word++);
    do {
      if (row < side && column >= 0 && free(row, column)) placeShape(places, side, standardShape(row, column), word++);
      row -= 2;
      column += 2;
    } while (row >= 0 && column < side);
    row += 1;
    column += 3;
    do {
      if (row >= 0 && column < side && free(row, column)) placeShape(places, side, standardShape(row, column), word++);
      row += 2;
      column -= 2;
    } while (row < side && column >= 0);
    row += 3;
    column += 1;
  }
  // Sizes whose last corner no word reaches have a fixed pattern there.
  if (free(side - 1, side - 1)) {
    places[side * side - 1] = FIXED_BLACK;
    places[side * side - side - 2] = FIXED_BLACK;
    places[side * side - 2] = FIXED_WHITE;
    places[side * side - side - 1] = FIXED_WHITE;
  }
  return places;
}

/** Eight modules of a word, most significant bit first. */
type Shape = readonly (readonly [row: number, column: number])[];

const standardShape = (row: number, column: number): Shape => [
  [row - 2, column - 2],
  [row - 2, column - 1],
  [row - 1, column - 2],
  [row - 1, column - 1],
  [row - 1, column],
  [row, column - 2],
  [row, column - 1],
  [row, column],
];

/** The corner cases of annex F.3 that begin at this point of the walk. */
function* cornersAt(row: number, column: number, side: number): Generator<Shape> {
  const last = side - 1;
  if (row === side && column === 0) {
    yield [
      [last, 0],
      [last, 1],
      [last, 2],
      [0, side - 2],
      [0, last],
      [1, last],
      [2, last],
      [3, last],
    ];
  }
  if (row === side - 2 && column === 0 && side % 4 !== 0) {
    yield [
      [side - 3, 0],
      [side - 2, 0],
      [last, 0],
      [0, side - 4],
      [0, side - 3],
      [0, side - 2],
      [0, last],
      [1, last],
    ];
  }
  if (row === side - 2 && column === 0 && side % 8 === 4) {
    yield [
      [side - 3, 0],
      [side - 2, 0],
      [last, 0],
      [0, side - 2],
      [0, last],
      [1, last],
      [2, last],
      [3, last],
    ];
  }
  if (row === side + 4 && column === 2 && side % 8 === 0) {
    yield [
      [last, 0],
      [last, last],
      [0, side - 3],
      [0, side - 2],
      [0, last],
      [1, side - 3],
      [1, side - 2],
      [1, last],
    ];
  }
}

/** Modules off the top or left edge come back on the other side, shifted (annex F.2). */
function placeShape(places: Int16Array, side: number, shape: Shape, word: number): void {
  for (const [bit, [givenRow, givenColumn]] of shape.entries()) {
    let [row, column] = [givenRow, givenColumn];
    if (row < 0) {
      row += side;
      column += 4 - ((side + 4) % 8);
    }
    if (column < 0) {
      column += side;
      row += 4 - ((side + 4) % 8);
    }
    places[row * side + column] = word * 8 + 7 - bit;
  }
}

/** The field of 256 elements that a matrix code's Reed–Solomon check words are computed in. */
export interface GaloisField {
  readonly multiply: (a: number, b: number) => number;
  /** Coefficients of the generator polynomial for a number of check words, highest power first, the leading 1 left out. */
  readonly generator: (checkWords: number) => Uint8Array;
  readonly checkWords: (words: Uint8Array, generator: Uint8Array) => Uint8Array;
}

/** A field by its primitive polynomial, and the power of the first root of its generators (ECC200: 0x12D and 1; QR: 0x11D and 0). */
export function makeGaloisField(polynomial: number, firstRoot: number): GaloisField {
  const powers = new Uint8Array(510);
  const logarithms = new Uint8Array(256);
  for (let power = 0, value = 1; power < 255; power += 1) {
    powers[power] = value;
    powers[power + 255] = value;
    logarithms[value] = power;
    value <<= 1;
    if (value > 255) value ^= polynomial;
  }
  const multiply = (a: number, b: number): number =>
    a === 0 || b === 0 ? 0 : (powers[(logarithms[a] ?? 0) + (logarithms[b] ?? 0)] ?? 0);
  const known = new Map<number, Uint8Array>();
  return {
    multiply,
    generator(count) {
      const found = known.get(count) ?? makeGenerator(count, multiply, (power) => powers[(firstRoot + power) % 255] ?? 0);
      known.set(count, found);
      return found;
    },
    checkWords(words, generator) {
      const count = generator.length;
      const rest = new Uint8Array(count);
      for (const word of words) {
        const factor = word ^ (rest[0] ?? 0);
        rest.copyWithin(0, 1);
        rest[count - 1] = 0;
        if (factor === 0) continue;
        const shift = logarithms[factor] ?? 0;
        for (let at = 0; at < count; at += 1) {
          const coefficient = generator[at] ?? 0;
          if (coefficient !== 0) rest[at] = (rest[at] ?? 0) ^ (powers[shift + (logarithms[coefficient] ?? 0)] ?? 0);
        }
      }
      return rest;
    },
  };
}

function makeGenerator(count: number, multiply: GaloisField['multiply'], root: (power: number) => number): Uint8Array {
  let polynomial = [1];
  for (let power = 0; power < count; power += 1) {
    const next = [...polynomial, 0];
    for (let at = 0; at < polynomial.length; at += 1)
      next[at + 1] = (next[at + 1] ?? 0) ^ multiply(polynomial[at] ?? 0, root(power));
    polynomial = next;
  }
  return Uint8Array.from(polynomial.slice(1));
}
