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

/**
 * A symbol's modules with 32 lines side by side: word `position` of a group holds that position of every line, one line a bit. Runs and
 * shapes along all lines are then found by combining neighbouring words, without a loop over modules.
 */
interface PackedSymbol {
  readonly size: number;
  /** Lines are rows; group after group, `size` words each. */
  readonly rows: Int32Array;
  readonly columns: Int32Array;
}

const LINES_PER_GROUP = 32;
const groupsOf = (size: number): number => Math.ceil(size / LINES_PER_GROUP);

export function packSymbol(modules: Uint8Array, size: number): PackedSymbol {
  const rows = new Int32Array(groupsOf(size) * size);
  const columns = new Int32Array(groupsOf(size) * size);
  for (let row = 0; row < size; row += 1) {
    for (let column = 0; column < size; column += 1) {
      if (modules[row * size + column] !== 1) continue;
      const inRows = (row >> 5) * size + column;
      const inColumns = (column >> 5) * size + row;
      rows[inRows] = (rows[inRows] ?? 0) | (1 << (row & 31));
      columns[inColumns] = (columns[inColumns] ?? 0) | (1 << (column & 31));
    }
  }
  return { size, rows, columns };
}

/** The symbol with the modules of a mask turned. */
export const maskSymbol = (symbol: PackedSymbol, mask: PackedSymbol): PackedSymbol => ({
  size: symbol.size,
  rows: turnModules(symbol.rows, mask.rows),
  columns: turnModules(symbol.columns, mask.columns),
});

function turnModules(words: Int32Array, mask: Int32Array): Int32Array {
  const turned = new Int32Array(words.length);
  for (let at = 0; at < words.length; at += 1) turned[at] = (words[at] ?? 0) ^ (mask[at] ?? 0);
  return turned;
}

/** The penalty of a masked symbol (ISO/IEC 18004 §7.8.3); lower is easier to read. */
export const qrPenalty = ({ size, rows, columns }: PackedSymbol): number =>
  linesPenalty(rows, size) + linesPenalty(columns, size) + blocksPenalty(rows, size) + balancePenalty(rows, size);

/** Runs of five or more of a colour (rule 1) and shapes like a finder beside four white modules (rule 3) along all lines. */
function linesPenalty(words: Int32Array, size: number): number {
  let penalty = 0;
  for (let start = 0; start < words.length; start += size) {
    const lines = linesInGroup(start / size, size);
    let blackBefore = 0;
    let whiteBefore = 0;
    const at = (position: number): number => words[start + position] ?? 0;
    for (let position = 0; position + 5 <= size; position += 1) {
      const a = at(position);
      const b = at(position + 1);
      const c = at(position + 2);
      const d = at(position + 3);
      const e = at(position + 4);
      const blackRun = a & b & c & d & e;
      const whiteRun = ~(a | b | c | d | e) & lines;
      // A run of n has n − 4 such places, and n − 2 points.
      if ((blackRun | whiteRun) !== 0) {
        penalty += countOnes(blackRun) + 2 * countOnes(blackRun & ~blackBefore);
        penalty += countOnes(whiteRun) + 2 * countOnes(whiteRun & ~whiteBefore);
      }
      blackBefore = blackRun;
      whiteBefore = whiteRun;
      if (position + 7 > size) continue;
      const finder = a & ~b & c & d & e & ~at(position + 5) & at(position + 6);
      if (finder === 0) continue;
      if (position + 11 <= size) {
        penalty += 40 * countOnes(finder & ~(at(position + 7) | at(position + 8) | at(position + 9) | at(position + 10)));
      }
      if (position >= 4) {
        penalty += 40 * countOnes(finder & ~(at(position - 4) | at(position - 3) | at(position - 2) | at(position - 1)));
      }
    }
  }
  return penalty;
}

