import type { Language } from '#engine/language.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { type Drawing, type Palette, horizontalRule } from '../page/drawing.ts';
import type { Typesetter, TextStyle } from '../page/typesetter.ts';
import type { InvoiceTexts } from '../texts/invoice-texts.ts';
import type { BoxMm } from '#engine/print-profile.ts';
import type { Minor } from '#engine/money.ts';

/** A block with what pagination must know about it. */
export interface FlowBlock extends Block {
  /** `row`: a line of the table, under its repeated heading; `close`: what must stand on a page together with rows; `text`: the rest. */
  readonly kind: 'row' | 'close' | 'text';
  /** The block continues the one before it, such as the second part of a very long row. */
  readonly continues?: boolean;
  /** Sum of the rows up to and with this one. */
  readonly runningAmount?: bigint;
}

/** The rows of a table as blocks. */
export const flowRows = (rows: readonly TableRow[]): readonly FlowBlock[] =>
  rows.flatMap(({ blocks, runningAmount }) =>
    blocks.map((block, at): FlowBlock => ({ ...block, kind: 'row', runningAmount, continues: at > 0 })),
  );

export interface FlowLimits {
  readonly firstTopMm: number;
  readonly laterTopMm: number;
  readonly bottomMm: number;
  /** Bottom on the last page, higher up where a slip stands below. */
  readonly lastBottomMm: number;
  readonly headingMm: number;
  readonly carriedMm: number;
  /** What goes to the slip's page where only the slip does not fit: the sums and all after them, or the texts after the sums. */
  readonly slipTakes: 'sums' | 'texts';
}

/** Blocks of one page; `headed` pages repeat the table's heading. */
export interface FlowPage {
  readonly blocks: readonly FlowBlock[];
  readonly headed: boolean;
  /** Sum brought forward to the top and carried over at the foot of the page. */
  readonly broughtForward?: bigint;
  readonly carriedOver?: bigint;
}

/** Rows that keep the sums company on a last page, so that no page begins with bare sums. */
const ROWS_KEPT_WITH_SUMS = 2;

/**
 * Divides blocks into pages, greedily: rows fill the pages, with the heading repeated and the sum carried over; the sums stand with
 * the last rows; the last page ends above the slip.
 */
export function flowPages(blocks: readonly FlowBlock[], limits: FlowLimits): readonly FlowPage[] {
  const pages: FlowPage[] = [];
  let from = 0;
  for (;;) {
    const top = pages.length === 0 ? limits.firstTopMm : limits.laterTopMm;
    const broughtForward = sumBefore(blocks, from);
    const headed = blocks[from]?.kind === 'row';
    const start = top + (headed ? limits.headingMm : 0) + (broughtForward === undefined ? 0 : limits.carriedMm);
    const rest = heightOf(blocks, from, blocks.length);
    const opening = { headed, ...(broughtForward === undefined ? {} : { broughtForward }) };
    if (start + rest <= limits.lastBottomMm) {
      pages.push({ ...opening, blocks: blocks.slice(from) });
      return pages;
    }
    const to = endOfPage(blocks, from, {
      room: limits.bottomMm - start,
      carriedMm: limits.carriedMm,
      slipTakes: limits.slipTakes,
      isFirst: pages.length === 0,
    });
    const carriedOver = blocks[to]?.kind === 'text' ? undefined : sumBefore(blocks, to);
    pages.push({ ...opening, blocks: blocks.slice(from, to), ...(carriedOver === undefined ? {} : { carriedOver }) });
    from = to;
  }
}

const heightOf = (blocks: readonly FlowBlock[], from: number, to: number): number => {
  let height = 0;
  for (let at = from; at < to; at += 1) height += blocks[at]?.heightMm ?? 0;
  return height;
};

/** The sum to carry where a page begins with rows or with the sums. */
function sumBefore(blocks: readonly FlowBlock[], at: number): bigint | undefined {
  const next = blocks[at]?.kind;
  return at > 0 && (next === 'row' || next === 'close') ? blocks[at - 1]?.runningAmount : undefined;
}

interface PageRoom {
  readonly room: number;
  readonly carriedMm: number;
  readonly slipTakes: FlowLimits['slipTakes'];
  readonly isFirst: boolean;
}

/** Index of the first block that goes to the next page; beyond `from`, except on a first page without room for any block. */
function endOfPage(blocks: readonly FlowBlock[], from: number, { room, carriedMm, slipTakes, isFirst }: PageRoom): number {
  let to = from;
  let used = 0;
  for (const block of blocks.slice(from)) {
    const reserve = block.kind === 'row' ? carriedMm : 0;
    if (used + block.heightMm + reserve > room) break;
    used += block.heightMm;
    to += 1;
  }
  // Everything fits, only the slip does not: something has to go with it.
  if (to === blocks.length) {
    const close = blocks.findLastIndex(({ kind }) => kind === 'close');
    to = Math.max(from, slipTakes === 'sums' ? close : close + 1);
  }
  const end = keepCompany(blocks, from, to);
  if (end > from) return end;
  // A block taller than a page is placed all the same; it can only be one of a layout's own mistakes.
  return isFirst ? from : from + 1;
}

