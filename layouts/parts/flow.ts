import type { TableRow } from './line-table.ts';
import type { Block } from './part.ts';

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
