import { type BoxMm, type Envelope, type PrintProfile, windowZones } from '#engine/print-profile.ts';
import {
  PAGE_HEIGHT_MM,
  PAGE_WIDTH_MM,
  type Drawing,
  horizontalRule,
  millimetres,
  type Fact,
  type TextDrawing,
} from '../page/drawing.ts';
import type { ReadyLogo } from '../page/logo.ts';
import { type PartContext, type, type PlacedPart, leading, type Block, type LetterFrame } from './flow.ts';
import type { TextStyle } from '../page/typesetter.ts';
import type { PaymentAccount, Seller } from '#engine/invoice.ts';
import { printAccount, printLegalId } from '../texts/account-numbers.ts';

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

/** A logo never exceeds this, however much room the window leaves. */
const MAX_LOGO_WIDTH_MM = 65;
const MAX_LOGO_HEIGHT_MM = 17;

/** The seller's logo, or without one the name as a neutral heading. */
export function heading(context: PartContext, box: BoxMm, sellerName: string, logo: ReadyLogo | undefined): readonly Drawing[] {
  if (logo === undefined) return nameHeading(context, box, sellerName);
  const [width, height] = logo.kind === 'paths' ? [logo.viewBox[2], logo.viewBox[3]] : [logo.raster.width, logo.raster.height];
  const maxWidth = Math.min(MAX_LOGO_WIDTH_MM, box.right - box.left);
  const scaleMm = Math.min(maxWidth / width, Math.min(MAX_LOGO_HEIGHT_MM, box.bottom - box.top) / height);
  const place = { xMm: box.left, yMm: box.top, widthMm: width * scaleMm, heightMm: height * scaleMm };
  if (logo.kind === 'raster') return [{ kind: 'raster', ...place, raster: logo.raster }];
  const [originX, originY] = logo.viewBox;
  return [{ kind: 'path', ...place, scaleMm, originX, originY, shapes: logo.shapes }];
}

const NAME_LEADING_MM = 7;
/** The baseline of the document's title, to the right of the name. */
const FIRST_BASELINE_MM = 8;

function nameHeading({ set, palette }: PartContext, box: BoxMm, sellerName: string): readonly Drawing[] {
  const style = { ...type.sellerName, ink: palette.accent };
  const lines = set.wrap(sellerName, style, box.right - box.left);
  const room = Math.max(1, Math.floor((box.bottom - box.top) / NAME_LEADING_MM));
  const shown =
    lines.length <= room
      ? lines
      : [...lines.slice(0, room - 1), set.fit(lines.slice(room - 1).join(' '), style, box.right - box.left)];
  return shown.map((line, at) =>
    set.line(line, style, { xMm: box.left, yMm: box.top + FIRST_BASELINE_MM + at * NAME_LEADING_MM }),
  );
}

/** How far down the heading of a later page reaches. */
export const CONTINUATION_HEIGHT_MM = 13;

export interface Continued {
  /** Of the sender. */
  readonly name: string;
  readonly title: string;
  readonly number: string;
}

/** The short heading of the second page and all after it: who, what, and which page. */
export function continuationHeading(context: PartContext, continued: Continued, pageText: string): readonly Drawing[] {
  const { set, palette, frame } = context;
  const { left, right, top } = frame.content;
  const { title } = continued;
  const yMm = top + 4.6;
  const pageWidth = set.widthMm(pageText, type.small);
  const number = set.shrink(continued.number, type.strong, 45);
  const numberWidth = set.widthMm(set.printable(continued.number, number), number);
  const numberLeft = right - pageWidth - 6 - numberWidth;
  const titleWidth = set.widthMm(title, type.body);
  const name = set.fit(continued.name, type.strong, numberLeft - titleWidth - left - 8);
  return [
    set.line(name, { ...type.strong, ink: palette.accent }, { xMm: left, yMm }),
    set.line(title, type.body, { xMm: numberLeft - 1.5, yMm, align: 'right' }),
    set.line(continued.number, number, { xMm: numberLeft, yMm, fact: 'Number' }),
    set.line(pageText, type.small, { xMm: right, yMm, align: 'right' }),
    horizontalRule(left, top + 7, right - left, 0.5, palette.accent),
  ];
}

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

/** One labelled fact of the document. */
export interface LabelledFact {
  readonly label: string;
  readonly value: string;
  readonly strong?: boolean;
  readonly fact?: Fact;
}

const LABEL_WIDTH_MM = 32;
/** A long reference takes so many lines before it is cut. */
const MAX_VALUE_LINES = 3;

/** Label and value side by side, one fact under the other. */
export function facts(context: PartContext, box: BoxMm, items: readonly LabelledFact[]): PlacedPart {
  const { set } = context;
  const valueLeft = box.left + LABEL_WIDTH_MM;
  const drawings: Drawing[] = [];
  let baseline = box.top;
  for (const item of items) {
    const style = item.strong === true ? type.rowStrong : type.row;
    drawings.push(set.line(set.fit(item.label, type.label, LABEL_WIDTH_MM - 2), type.label, { xMm: box.left, yMm: baseline }));
    for (const line of valueLines(context, item, style, box.right - valueLeft)) {
      drawings.push({ ...line, xMm: valueLeft, yMm: baseline });
      baseline += leading.row;
    }
    baseline += leading.body - leading.row;
  }
  return { drawings, bottomMm: baseline - leading.body + 1 };
}