/** Moves the break up so that the page with the sums has some of the last rows above them. */
function keepCompany(blocks: readonly FlowBlock[], from: number, to: number): number {
  const close = blocks.findIndex(({ kind }) => kind === 'close');
  if (close < to) return to;
  const begins = (at: number): boolean => blocks[at]?.kind === 'row' && blocks[at].continues !== true;
  let end = to;
  let rows = 0;
  for (let at = end; at < close && rows < ROWS_KEPT_WITH_SUMS; at += 1) if (begins(at)) rows += 1;
  while (end > from + 1 && rows < ROWS_KEPT_WITH_SUMS) {
    end -= 1;
    if (begins(end)) rows += 1;
  }
  return end;
}

/** What every part draws with. Parts are pure: the same context and values give the same drawings. */
export interface PartContext {
  readonly set: Typesetter;
  readonly palette: Palette;
  /** What is plugged in: names and forms of accounts and references come from there. */
  readonly parts: Parts;
  readonly texts: InvoiceTexts;
  readonly language: Language;
  readonly frame: LetterFrame;
}

/** A part of known height that can be placed anywhere down the page. */
export interface Block {
  readonly heightMm: number;
  readonly draw: (topMm: number) => readonly Drawing[];
}

/** The drawings of a part at a fixed place, and how far down it reaches. */
export interface PlacedPart {
  readonly drawings: readonly Drawing[];
  readonly bottomMm: number;
}

/** Blocks one under the other as one block. */
export function stackBlocks(blocks: readonly Block[], gapMm: number): Block {
  const heightMm = blocks.reduce((sum, block) => sum + block.heightMm, 0) + gapMm * Math.max(0, blocks.length - 1);
  return {
    heightMm,
    draw: (topMm) => {
      let top = topMm;
      return blocks.flatMap((block) => {
        const drawings = block.draw(top);
        top += block.heightMm + gapMm;
        return drawings;
      });
    },
  };
}

/** A text over the whole width as one block a line, so that long terms flow over pages. */
export function paragraph({ set, frame }: PartContext, text: string, style: TextStyle, leadingMm: number): readonly Block[] {
  const { left, right } = frame.content;
  return set.wrap(text, style, Math.min(right - left, MAX_MEASURE_MM)).map((line) => ({
    heightMm: leadingMm,
    draw: (topMm) => [set.line(line, style, { xMm: left, yMm: topMm + leadingMm - 1 })],
  }));
}

/** Longer lines are hard to follow at text sizes. */
const MAX_MEASURE_MM = 150;

export const gap = (heightMm: number): Block => ({ heightMm, draw: () => [] });

/** The heading of a table: its labels on one line, over a rule. It is repeated on every page that has rows. */
export function headingRow({ palette, frame }: PartContext, labels: (yMm: number) => readonly Drawing[]): Block {
  const { left, right } = frame.content;
  return {
    heightMm: 6.4,
    draw: (topMm) => [...labels(topMm + 4), horizontalRule(left, topMm + 6, right - left, 0.9, palette.accent)],
  };
}

/** The sizes of a letter: few, and each with one purpose. */
export const type = {
  title: { font: 'semibold', sizePt: 22 },
  sellerName: { font: 'semibold', sizePt: 17 },
  amount: { font: 'semibold', sizePt: 17 },
  sum: { font: 'semibold', sizePt: 12 },
  strong: { font: 'semibold', sizePt: 9.5 },
  body: { font: 'regular', sizePt: 9.5 },
  row: { font: 'regular', sizePt: 9 },
  rowStrong: { font: 'semibold', sizePt: 9 },
  small: { font: 'regular', sizePt: 8 },
  label: { font: 'regular', sizePt: 8 },
  labelStrong: { font: 'semibold', sizePt: 8 },
  footer: { font: 'regular', sizePt: 7.5 },
  footerStrong: { font: 'semibold', sizePt: 7.5 },
} as const satisfies Readonly<Record<string, TextStyle>>;

/** Distance between the baselines of body text, rows and small print, in mm. */
export const leading = { body: 4.6, row: 4.2, small: 3.6, footer: 3.3 } as const;

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

/** A row of the table: one block, or several where its texts are longer than MAX_ROW_BLOCK_LINES. */
export interface TableRow {
  readonly blocks: readonly Block[];
  /** Sum of this row and all before it. */
  readonly runningAmount: Minor;
}
