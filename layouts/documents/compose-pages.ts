import type { Letter } from '#engine/letter.ts';
import type { Drawing } from '../page/drawing.ts';
import { bankgiroSlip, type SlipContent } from '../parts/bankgiro-slip.ts';
import { type Continued, CONTINUATION_HEIGHT_MM, continuationHeading } from '../parts/continuation-heading.ts';
import { type FlowBlock, type FlowLimits, flowPages } from '../parts/flow.ts';
import { carriedSum } from '../parts/line-table.ts';
import type { Block, PartContext } from '../parts/part.ts';
import type { ComposedPage } from './composed-letter.ts';
import { background, drawFlow, FOOTER_GAP_MM, footersOf, pageNumber, type Sender } from './letter-parts.ts';
import type { LetterSettings } from './letter-settings.ts';

/** Everything of the first page down to the table. */
export interface Opening {
  readonly drawings: readonly Drawing[];
  readonly bottomMm: number;
}

/** A document of the standard layout before it is divided into pages. */
export interface FlowingDocument {
  readonly letter: Pick<Letter, 'style' | 'language'>;
  readonly sender: Sender;
  readonly opening: Opening;
  /** Of the table: repeated on each page that has rows. */
  readonly heading: Block;
  readonly blocks: readonly FlowBlock[];
  readonly continued: Continued;
  /** At the foot of the last page. */
  readonly slip: SlipContent | undefined;
  /** The slip's word for the document's number. */
  readonly slipNumber: string;
  readonly slipTakes: FlowLimits['slipTakes'];
}

/** Divides a document into A4 pages, each with its heading, the sums carried, its footer and, on the last, the slip. */
export function composePages(
  context: PartContext,
  settings: LetterSettings,
  { letter, sender, opening, heading, blocks, continued, slip, slipNumber, slipTakes }: FlowingDocument,
): readonly ComposedPage[] {
  const footers = footersOf(sender, context, { keepsBackClear: slip !== undefined && settings.profile.duplex });
  const table = {
    heading,
    carried: (amount: bigint, direction: 'over' | 'forward') => carriedSum(context, amount, direction),
  };
  const laterTopMm = context.frame.content.top + CONTINUATION_HEIGHT_MM;
  const bottomMm = footers.plain.topMm - FOOTER_GAP_MM;
  const pages = flowPages(blocks, {
    firstTopMm: opening.bottomMm,
    laterTopMm,
    bottomMm,
    lastBottomMm: slip === undefined ? bottomMm : footers.aboveSlip.topMm - FOOTER_GAP_MM,
    headingMm: heading.heightMm,
    carriedMm: table.carried(0n, 'over').heightMm,
    slipTakes,
  });
  return pages.map((page, at) => {
    const isFirst = at === 0;
    const hasSlip = slip !== undefined && at === pages.length - 1;
    const footer = hasSlip ? footers.aboveSlip : footers.plain;
    const pageText = context.texts.page(at + 1, pages.length);
    const head = isFirst
      ? [...opening.drawings, pageNumber(context, pageText)]
      : continuationHeading(context, continued, pageText);
    const flow = drawFlow(page, table, isFirst ? opening.bottomMm : laterTopMm);
    return {
      drawings: [...head, ...flow, ...(hasSlip ? bankgiroSlip(context, slip) : [])],
      background: background(letter, sender, context, settings, { isFirst, hasSlip, footer, slipNumber }),
    };
  });
}
