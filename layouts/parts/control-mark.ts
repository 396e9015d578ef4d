import type { PrintProfile } from '#engine/print-profile.ts';
import { encodeDataMatrix } from '../codes/datamatrix.ts';
import type { Drawing } from '../page/drawing.ts';
import type { Typesetter } from '../page/typesetter.ts';
import { printControlCode } from './control-code.ts';

/** Two lines hardly longer than the mark, so that they stay above a window that reaches up high. */
const TEXT_SIZE_PT = 4;
const TEXT_LEADING_MM = 1.6;
/** A reader wants at least one quiet module; three are usual (print.md §2.3). */
const QUIET_MODULES = 3;

/** The DataMatrix of a sheet's front at the profile's place, and its digits running down beside it. */
export function controlMark(set: Typesetter, profile: PrintProfile, code: string): readonly Drawing[] {
  const { xMm, yMm, moduleMm } = profile.controlMark;
  const { size, modules } = encodeDataMatrix(code);
  const style = { font: 'regular', sizePt: TEXT_SIZE_PT } as const;
  const textLeft = xMm + (size + QUIET_MODULES) * moduleMm;
  const lines = printControlCode(code).map((line, at): Drawing => {
    const text = set.line(line, style, { xMm: textLeft + at * TEXT_LEADING_MM, yMm, fact: 'ControlCode', zone: 'control' });
    return { ...text, turned: true };
  });
  return [{ kind: 'modules', xMm, yMm, moduleMm, size, modules, drawnAs: 'vectors', zone: 'control' }, ...lines];
}
