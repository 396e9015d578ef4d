import type { Invoice, PaymentAccount } from '#engine/invoice.ts';
import type { Letter } from '#engine/letter.ts';
import type { Drawing } from '../page/drawing.ts';
import { bankgiroSlip, type SlipContent } from '../parts/bankgiro-slip.ts';
import { bankgiroSlipForm } from '../parts/bankgiro-slip-form.ts';
import { addressWindow } from '../parts/address-window.ts';
import { CONTINUATION_HEIGHT_MM, continuationHeading } from '../parts/continuation-heading.ts';
import { facts } from '../parts/facts.ts';
import { flowPages, type FlowBlock, type FlowPage } from '../parts/flow.ts';
import { compactFooter, footer } from '../parts/footer.ts';
import { heading } from '../parts/heading.ts';
import { carriedSum, tableHeading, tableRows } from '../parts/line-table.ts';
import { gap, paragraph } from '../parts/paragraphs.ts';
import { type Block, type PartContext, stackBlocks } from '../parts/part.ts';
import { paymentPanel } from '../parts/payment-panel.ts';
import { fitsSlip } from '../parts/slip-line.ts';
import { READING_ZONE_TOP_MM, SLIP_TOP_MM } from '../parts/slip-places.ts';
import { sums } from '../parts/sums.ts';
import { leading, type } from '../parts/type-scale.ts';
import type { Background, ComposedLetter } from './composed-letter.ts';
import { closingTexts, documentFacts, panelContent, paymentCode } from './invoice-content.ts';
import { logoState, type LetterSettings, partContext } from './letter-settings.ts';

const BODY_GAP_MM = 5;
const FOOTER_GAP_MM = 3;
const SLIP_GAP_MM = 3;

/**
 * An invoice or credit note on as many A4 pages as it needs. Pure: the same letter, profile and envelope give the same drawings.
 * Throws a SyntaxError or RangeError for a logo or colour that cannot be drawn, which is a fault of the client's configuration.
 */
export function composeInvoice(letter: Letter, settings: LetterSettings): ComposedLetter {
  const context = partContext(letter, settings);
  const warnings: string[] = [];
  const slip = slipContent(letter, context, warnings);
  const opening = firstPageParts(letter, context, slip === undefined, warnings);
  // The slip may come to lie on a sheet's back, and what shines through must not disturb the reading of its code line.
  const keepsBackClear = slip !== undefined && settings.profile.duplex;
  const footers = footersOf(letter, context, keepsBackClear ? READING_ZONE_TOP_MM : context.frame.content.bottom);
  const tableHead = tableHeading(context);
  const bottomMm = footers.plain.topMm - FOOTER_GAP_MM;
  const pages = flowPages(flowBlocks(letter, context), {
    firstTopMm: opening.bottomMm,
    laterTopMm: context.frame.content.top + CONTINUATION_HEIGHT_MM,
    bottomMm,
    lastBottomMm: slip === undefined ? bottomMm : footers.aboveSlip.topMm - FOOTER_GAP_MM,
    headingMm: tableHead.heightMm,
    carriedMm: carriedSum(context, 0n, 'over').heightMm,
  });
  const composed = pages.map((page, at) => {
    const isFirst = at === 0;
    const hasSlip = slip !== undefined && at === pages.length - 1;
    const pageText = context.texts.page(at + 1, pages.length);
    const head = isFirst
      ? [...opening.drawings, pageNumber(context, pageText)]
      : continuationHeading(context, letter.invoice, titleOf(letter, context), pageText);
    const top = isFirst ? opening.bottomMm : context.frame.content.top + CONTINUATION_HEIGHT_MM;
    return {
      drawings: [...head, ...drawFlow(context, page, tableHead, top), ...(hasSlip ? bankgiroSlip(context, slip) : [])],
      background: background(letter, context, settings, {
        isFirst,
        hasSlip,
        footer: hasSlip ? footers.aboveSlip : footers.plain,
      }),
    };
  });
  const replaced = context.set.replaced();
  if (replaced.length > 0) warnings.push(`characters without a glyph were replaced by a square: ${replaced.join(' ')}`);
  return { envelope: settings.envelope, pages: composed, warnings };
}

const titleOf = ({ invoice }: Letter, { texts }: PartContext): string =>
  invoice.kind === 'creditNote' ? texts.creditNote : texts.invoice;

/** Payment by slip: only for what can be paid, to a bankgiro, with a reference of digits. */
function slipContent(letter: Letter, context: PartContext, warnings: string[]): SlipContent | undefined {
  const { invoice, style, addressLines } = letter;
  const [means] = invoice.paymentMeans;
  const amount = invoice.totals.payableAmount;
  if (!style.paymentSlip || invoice.kind === 'creditNote' || amount <= 0n) return undefined;
  const content = {
    reference: means?.reference ?? '',
    amount,
    bankgiro: means?.account?.branch === 'SE:BANKGIRO' ? means.account.id : '',
    dueDate: invoice.dueDate,
    payee: invoice.payee?.name ?? invoice.seller.name,
    payerLines: addressLines.filter((line) => line.trim() !== ''),
    invoiceNumber: invoice.number,
  };
  if (fitsSlip(content) && invoice.currency === 'SEK') {
    const qr = paymentCode(letter, context);
    return qr === undefined ? content : { ...content, qr };
  }
  warnings.push(`no payment slip: ${context.texts.slip.toBankgiro}, OCR or amount does not fit one`);
  return undefined;
}

