import type { PaymentAccount, Seller } from '#engine/invoice.ts';
import type { Letter } from '#engine/letter.ts';
import type { Drawing } from '../page/drawing.ts';
import { bankgiroSlipForm } from '../parts/bankgiro-slip-form.ts';
import type { FlowPage } from '../parts/flow.ts';
import { compactFooter, footer } from '../parts/footer.ts';
import { heading } from '../parts/heading.ts';
import { type Block, type PartContext, stackBlocks } from '../parts/part.ts';
import { READING_ZONE_TOP_MM, SLIP_TOP_MM } from '../parts/slip-places.ts';
import { type } from '../parts/type-scale.ts';
import type { Background } from './composed-letter.ts';
import { logoState, type LetterSettings } from './letter-settings.ts';

/** What every kind of letter of the standard layout has in common: whose it is, and what stands around its text. */
export interface Sender {
  readonly seller: Seller;
  readonly accounts: readonly PaymentAccount[];
}

export const FOOTER_GAP_MM = 3;
const SLIP_GAP_MM = 3;

export interface PlacedFooter {
  readonly topMm: number;
  readonly block: Block;
}

/**
 * The footer at the foot of the content, and the compact one over a slip. With a slip in duplex the plain one keeps clear of the
 * reading zone: the slip may come to lie on a sheet's back, and what shines through must not disturb the reading of its code line.
 */
export function footersOf(
  sender: Sender,
  context: PartContext,
  { keepsBackClear }: { readonly keepsBackClear: boolean },
): Readonly<Record<'plain' | 'aboveSlip', PlacedFooter>> {
  const plain = footer(context, sender.seller, sender.accounts);
  const compact = compactFooter(context, sender.seller, sender.accounts);
  const bottomMm = keepsBackClear ? READING_ZONE_TOP_MM : context.frame.content.bottom;
  return {
    plain: { block: plain, topMm: bottomMm - plain.heightMm },
    aboveSlip: { block: compact, topMm: SLIP_TOP_MM - SLIP_GAP_MM - compact.heightMm },
  };
}

export const pageNumber = ({ set, frame }: PartContext, text: string): Drawing =>
  set.line(text, type.small, { xMm: frame.content.right, yMm: frame.title.top + 3, align: 'right' });

/** The blocks of a page under the table's heading, with the sums carried from page to page. */
export interface FlowTable {
  readonly heading: Block;
  readonly carried: (amount: bigint, direction: 'over' | 'forward') => Block;
}

export function drawFlow(page: FlowPage, table: FlowTable, topMm: number): readonly Drawing[] {
  const blocks = [
    ...(page.headed ? [table.heading] : []),
    ...(page.broughtForward === undefined ? [] : [table.carried(page.broughtForward, 'forward')]),
    ...page.blocks,
    ...(page.carriedOver === undefined ? [] : [table.carried(page.carriedOver, 'over')]),
  ];
  return stackBlocks(blocks, 0).draw(topMm);
}

export interface BackgroundPlace {
  readonly isFirst: boolean;
  readonly hasSlip: boolean;
  readonly footer: PlacedFooter;
  /** The slip's word for the letter's number. */
  readonly slipNumber: string;
}

/** Logo, footer and the form of the slip: what does not change between the letters of a style. */
export function background(
  letter: Pick<Letter, 'style' | 'language'>,
  sender: Sender,
  context: PartContext,
  { profile, envelope }: LetterSettings,
  place: BackgroundPlace,
): Background {
  const { seller, accounts } = sender;
  const logo = place.isFirst ? logoState(letter, context, profile.colour) : undefined;
  const { accentColour, layout, layoutVersion } = letter.style;
  const look = [
    layout,
    layoutVersion,
    letter.language,
    accentColour,
    profile.id,
    envelope.code,
    place.isFirst,
    place.hasSlip,
    place.footer.topMm,
    logo?.digest,
    place.slipNumber,
  ];
  const drawing: Background = {
    key: JSON.stringify([look, seller, accounts]),
    draw: () => [
      ...(place.isFirst ? heading(context, context.frame.heading, seller.tradingName ?? seller.name, logo?.ready) : []),
      ...place.footer.block.draw(place.footer.topMm),
      ...(place.hasSlip ? bankgiroSlipForm(context, place.slipNumber) : []),
    ],
  };
  return logo?.ready.kind === 'raster' ? { ...drawing, picture: logo.ready.raster } : drawing;
}
