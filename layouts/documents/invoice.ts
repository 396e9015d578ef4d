import type { Invoice, PaymentAccount } from '#engine/invoice.ts';
import type { LetterOf } from '#engine/letter.ts';
import { addressWindow, facts } from '../parts/letter-frame.ts';
import { flowRows, type FlowBlock, gap, paragraph, type PartContext, stackBlocks, leading, type } from '../parts/flow.ts';
import { tableHeading, tableRows } from '../parts/line-table.ts';
import { paymentPanel } from '../parts/payment-panel.ts';
import { slipOf } from '../slips/slips.ts';
import { sums } from '../parts/sums.ts';
import { closingTexts, documentFacts, panelContent, paymentCode } from './invoice-content.ts';
import {
  composePages,
  type Opening,
  type PlacedSlip,
  type ComposedLetter,
  type LetterSettings,
  partContext,
} from './compose-pages.ts';

const BODY_GAP_MM = 5;

/**
 * An invoice or credit note on as many A4 pages as it needs. Pure: the same letter, profile and envelope give the same drawings.
 * Throws a SyntaxError or RangeError for a logo or colour that cannot be drawn, which is a fault of the client's configuration.
 */
export function composeInvoice(letter: LetterOf<Invoice>, settings: LetterSettings): ComposedLetter {
  const context = partContext(letter, settings);
  const warnings: string[] = [];
  const slip = placedSlip(letter, context, warnings);
  const { number, seller } = letter.content;
  const pages = composePages(context, settings, {
    letter,
    sender: { seller, accounts: accountsOf(letter.content) },
    opening: firstPageParts(letter, context, slip === undefined, warnings),
    heading: tableHeading(context),
    blocks: flowBlocks(letter, context),
    continued: { name: seller.tradingName ?? seller.name, title: titleOf(letter, context), number },
    slip,
    slipTakes: 'sums',
  });
  const replaced = context.set.replaced();
  if (replaced.length > 0) warnings.push(`characters without a glyph were replaced by a square: ${replaced.join(' ')}`);
  return { envelope: settings.envelope, pages, warnings };
}

const titleOf = ({ content: invoice }: LetterOf<Invoice>, { texts }: PartContext): string =>
  invoice.kind === 'creditNote' ? texts.creditNote : texts.invoice;

/** Payment by slip: only for what can be paid, to an account that has one, with a reference that fits it. */
function placedSlip(letter: LetterOf<Invoice>, context: PartContext, warnings: string[]): PlacedSlip | undefined {
  const { content: invoice, style, addressLines, language } = letter;
  const [means] = invoice.paymentMeans;
  const amount = invoice.totals.payableAmount;
  if (!style.paymentSlip || invoice.kind === 'creditNote' || amount <= 0n) return undefined;
  const content = {
    reference: means?.reference ?? '',
    amount,
    currency: invoice.currency,
    account: means?.account?.id ?? '',
    dueDate: invoice.dueDate,
    payee: invoice.payee?.name ?? invoice.seller.name,
    payerLines: addressLines.filter((line) => line.trim() !== ''),
    invoiceNumber: invoice.number,
  };
  const slip = means?.account && slipOf(context.parts, means.account);
  if (slip?.fits(content) === true) {
    const qr = paymentCode(letter, context);
    return { slip, content: qr === undefined ? content : { ...content, qr }, numberLabel: slip.invoiceNumber[language] };
  }
  warnings.push('no payment slip: account, reference, currency or amount does not fit one');
  return undefined;
}

/** Everything of the first page down to the table. */
function firstPageParts(letter: LetterOf<Invoice>, context: PartContext, hasNoSlip: boolean, warnings: string[]): Opening {
  const { frame, set, palette } = context;
  const address = addressWindow(context, letter.addressLines);
  for (const line of address.cutLines) warnings.push(`address line is wider than the window and was cut: ${line}`);
  const title = { ...type.title, ink: palette.accent };
  const listed = facts(context, frame.facts, documentFacts(letter, context));
  const bodyTop = Math.max(frame.window.bottom, listed.bottomMm) + BODY_GAP_MM;
  const panel = paymentPanel(context, panelContent(letter, context, hasNoSlip ? paymentCode(letter, context) : undefined));
  // The greeting presents an invoice; a credit note says itself what it is.
  const greeting = letter.content.kind === 'creditNote' ? undefined : letter.style.greeting?.[letter.language];
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

function flowBlocks(letter: LetterOf<Invoice>, context: PartContext): readonly FlowBlock[] {
  const closing = closingTexts(letter, context).flatMap((text) => [
    gap(1.6),
    ...paragraph(context, text, type.small, leading.small),
  ]);
  return [
    ...flowRows(tableRows(context, letter.content)),
    { ...sums(context, letter.content), kind: 'close' },
    ...closing.map((block): FlowBlock => ({ ...block, kind: 'text' })),
  ];
}

const accountsOf = ({ paymentMeans }: Invoice): readonly PaymentAccount[] =>
  paymentMeans.flatMap(({ account }) => (account === undefined ? [] : [account]));
