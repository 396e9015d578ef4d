import { type BoxMm, type Envelope, type PrintProfile, windowZones } from '#engine/print-profile.ts';
import { boundsOf, type Drawing, PAGE_HEIGHT_MM, PAGE_WIDTH_MM } from './drawing.ts';

/** A rule of the print house that a page breaks. */
export interface PrintFault {
  readonly rule: 'address-outside-window' | 'ink-in-window' | 'ink-in-code-strip' | 'outside-margins' | 'colour-in-mono';
  /** From 1. */
  readonly page: number;
  readonly explanation: string;
}

/** Rounding of coordinates and of font measures, well under a printer's accuracy. */
const TOLERANCE_MM = 0.2;

export interface CheckedPage {
  readonly profile: PrintProfile;
  readonly envelope: Envelope;
  /** From 1; only the first page lies behind the window. */
  readonly page: number;
}

/**
 * Checks drawings of one page against the print profile: the address inside the window's always visible zone, nothing else in its
 * risk zone, the code strip free, margins kept, no colour on a black and white machine (print.md §1.3, §1.5, §3.1).
 */
export function checkPrintability(drawings: readonly Drawing[], { profile, envelope, page }: CheckedPage): readonly PrintFault[] {
  const zones = page === 1 ? windowZones(envelope) : undefined;
  return drawings.flatMap((drawing) => {
    const rule = faultOf(drawing, profile, zones);
    return rule === undefined ? [] : [{ rule, page, explanation: describe(drawing) }];
  });
}

/** Whether anything stands in the window: a letter without an address goes nowhere. */
export const hasAddress = (drawings: readonly Drawing[]): boolean =>
  drawings.some((drawing) => drawing.kind === 'text' && drawing.zone === 'address');

function faultOf(
  drawing: Drawing,
  profile: PrintProfile,
  zones: ReturnType<typeof windowZones> | undefined,
): PrintFault['rule'] | undefined {
  if (!profile.colour && hasColour(drawing)) return 'colour-in-mono';
  const box = boundsOf(drawing);
  const zone = 'zone' in drawing ? drawing.zone : undefined;
  if (zone === 'address')
    return zones !== undefined && !isInside(box, zones.alwaysVisible) ? 'address-outside-window' : undefined;
  if (zones !== undefined && overlaps(box, zones.everVisible)) return 'ink-in-window';
  // The machine-read line has its place from Bankgirot, over the strip and the margins; the mark has its own from the profile.
  if (zone === 'slipLine') return isInside(box, sheet) ? undefined : 'outside-margins';
  const strip = { left: 0, top: 0, right: profile.controlMark.freeToXMm, bottom: PAGE_HEIGHT_MM };
  if (zone === 'control') return isInside(box, strip) ? undefined : 'ink-in-code-strip';
  if (overlaps(box, strip)) return 'ink-in-code-strip';
  return isInside(box, withinMargins(profile)) ? undefined : 'outside-margins';
}

const sheet: BoxMm = { left: 0, top: 0, right: PAGE_WIDTH_MM, bottom: PAGE_HEIGHT_MM };

const withinMargins = ({ margins }: PrintProfile): BoxMm => ({
  left: margins.leftMm,
  top: margins.topMm,
  right: PAGE_WIDTH_MM - margins.rightMm,
  bottom: PAGE_HEIGHT_MM - margins.bottomMm,
});

const isInside = (box: BoxMm, outer: BoxMm): boolean =>
  box.left >= outer.left - TOLERANCE_MM &&
  box.top >= outer.top - TOLERANCE_MM &&
  box.right <= outer.right + TOLERANCE_MM &&
  box.bottom <= outer.bottom + TOLERANCE_MM;

const overlaps = (a: BoxMm, b: BoxMm): boolean =>
  a.left < b.right - TOLERANCE_MM &&
  a.right > b.left + TOLERANCE_MM &&
  a.top < b.bottom - TOLERANCE_MM &&
  a.bottom > b.top + TOLERANCE_MM;

/** Every ink but DeviceGray makes a colour click. */
function hasColour(drawing: Drawing): boolean {
  if (drawing.kind === 'path') return drawing.shapes.some(({ ink }) => !ink.operator.endsWith(' g'));
  if (drawing.kind === 'raster') return drawing.raster.channels !== 1;
  return drawing.kind !== 'modules' && !drawing.ink.operator.endsWith(' g');
}

function describe(drawing: Drawing): string {
  const { left, top, right, bottom } = boundsOf(drawing);
  const place = `x ${left.toFixed(1)}–${right.toFixed(1)} y ${top.toFixed(1)}–${bottom.toFixed(1)} mm`;
  return drawing.kind === 'text' ? `"${drawing.text.slice(0, 40)}" at ${place}` : `${drawing.kind} at ${place}`;
}
