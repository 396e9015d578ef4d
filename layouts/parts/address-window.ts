import type { Drawing } from '../page/drawing.ts';
import { millimetres } from '../page/lengths.ts';
import type { TextStyle } from '../page/typesetter.ts';
import type { PartContext } from './part.ts';

/** Sizes tried for the address block, largest first; the whole block has one size (print.md §1.4). */
const SIZES_PT = [11, 10.5, 10, 9.5, 9, 8.5, 8] as const;
const LEADING = 1.18;
/** What stands above the first baseline and below the last one, as shares of the size; capitals and descenders. */
const ASCENT = 0.75;
const DESCENT = 0.25;

export interface AddressPart {
  readonly drawings: readonly Drawing[];
  /** Lines that did not fit and were cut. */
  readonly cutLines: readonly string[];
}

/** The recipient inside the window's always visible zone: upright, left-aligned, without blank lines. */
export function addressWindow(context: PartContext, lines: readonly string[]): AddressPart {
  const { set, frame } = context;
  const box = frame.address;
  const filled = lines.filter((line) => line.trim() !== '');
  const widthMm = box.right - box.left;
  const heightAt = (sizePt: number): number => millimetres(sizePt) * (ASCENT + DESCENT + LEADING * (filled.length - 1));
  const fits = (sizePt: number): boolean =>
    heightAt(sizePt) <= box.bottom - box.top &&
    filled.every((line) => set.widthMm(set.printable(line, styleOf(sizePt)), styleOf(sizePt)) <= widthMm);
  const sizePt = SIZES_PT.find(fits) ?? SIZES_PT[SIZES_PT.length - 1] ?? 8;
  const style = styleOf(sizePt);
  const shown = filled.map((line) => set.fit(line, style, widthMm));
  const firstBaseline = box.top + millimetres(sizePt) * ASCENT + (box.bottom - box.top - heightAt(sizePt)) / 2;
  const drawings = shown.map((line, at) =>
    set.line(line, style, { xMm: box.left, yMm: firstBaseline + at * millimetres(sizePt) * LEADING, zone: 'address' }),
  );
  return { drawings, cutLines: filled.filter((line, at) => shown[at]?.endsWith('…') === true && !line.endsWith('…')) };
}

const styleOf = (sizePt: number): TextStyle => ({ font: 'regular', sizePt });
