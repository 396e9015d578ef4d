import { packSymbol, type PackedSymbol } from './qr-penalty.ts';
import { alignmentCentres, type CorrectionLevel, sizeOf } from './qr-versions.ts';

/** What is the same in every symbol of a version: its fixed modules, and where the bits and the masks go. */
export interface QrPattern {
  readonly size: number;
  /** The fixed modules' colours; format information is drawn later. */
  readonly modules: Uint8Array;
  /** Positions of the data modules in the order of the bits. */
  readonly positions: Uint16Array;
  /** The eight masks for each level. */
  readonly masks: Readonly<Record<CorrectionLevel, readonly QrMask[]>>;
}

/** 1 where a mask turns a data module, and where the format information that names it is black. */
export interface QrMask {
  readonly modules: Uint8Array;
  readonly packed: PackedSymbol;
}

const known = new Map<number, QrPattern>();

export function qrPattern(version: number): QrPattern {
  const found = known.get(version) ?? makePattern(version);
  known.set(version, found);
  return found;
}

function makePattern(version: number): QrPattern {
  const size = sizeOf(version);
  const modules = new Uint8Array(size * size);
  const fixed = new Uint8Array(size * size);
  const set = (row: number, column: number, black: boolean): void => {
    if (row < 0 || column < 0 || row >= size || column >= size) return;
    modules[row * size + column] = black ? 1 : 0;
    fixed[row * size + column] = 1;
  };
  for (let at = 0; at < size; at += 1) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  for (const [row, column] of [
    [3, 3],
    [3, size - 4],
    [size - 4, 3],
  ] as const)
    drawRings(set, row, column, 4);
  drawAlignments(version, size, set);
  if (version >= 7) drawVersion(version, size, set);
  // The places of the format information and the one module that is always black (ISO/IEC 18004 §7.9.1).
  for (let at = 0; at < 9; at += 1) {
    if (at !== 6) {
      set(8, at, false);
      set(at, 8, false);
    }
  }
  for (let at = 1; at <= 8; at += 1) {
    set(8, size - at, false);
    set(size - at, 8, at === 8);
  }
  const positions = dataPositions(size, fixed);
  const masksOf = (level: CorrectionLevel): readonly QrMask[] =>
    maskRules.map((rule, number) => {
      const mask = drawMask(rule, size, positions);
      drawFormat(mask, size, level, number);
      return { modules: mask, packed: packSymbol(mask, size) };
    });
  return { size, modules, positions, masks: { L: masksOf('L'), M: masksOf('M') } };
}

type SetModule = (row: number, column: number, black: boolean) => void;

/** Concentric squares: a finder with its separator has reach 4, an alignment pattern reach 2. */
function drawRings(set: SetModule, row: number, column: number, reach: number): void {
  for (let down = -reach; down <= reach; down += 1) {
    for (let across = -reach; across <= reach; across += 1) {
      const ring = Math.max(Math.abs(down), Math.abs(across));
      set(row + down, column + across, reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1);
    }
  }
}

function drawAlignments(version: number, size: number, set: SetModule): void {
  const centres = alignmentCentres(version);
  const isFinder = (row: number, column: number): boolean =>
    (row === 6 && column === 6) || (row === 6 && column === size - 7) || (row === size - 7 && column === 6);
  for (const row of centres) {
    for (const column of centres) if (!isFinder(row, column)) drawRings(set, row, column, 2);
  }
}

/** Version information: six bits and twelve check bits of a (18,6) Golay code (ISO/IEC 18004 annex D). */
function drawVersion(version: number, size: number, set: SetModule): void {
  let rest = version;
  for (let bit = 0; bit < 12; bit += 1) rest = (rest << 1) ^ ((rest >> 11) * 0x1f_25);
  const bits = (version << 12) | rest;
  for (let bit = 0; bit < 18; bit += 1) {
    const black = ((bits >> bit) & 1) === 1;
    const [far, near] = [size - 11 + (bit % 3), Math.floor(bit / 3)];
    set(far, near, black);
    set(near, far, black);
  }
}

/** Two columns at a time from the right, upwards and downwards in turn, leaving out the timing column (ISO/IEC 18004 §7.7.3). */
function dataPositions(size: number, fixed: Uint8Array): Uint16Array {
  const positions: number[] = [];
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const upwards = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      const row = upwards ? size - 1 - step : step;
      for (const column of [right, right - 1]) if (fixed[row * size + column] === 0) positions.push(row * size + column);
    }
  }
  return Uint16Array.from(positions);
}

type MaskRule = (row: number, column: number) => boolean;

/** ISO/IEC 18004 table 10. */
const maskRules: readonly MaskRule[] = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

function drawMask(rule: MaskRule, size: number, positions: Uint16Array): Uint8Array {
  const mask = new Uint8Array(size * size);
  for (const position of positions) mask[position] = rule(Math.floor(position / size), position % size) ? 1 : 0;
  return mask;
}

const levelBits: Readonly<Record<CorrectionLevel, number>> = { L: 0b01, M: 0b00 };

/** Level and mask with ten check bits of a (15,5) BCH code, twice (ISO/IEC 18004 §7.9.1). */
function drawFormat(modules: Uint8Array, size: number, level: CorrectionLevel, mask: number): void {
  const content = (levelBits[level] << 3) | mask;
  let rest = content;
  for (let bit = 0; bit < 10; bit += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x5_37);
  const bits = ((content << 10) | rest) ^ 0b101_0100_0001_0010;
  for (let bit = 0; bit < 15; bit += 1) {
    const colour = (bits >> bit) & 1;
    const along = bit < 6 ? bit : bit < 8 ? bit + 1 : 0;
    if (bit < 8) modules[along * size + 8] = colour;
    else modules[8 * size + (bit === 8 ? 7 : 14 - bit)] = colour;
    if (bit < 8) modules[8 * size + size - 1 - bit] = colour;
    else modules[(size - 15 + bit) * size + 8] = colour;
  }
}