/** What is compared with the ledger stays whole on one line, if need be smaller; anything else is wrapped. */
function valueLines({ set }: PartContext, item: LabelledFact, style: TextStyle, widthMm: number): readonly TextDrawing[] {
  const origin = { xMm: 0, yMm: 0 };
  if (item.fact !== undefined)
    return [set.line(item.value, set.shrink(item.value, style, widthMm), { ...origin, fact: item.fact })];
  return shorten(set.wrap(item.value, style, widthMm), MAX_VALUE_LINES).map((line) => set.line(line, style, origin));
}

const shorten = (lines: readonly string[], most: number): readonly string[] =>
  lines.length <= most ? lines : [...lines.slice(0, most - 1), `${lines[most - 1] ?? ''}…`];

const HEADING_MM = 4;
const MAX_ROWS = 4;
const MAX_COMPACT_ROWS = 3;
const SEPARATOR = '   ·   ';

/** The seller in four columns: address, contact, company and payment, with what the law asks of an invoice (ML 17 kap. 24 §). */
export function footer(context: PartContext, seller: Seller, accounts: readonly PaymentAccount[]): Block {
  const { set, palette, frame } = context;
  const { left, right } = frame.content;
  const filled = columnsOf(context, seller, accounts).filter(({ rows }) => rows.length > 0);
  const step = (right - left) / filled.length;
  const columns = filled.map(({ heading, rows }) => ({
    heading,
    rows: rows.flatMap((row) => atMostTwo(context, row, step - 3)).slice(0, MAX_ROWS),
  }));
  const most = Math.max(...columns.map(({ rows }) => rows.length));
  return {
    heightMm: HEADING_MM + most * leading.footer + 1.2,
    draw: (topMm) => [
      horizontalRule(left, topMm, right - left, 0.5, palette.accent),
      ...columns.flatMap(({ heading, rows }, column) => {
        const xMm = left + column * step;
        return [
          set.line(heading, type.footerStrong, { xMm, yMm: topMm + HEADING_MM }),
          ...rows.map((row, at) => set.line(row, type.footer, { xMm, yMm: topMm + HEADING_MM + (at + 1) * leading.footer })),
        ];
      }),
    ],
  };
}

/** The same facts in running lines, for pages where a slip takes the room. */
export function compactFooter(context: PartContext, seller: Seller, accounts: readonly PaymentAccount[]): Block {
  const { set, palette, frame } = context;
  const { left, right } = frame.content;
  const rows = fillLines(
    context,
    columnsOf(context, seller, accounts).flatMap((column) => column.rows),
    right - left,
  );
  return {
    heightMm: 1 + rows.length * leading.footer + 1.2,
    draw: (topMm): readonly Drawing[] => [
      horizontalRule(left, topMm, right - left, 0.5, palette.accent),
      ...rows.map((row, at) => set.line(row, type.footer, { xMm: left, yMm: topMm + 1 + (at + 1) * leading.footer })),
    ],
  };
}

/** Items side by side as long as they fit; each is measured once. */
function fillLines({ set }: PartContext, items: readonly string[], widthMm: number): readonly string[] {
  const separatorMm = set.widthMm(SEPARATOR, type.footer);
  const lines: string[] = [];
  let usedMm = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const shown = set.fit(item, type.footer, widthMm);
    const itemMm = set.widthMm(shown, type.footer);
    if (usedMm + separatorMm + itemMm <= widthMm) {
      lines[lines.length - 1] += SEPARATOR + shown;
      usedMm += separatorMm + itemMm;
    } else {
      lines.push(shown);
      usedMm = itemMm;
    }
  }
  return lines.slice(0, MAX_COMPACT_ROWS);
}

function atMostTwo({ set }: PartContext, row: string, widthMm: number): readonly string[] {
  const lines = set.wrap(row, type.footer, widthMm);
  return lines.length <= 2 ? lines : [lines[0] ?? '', set.fit(lines.slice(1).join(' '), type.footer, widthMm)];
}

interface FooterColumn {
  readonly heading: string;
  readonly rows: readonly string[];
}

function columnsOf(context: PartContext, seller: Seller, accounts: readonly PaymentAccount[]): readonly FooterColumn[] {
  const { texts } = context;
  const { address, contact, legalId, vatId } = seller;
  const town = [address.postcode, address.city].filter((part) => part !== undefined).join('  ');
  return [
    { heading: texts.footer.address, rows: present([seller.name, address.line1, address.line2, town]) },
    { heading: texts.footer.contact, rows: present([contact?.name, contact?.telephone, contact?.email]) },
    {
      heading: texts.footer.company,
      rows: present([
        legalId === undefined
          ? undefined
          : `${texts.footer.legalId} ${printLegalId(context, { id: legalId.id, country: address.country })}`,
        vatId === undefined ? undefined : `${texts.footer.vatId} ${vatId}`,
        seller.taxRegistration,
        seller.legalForm,
      ]),
    },
    {
      heading: texts.footer.payment,
      rows: accounts.map((account) => Object.values(printAccount(context, account)).join(' ')),
    },
  ];
}

const present = (rows: readonly (string | undefined)[]): readonly string[] =>
  rows.filter((row): row is string => row !== undefined && row !== '');
