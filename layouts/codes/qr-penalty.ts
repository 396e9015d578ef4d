/**
 * The penalty of a masked symbol (ISO/IEC 18004 §7.8.3), lower is easier to read. Gives up, returning a larger number, as soon as
 * the penalty passes `limit`.
 */
export function qrPenalty(modules: Uint8Array, size: number, limit: number): number {
  let penalty = balancePenalty(modules, size);
  for (let line = 0; line < size && penalty <= limit; line += 1) {
    penalty += linePenalty(modules, line * size, 1, size) + linePenalty(modules, line, size, size);
    if (line > 0) penalty += blockPenalty(modules, line, size);
  }
  return penalty;
}

/** Ten points for every five per cent that the share of black is away from half (rule 4). */
function balancePenalty(modules: Uint8Array, size: number): number {
  let blackCount = 0;
  for (let at = 0; at < modules.length; at += 1) blackCount += modules[at] ?? 0;
  const total = size * size;
  return 10 * Math.max(0, Math.ceil(Math.abs(blackCount * 20 - total * 10) / total) - 1);
}

/** 1011101 with four white modules before or after it, as eleven bits of a line. */
const FINDER_THEN_WHITE = 0b101_1101_0000;
const WHITE_THEN_FINDER = 0b000_0101_1101;

/** Runs of five or more of a colour (rule 1) and shapes like a finder (rule 3) along one row or column. */
function linePenalty(modules: Uint8Array, start: number, step: number, size: number): number {
  let penalty = 0;
  let run = 0;
  let colour = -1;
  let window = 0;
  for (let count = 0, at = start; count < size; count += 1, at += step) {
    const module = modules[at] ?? 0;
    if (module === colour) {
      run += 1;
      if (run === 5) penalty += 3;
      else if (run > 5) penalty += 1;
    } else {
      colour = module;
      run = 1;
    }
    window = ((window << 1) | module) & 0x7_ff;
    if (count >= 10 && (window === FINDER_THEN_WHITE || window === WHITE_THEN_FINDER)) penalty += 40;
  }
  return penalty;
}

/** Three points for every two by two square of one colour (rule 2), of which this row is the lower half. */
function blockPenalty(modules: Uint8Array, row: number, size: number): number {
  let penalty = 0;
  const below = row * size;
  const above = below - size;
  let left = (modules[below] ?? 0) + (modules[above] ?? 0);
  for (let column = 1; column < size; column += 1) {
    const right = (modules[below + column] ?? 0) + (modules[above + column] ?? 0);
    if (left === right && right !== 1) penalty += 3;
    left = right;
  }
  return penalty;
}
