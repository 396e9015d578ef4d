import type { Letter, Logo } from '#engine/letter.ts';
import type { Envelope, PrintProfile } from '#engine/print-profile.ts';
import type { FontSet } from '../page/fonts.ts';
import { type Drawing, makePalette, type Raster } from '../page/drawing.ts';
import { readyLogo, type ReadyLogo } from '../page/logo.ts';
import {
  type Continued,
  CONTINUATION_HEIGHT_MM,
  continuationHeading,
  compactFooter,
  footer,
  heading,
  letterFrame,
} from '../parts/letter-frame.ts';
import {
  type FlowBlock,
  type FlowLimits,
  flowPages,
  type Block,
  type PartContext,
  type FlowPage,
  stackBlocks,
  type,
} from '../parts/flow.ts';
import { carriedSum } from '../parts/line-table.ts';
import type { PaymentAccount, Seller } from '#engine/invoice.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import type { Slip, SlipContent } from '../slips/slip.ts';
import { createHash } from 'node:crypto';
import { makeTypesetter } from '../page/typesetter.ts';
import { invoiceTexts } from '../texts/invoice-texts.ts';

/** A letter as drawings: what it is before any PDF, and independent of job, piece and date. */
export interface ComposedLetter {
  readonly envelope: Envelope;
  readonly pages: readonly ComposedPage[];
  /** Things the bureau should know but that do not stop the letter. */
  readonly warnings: readonly string[];
}

export interface ComposedPage {
  readonly drawings: readonly Drawing[];
  readonly background: Background;
}

/** What all letters of a style have in common on such a page; drawn once a file and shared. */
export interface Background {
  /** Equal keys have equal drawings. */
  readonly key: string;
  readonly draw: () => readonly Drawing[];
  readonly picture?: Raster;
}

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
  readonly slip: PlacedSlip | undefined;
  readonly slipTakes: FlowLimits['slipTakes'];
}

export interface PlacedSlip {
  readonly slip: Slip;
  readonly content: SlipContent;
  /** Its word for the document's number. */
  readonly numberLabel: string;
}

/** Divides a document into A4 pages, each with its heading, the sums carried, its footer and, on the last, the slip. */
export function composePages(
  context: PartContext,
  settings: LetterSettings,
  { letter, sender, opening, heading, blocks, continued, slip, slipTakes }: FlowingDocument,
): readonly ComposedPage[] {
  const footers = footersOf(sender, context, { slip: slip?.slip, duplex: settings.profile.duplex });
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
      drawings: [...head, ...flow, ...(hasSlip ? slip.slip.fill(context, slip.content) : [])],
      background: background(letter, sender, context, settings, { isFirst, footer, slip: hasSlip ? slip : undefined }),
    };
  });
}

/** What every kind of letter of the standard layout has in common: whose it is, and what stands around its text. */
interface Sender {
  readonly seller: Seller;
  readonly accounts: readonly PaymentAccount[];
}

const FOOTER_GAP_MM = 3;

const SLIP_GAP_MM = 3;

export interface PlacedFooter {
  readonly topMm: number;
  readonly block: Block;
}

/**
 * The footer at the foot of the content, and the compact one over a slip. With a slip in duplex the plain one keeps clear of the
 * reading zone: the slip may come to lie on a sheet's back, and what shines through must not disturb the reading of its code line.
 */
function footersOf(
  sender: Sender,
  context: PartContext,
  { slip, duplex }: { readonly slip: Slip | undefined; readonly duplex: boolean },
): Readonly<Record<'plain' | 'aboveSlip', PlacedFooter>> {
  const plain = footer(context, sender.seller, sender.accounts);
  const compact = compactFooter(context, sender.seller, sender.accounts);
  const { bottom } = context.frame.content;
  const bottomMm = slip !== undefined && duplex ? slip.readingZoneTopMm : bottom;
  return {
    plain: { block: plain, topMm: bottomMm - plain.heightMm },
    aboveSlip: { block: compact, topMm: (slip?.topMm ?? bottom) - SLIP_GAP_MM - compact.heightMm },
  };
}

const pageNumber = ({ set, frame }: PartContext, text: string): Drawing =>
  set.line(text, type.small, { xMm: frame.content.right, yMm: frame.title.top + 3, align: 'right' });

/** The blocks of a page under the table's heading, with the sums carried from page to page. */
export interface FlowTable {
  readonly heading: Block;
  readonly carried: (amount: bigint, direction: 'over' | 'forward') => Block;
}

function drawFlow(page: FlowPage, table: FlowTable, topMm: number): readonly Drawing[] {
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
  readonly slip: PlacedSlip | undefined;
  readonly footer: PlacedFooter;
}

/** Logo, footer and the form of the slip: what does not change between the letters of a style. */
function background(
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
    place.footer.topMm,
    logo?.digest,
    place.slip?.numberLabel,
  ];
  const drawing: Background = {
    key: JSON.stringify([look, seller, accounts]),
    draw: () => [
      ...(place.isFirst ? heading(context, context.frame.heading, seller.tradingName ?? seller.name, logo?.ready) : []),
      ...place.footer.block.draw(place.footer.topMm),
      ...(place.slip?.slip.form(context, place.slip.numberLabel) ?? []),
    ],
  };
  return logo?.ready.kind === 'raster' ? { ...drawing, picture: logo.ready.raster } : drawing;
}

/** What a document is composed with besides the letter. */
export interface LetterSettings {
  readonly profile: PrintProfile;
  readonly envelope: Envelope;
  readonly fonts: FontSet;
  readonly parts: Parts;
}

/** The context of every part of a letter: fresh for each letter, since the typesetter remembers what it replaced. */
export const partContext = (
  letter: Pick<Letter, 'style' | 'language'>,
  { profile, envelope, fonts, parts }: LetterSettings,
): PartContext => ({
  set: makeTypesetter(fonts),
  palette: makePalette(letter.style.accentColour, profile.colour),
  parts,
  texts: invoiceTexts[letter.language],
  language: letter.language,
  frame: letterFrame(profile, envelope),
});

export interface LogoState {
  readonly ready: ReadyLogo;
  readonly digest: string;
}

const knownLogos = new WeakMap<Logo, Map<boolean, LogoState>>();

/** The logo prepared for drawing and its digest; a style's letters share one logo object, so it is prepared once. */
function logoState(letter: Pick<Letter, 'style'>, { palette }: PartContext, colour: boolean): LogoState | undefined {
  const { logo } = letter.style;
  if (logo === undefined) return undefined;
  const known = knownLogos.get(logo) ?? new Map<boolean, LogoState>();
  knownLogos.set(logo, known);
  const found = known.get(colour);
  if (found !== undefined) return found;
  const ready = readyLogo(logo, palette, colour);
  const digest = createHash('sha256')
    .update(logo.kind === 'svg' ? JSON.stringify(logo) : logo.bytes)
    .digest('hex');
  const state = { ready, digest };
  known.set(colour, state);
  return state;
}
