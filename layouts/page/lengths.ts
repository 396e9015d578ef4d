/** Lengths of the layouts are millimetres from the sheet's left and top edge; font sizes are points of 1/72 inch. */
export const POINTS_PER_MM = 72 / 25.4;
export const MM_PER_POINT = 25.4 / 72;

/** A4 portrait (ISO 216), the only sheet Kuvert prints on. */
export const PAGE_WIDTH_MM = 210;
export const PAGE_HEIGHT_MM = 297;

export const points = (mm: number): number => mm * POINTS_PER_MM;
export const millimetres = (pt: number): number => pt * MM_PER_POINT;
