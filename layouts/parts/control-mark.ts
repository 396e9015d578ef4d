import type { PrintProfile } from '#engine/print-profile.ts';
import { encodeDataMatrix } from '../codes/datamatrix.ts';
import type { Drawing } from '../page/drawing.ts';
import type { Typesetter } from '../page/typesetter.ts';
import { printControlCode } from './control-code.ts';

const TEXT_SIZE_PT = 4;
/** A reader wants at least one quiet module; three are usual (print.md §2.3). */
const QUIET_MODULES = 3;

/** The DataMatrix of a sheet's front at the profile's place, and its digits running down beside it. */
export function controlMark(set: Typesetter, profile: PrintProfile, code: string): readonly Drawing[] {
  const { xMm, yMm, moduleMm } = profile.controlMark;
  const { size, modules } = encodeDataMatrix(code);
  const style = { font: 'regular', sizePt: TEXT_SIZE_PT } as const;
  const text = set.line(printControlCode(code), style, {
    xMm: xMm + (size + QUIET_MODULES) * moduleMm,
    yMm,
    fact: 'ControlCode',
    zone: 'control',
  });
  return [
    { kind: 'modules', xMm, yMm, moduleMm, size, modules, drawnAs: 'vectors', zone: 'control' },
    { ...text, turned: true },
  ];
}