interface Opening {
  readonly drawings: readonly Drawing[];
  readonly bottomMm: number;
}

/** Everything of the first page down to the table. */
function firstPageParts(letter: Letter, context: PartContext, hasNoSlip: boolean, warnings: string[]): Opening {
  const { frame, set, palette } = context;
  const address = addressWindow(context, letter.addressLines);
  for (const line of address.cutLines) warnings.push(`address line is wider than the window and was cut: ${line}`);
  const title = { ...type.title, ink: palette.accent };
  const listed = facts(context, frame.facts, documentFacts(letter, context));
  const bodyTop = Math.max(frame.window.bottom, listed.bottomMm) + BODY_GAP_MM;
  const panel = paymentPanel(context, panelContent(letter, context, hasNoSlip ? paymentCode(letter, context) : undefined));
  // The greeting presents an invoice; a credit note says itself what it is.
  const greeting = letter.invoice.kind === 'creditNote' ? undefined : letter.style.greeting?.[letter.language];
  const intro = greeting === undefined ? [] : [...paragraph(context, greeting, type.body, leading.body), gap(2)];
  const body = stackBlocks([panel, gap(BODY_GAP_MM - 1), ...intro], 0);
  return {
    drawings: [
      set.line(titleOf(letter, context), title, { xMm: frame.title.left, yMm: frame.title.top + 8 }),
      ...address.drawings,
      ...listed.drawings,
      ...body.draw(bodyTop),
    ],
    bottomMm: bodyTop + body.heightMm,
  };
}

const pageNumber = ({ set, frame }: PartContext, text: string): Drawing =>
  set.line(text, type.small, { xMm: frame.content.right, yMm: frame.title.top + 3, align: 'right' });

function flowBlocks(letter: Letter, context: PartContext): readonly FlowBlock[] {
  const rows = tableRows(context, letter.invoice).flatMap(({ blocks, runningAmount }) =>
    blocks.map((block, at): FlowBlock => ({ ...block, kind: 'row', runningAmount, continues: at > 0 })),
  );
  const closing = closingTexts(letter, context).flatMap((text) => [
    gap(1.6),
    ...paragraph(context, text, type.small, leading.small),
  ]);
  return [
    ...rows,
    { ...sums(context, letter.invoice), kind: 'close' },
    ...closing.map((block): FlowBlock => ({ ...block, kind: 'text' })),
  ];
}

function drawFlow(context: PartContext, page: FlowPage, tableHead: Block, topMm: number): readonly Drawing[] {
  const blocks = [
    ...(page.headed ? [tableHead] : []),
    ...(page.broughtForward === undefined ? [] : [carriedSum(context, page.broughtForward, 'forward')]),
    ...page.blocks,
    ...(page.carriedOver === undefined ? [] : [carriedSum(context, page.carriedOver, 'over')]),
  ];
  return stackBlocks(blocks, 0).draw(topMm);
}

interface PlacedFooter {
  readonly topMm: number;
  readonly block: Block;
}

/** The footer at the foot of the content, and the compact one over a slip. */
function footersOf(
  { invoice }: Letter,
  context: PartContext,
  plainBottomMm: number,
): Readonly<Record<'plain' | 'aboveSlip', PlacedFooter>> {
  const accounts = accountsOf(invoice);
  const plain = footer(context, invoice.seller, accounts);
  const compact = compactFooter(context, invoice.seller, accounts);
  return {
    plain: { block: plain, topMm: plainBottomMm - plain.heightMm },
    aboveSlip: { block: compact, topMm: SLIP_TOP_MM - SLIP_GAP_MM - compact.heightMm },
  };
}

const accountsOf = ({ paymentMeans }: Invoice): readonly PaymentAccount[] =>
  paymentMeans.flatMap(({ account }) => (account === undefined ? [] : [account]));

interface BackgroundPlace {
  readonly isFirst: boolean;
  readonly hasSlip: boolean;
  readonly footer: PlacedFooter;
}

/** Logo, footer and the form of the slip: what does not change between the letters of a style. */
function background(
  letter: Letter,
  context: PartContext,
  { profile, envelope }: LetterSettings,
  place: BackgroundPlace,
): Background {
  const { seller } = letter.invoice;
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
  ];
  const drawing: Background = {
    key: JSON.stringify([look, seller, accountsOf(letter.invoice)]),
    draw: () => [
      ...(place.isFirst ? heading(context, context.frame.heading, seller.tradingName ?? seller.name, logo?.ready) : []),
      ...place.footer.block.draw(place.footer.topMm),
      ...(place.hasSlip ? bankgiroSlipForm(context) : []),
    ],
  };
  return logo?.ready.kind === 'raster' ? { ...drawing, picture: logo.ready.raster } : drawing;
}
