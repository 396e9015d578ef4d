/**
 * A symbol's modules with 32 lines side by side: word `position` of a group holds that position of every line, one line a bit. Runs and
 * shapes along all lines are then found by combining neighbouring words, without a loop over modules.
 */
export interface PackedSymbol {
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