/** Three points for every two by two square of one colour (rule 2). */
function blocksPenalty(rows: Int32Array, size: number): number {
  let squares = 0;
  for (let start = 0; start < rows.length; start += size) {
    const lines = linesInGroup(start / size, size);
    const next = start + size < rows.length ? start + size : -1;
    // A square has its upper row in this group; the row under the last one is the first of the next group.
    const withRowBelow = next < 0 ? lines & (lines >>> 1) : lines;
    for (let column = 0; column + 1 < size; column += 1) {
      const left = rows[start + column] ?? 0;
      const right = rows[start + column + 1] ?? 0;
      const belowLeft = (left >>> 1) | (next < 0 ? 0 : (rows[next + column] ?? 0) << 31);
      const belowRight = (right >>> 1) | (next < 0 ? 0 : (rows[next + column + 1] ?? 0) << 31);
      squares += countOnes(~((left ^ right) | (left ^ belowLeft) | (left ^ belowRight)) & withRowBelow);
    }
  }
  return 3 * squares;
}

/** Ten points for every five per cent that the share of black is away from half (rule 4). */
function balancePenalty(rows: Int32Array, size: number): number {
  let black = 0;
  for (const word of rows) black += countOnes(word);
  const total = size * size;
  return 10 * Math.max(0, Math.ceil(Math.abs(black * 20 - total * 10) / total) - 1);
}

/** A bit for each line that the group really has. */
function linesInGroup(group: number, size: number): number {
  const count = Math.min(LINES_PER_GROUP, size - group * LINES_PER_GROUP);
  return count === LINES_PER_GROUP ? -1 : (1 << count) - 1;
}

function countOnes(word: number): number {
  if (word === 0) return 0;
  const pairs = word - ((word >>> 1) & 0x55_55_55_55);
  const fours = (pairs & 0x33_33_33_33) + ((pairs >>> 2) & 0x33_33_33_33);
  return Math.imul((fours + (fours >>> 4)) & 0x0f_0f_0f_0f, 0x01_01_01_01) >>> 24;
}

export type CorrectionLevel = 'L' | 'M';

/** How a version divides its words (ISO/IEC 18004 table 9): check words of a block, and the number of blocks. */
export interface QrBlocks {
  readonly checksPerBlock: number;
  readonly blocks: number;
}

/** Versions 1 to 15, which hold every payment code. */
export const MAX_QR_VERSION = 15;

const sizeOf = (version: number): number => 17 + 4 * version;

const levels: Readonly<Record<CorrectionLevel, readonly (readonly [checksPerBlock: number, blocks: number])[]>> = {
  L: [
    [7, 1],
    [10, 1],
    [15, 1],
    [20, 1],
    [26, 1],
    [18, 2],
    [20, 2],
    [24, 2],
    [30, 2],
    [18, 4],
    [20, 4],
    [24, 4],
    [26, 4],
    [30, 4],
    [22, 6],
  ],
  M: [
    [10, 1],
    [16, 1],
    [26, 1],
    [18, 2],
    [24, 2],
    [16, 4],
    [18, 4],
    [22, 4],
    [22, 5],
    [26, 5],
    [30, 5],
    [22, 8],
    [22, 9],
    [24, 9],
    [24, 10],
  ],
};

export function blocksOf(version: number, level: CorrectionLevel): QrBlocks {
  const [checksPerBlock, blocks] = levels[level][version - 1] ?? [0, 0];
  return { checksPerBlock, blocks };
}

/** Words of a version, data and check words together (ISO/IEC 18004 table 1). */
export function wordsOf(version: number): number {
  const alignments = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const patterns = alignments === 0 ? 0 : 25 * (alignments - 1) ** 2 + 20 * 2 * (alignments - 2);
  const functional = 3 * 64 + 31 + 2 * (sizeOf(version) - 16) + patterns + (version >= 7 ? 36 : 0);
  return Math.floor((sizeOf(version) ** 2 - functional) / 8);
}

export const dataWordsOf = (version: number, level: CorrectionLevel): number => {
  const { checksPerBlock, blocks } = blocksOf(version, level);
  return wordsOf(version) - checksPerBlock * blocks;
};

/** Centres of the alignment patterns along a side (ISO/IEC 18004 annex E); even steps down from the far one. */
function alignmentCentres(version: number): readonly number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const last = sizeOf(version) - 7;
  const step = Math.ceil((last - 6) / (count - 1) / 2) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, at) => last - (count - 2 - at) * step)];
}
