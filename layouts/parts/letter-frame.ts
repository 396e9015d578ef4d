import { type BoxMm, type Envelope, type PrintProfile, windowZones } from '#engine/print-profile.ts';
import { PAGE_HEIGHT_MM, PAGE_WIDTH_MM } from '../page/lengths.ts';

/** The named rectangles of a letter's first sheet, in mm; everything is derived from the print profile (print.md §1.3, §1.5). */
export interface LetterFrame {
  /** Where anything may stand on any page. */
  readonly content: BoxMm;
  /** The address and nothing else. */
  readonly address: BoxMm;
  /** What the window may ever show; nothing but the address lies in it. */
  readonly window: BoxMm;
  /** Logo or name of the seller. */
  readonly heading: BoxMm;
  /** Title of the document. */
  readonly title: BoxMm;
  /** The document's facts, beside the window; they may run on below `bottom`. */
  readonly facts: BoxMm;
}

/** The bands of a first page: a heading at least this high, and columns split at this share of the width. */
const MIN_HEADING_MM = 14;
const MAX_HEADING_MM = 18;
const TITLE_SHARE = 0.6;
const MIN_FACTS_WIDTH_MM = 55;
const GAP_MM = 4;
/** Room for the title above the facts where both stand in one column. */
const TITLE_HEIGHT_MM = 14;
/** Facts begin no higher than this, so that they stand beside the address rather than above it. */
const FACTS_BELOW_TOP_MM = 23;

export function letterFrame(profile: PrintProfile, envelope: Envelope): LetterFrame {
  const { margins, controlMark } = profile;
  const content = {
    left: Math.max(margins.leftMm, controlMark.freeToXMm),
    top: margins.topMm,
    right: PAGE_WIDTH_MM - margins.rightMm,
    bottom: PAGE_HEIGHT_MM - margins.bottomMm,
  };
  const zones = windowZones(envelope);
  const window = zones.everVisible;
  const address = intersect(zones.alwaysVisible, content);
  const split = content.left + (content.right - content.left) * TITLE_SHARE;
  const bandBottom = Math.min(window.top - 1, content.top + MAX_HEADING_MM);
  const hasBand = bandBottom - content.top >= MIN_HEADING_MM;
  const right = { left: Math.max(window.right + GAP_MM, split), right: content.right };
  const left = { left: content.left, right: Math.min(window.left - GAP_MM, split - GAP_MM) };
  const factsTop = content.top + FACTS_BELOW_TOP_MM;
  if (right.right - right.left >= MIN_FACTS_WIDTH_MM) {
    const title = { ...right, top: content.top, bottom: content.top + TITLE_HEIGHT_MM };
    const heading = { left: content.left, right: right.left - GAP_MM, top: content.top, bottom: bandBottom };
    if (hasBand) return { content, address, window, heading, title, facts: { ...right, top: factsTop, bottom: window.bottom } };
    return { content, address, window, ...stacked(right, content) };
  }
  if (left.right - left.left >= MIN_FACTS_WIDTH_MM) {
    const title = { left: split, right: content.right, top: content.top, bottom: content.top + TITLE_HEIGHT_MM };
    const heading = { left: content.left, right: split - GAP_MM, top: content.top, bottom: bandBottom };
    if (hasBand)
      return { content, address, window, heading, title, facts: { ...left, top: factsTop + 6, bottom: window.bottom } };
    return { content, address, window, ...stacked(left, content) };
  }
  // A window across the sheet: heading and title above it, the facts below.
  const heading = { left: content.left, right: split - GAP_MM, top: content.top, bottom: bandBottom };
  const title = { left: split, right: content.right, top: content.top, bottom: content.top + TITLE_HEIGHT_MM };
  const facts = { left: content.left, right: split, top: window.bottom + GAP_MM, bottom: window.bottom + GAP_MM };
  return { content, address, window, heading, title, facts };
}

/** Heading, title and facts in one column, where the window reaches up too high for a band above it. */
function stacked(column: { left: number; right: number }, content: BoxMm): Pick<LetterFrame, 'heading' | 'title' | 'facts'> {
  const headingBottom = content.top + MIN_HEADING_MM;
  const titleTop = headingBottom + GAP_MM - 1;
  const titleBottom = titleTop + TITLE_HEIGHT_MM - 2;
  return {
    heading: { ...column, top: content.top, bottom: headingBottom },
    title: { ...column, top: titleTop, bottom: titleBottom },
    facts: { ...column, top: titleBottom + GAP_MM, bottom: titleBottom + GAP_MM },
  };
}

const intersect = (a: BoxMm, b: BoxMm): BoxMm => ({
  left: Math.max(a.left, b.left),
  top: Math.max(a.top, b.top),
  right: Math.min(a.right, b.right),
  bottom: Math.min(a.bottom, b.bottom),
});
