/**
 * What a print house wants, as data (`config/printers/*.yaml`). Lengths are millimetres from the sheet's top left corner unless
 * said; weights are milligrams. Geometry rules: reference/print.md §1.3.
 */
export interface PrintProfile {
  readonly id: string;
  readonly title: string;
  readonly duplex: boolean;
  /** Colour pages allowed; if not, every page is pure black. */
  readonly colour: boolean;
  readonly sheetMilligrams: number;
  /** Smallest first; a letter takes the first that holds its sheets. */
  readonly envelopes: readonly Envelope[];
  readonly margins: { readonly leftMm: number; readonly rightMm: number; readonly topMm: number; readonly bottomMm: number };
  /** The DataMatrix of each sheet's front, and the strip beside it that stays free of anything else. */
  readonly controlMark: { readonly xMm: number; readonly yMm: number; readonly moduleMm: number; readonly freeToXMm: number };
  /** A volume is cut on a letter's border before it passes this. */
  readonly maxSheetsPerVolume: number;
}

export interface Envelope {
  /** `C5`, `C4` */
  readonly code: string;
  readonly widthMm: number;
  readonly heightMm: number;
  /** The folded sheet inside. */
  readonly foldedWidthMm: number;
  readonly foldedHeightMm: number;
  readonly window: { readonly xMm: number; readonly yMm: number; readonly widthMm: number; readonly heightMm: number };
  readonly maxSheets: number;
  readonly milligrams: number;
  readonly postage: string;
}

export interface BoxMm {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Slack lets the folded sheet lie anywhere in the envelope: what the window always shows, and what it may ever show. */
export function windowZones(envelope: Envelope): { readonly alwaysVisible: BoxMm; readonly everVisible: BoxMm } {
  const slackX = envelope.widthMm - envelope.foldedWidthMm;
  const slackY = envelope.heightMm - envelope.foldedHeightMm;
  const { xMm, yMm, widthMm, heightMm } = envelope.window;
  return {
    alwaysVisible: { left: xMm, top: yMm, right: xMm + widthMm - slackX, bottom: yMm + heightMm - slackY },
    everVisible: { left: xMm - slackX, top: yMm - slackY, right: xMm + widthMm, bottom: yMm + heightMm },
  };
}
