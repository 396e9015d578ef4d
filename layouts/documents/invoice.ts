import type { Invoice, PaymentAccount, Address } from '#engine/invoice.ts';
import type { LetterOf } from '#engine/letter.ts';
import { addressWindow, facts, type LabelledFact } from '../parts/letter-frame.ts';
import { flowRows, type FlowBlock, gap, paragraph, type PartContext, stackBlocks, leading, type } from '../parts/flow.ts';
import { tableHeading, tableRows, printPeriod } from '../parts/line-table.ts';
import { paymentPanel, type PanelCell, type PanelContent } from '../parts/payment-panel.ts';
import { slipOf, paymentCodeOf } from '../slips/slips.ts';
import { sums } from '../parts/sums.ts';
import {
  composePages,
  type Opening,
  type PlacedSlip,
  type ComposedLetter,
  type LetterSettings,
  partContext,
} from './compose-pages.ts';
import type { PaymentQr } from '../slips/slip.ts';
import { isDirectDebit, printAccount, printReference } from '../texts/account-numbers.ts';
import { printMoney } from '../texts/figures.ts';

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

/** The facts beside the address, the most asked for first; absent terms take no room. */
function documentFacts({ content: invoice }: LetterOf<Invoice>, { texts }: PartContext): readonly LabelledFact[] {
  const labels = texts.facts;
  const isCredit = invoice.kind === 'creditNote';
  const { buyer, seller, delivery } = invoice;
  const credited = invoice.precedingInvoices.map(({ number }) => number).join(', ');
  const optional: readonly (readonly [label: string, value: string | undefined])[] = [
    [labels.credits, isCredit && credited !== '' ? credited : undefined],
    [labels.debtorNumber, buyer.identifier?.id],
    [labels.yourReference, yourReference(invoice)],
    [labels.ourReference, seller.contact?.name],
    [labels.orderNumber, invoice.orderReference],
    [labels.contract, invoice.contractReference],
    [labels.project, invoice.projectReference],
    [labels.object, invoice.invoicedObject?.id],
    [labels.buyerAccounting, invoice.buyerAccountingReference],
    [labels.period, invoice.period === undefined ? undefined : printPeriod(invoice.period)],
    [labels.deliveryDate, delivery?.date],
    [labels.taxPointDate, invoice.taxPointDate],
    [labels.buyerVatId, buyer.vatId],
  ];
  return [
    { label: isCredit ? labels.creditNoteNumber : labels.invoiceNumber, value: invoice.number, strong: true, fact: 'Number' },
    { label: labels.issueDate, value: invoice.issueDate },
    ...(invoice.dueDate === undefined || isCredit ? [] : [{ label: labels.dueDate, value: invoice.dueDate, strong: true }]),
    ...optional.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }])),
  ];
}

/** The buyer's reference and contact, without saying the same twice. */
function yourReference({ buyerReference, buyer }: Invoice): string | undefined {
  const names = [buyerReference, buyer.contact?.name].filter((name) => name !== undefined && name !== '');
  return names.length === 0 ? undefined : [...new Set(names)].join(', ');
}

/** How much, by when, to which account and with which reference. */
function panelContent(letter: LetterOf<Invoice>, context: PartContext, qr: PaymentQr | undefined): PanelContent {
  const { content: invoice, language } = letter;
  const { texts } = context;
  const amount = printMoney(invoice.totals.payableAmount, invoice.currency, language);
  if (invoice.kind === 'creditNote') {
    const credited = invoice.precedingInvoices.map(({ number }) => number).join(', ');
    const cells = credited === '' ? [] : [{ label: texts.facts.credits, value: credited }];
    return { main: { label: texts.panel.toCredit, value: amount, fact: 'Payable' }, cells };
  }
  const toPay = invoice.totals.payableAmount > 0n;
  const main = { label: toPay ? texts.panel.toPay : texts.panel.nothingToPay, value: amount, fact: 'Payable' } as const;
  if (!toPay) return { main, cells: [] };
  const content = { main, cells: paymentCells(invoice, context) };
  return qr === undefined ? content : { ...content, qr };
}

/** The code for bank apps, where the client wants it and there is something to pay by the debtor's own hand, to an account that has one. */
function paymentCode({ content: invoice, style }: LetterOf<Invoice>, { parts, texts }: PartContext): PaymentQr | undefined {
  const { paymentMeans, seller, currency, issueDate, dueDate, totals } = invoice;
  const [means] = paymentMeans;
  if (!style.paymentQr || paymentMeans.some(isDirectDebit)) return undefined;
  if (invoice.kind === 'creditNote' || totals.payableAmount <= 0n || means?.account === undefined) return undefined;
  const content = paymentCodeOf(parts, {
    name: seller.name,
    legalId: seller.legalId?.id,
    reference: means.reference ?? invoice.number,
    issueDate,
    dueDate,
    amount: totals.payableAmount,
    vatAmount: totals.vatAmount,
    currency,
    account: means.account,
  });
  return content === undefined ? undefined : { content, caption: texts.panel.scan };
}

function paymentCells({ dueDate, paymentMeans }: Invoice, context: PartContext): readonly PanelCell[] {
  const [means] = paymentMeans;
  const account = means?.account;
  const reference = means?.reference;
  return [
    ...(dueDate === undefined ? [] : [{ label: context.texts.panel.payBy, value: dueDate }]),
    ...(account === undefined ? [] : [printAccount(context, account)]),
    ...(reference === undefined ? [] : [{ ...printReference(context, reference, account), fact: 'Reference' as const }]),
  ];
}

/** What stands under the sums: how to pay otherwise, terms, notes, and where it was delivered. */
function closingTexts({ content: invoice }: LetterOf<Invoice>, context: PartContext): readonly string[] {
  const { texts } = context;
  const isCredit = invoice.kind === 'creditNote';
  const others = invoice.paymentMeans.slice(1).flatMap(({ account }) => (account === undefined ? [] : [account]));
  const accounts = others.map((account) => {
    const { label, value } = printAccount(context, account);
    return `${label.toLowerCase()} ${value}`;
  });
  const { delivery, payee } = invoice;
  return [
    isCredit ? texts.creditNotice : undefined,
    !isCredit && invoice.paymentMeans.some(isDirectDebit) ? texts.directDebit : undefined,
    !isCredit && accounts.length > 0 ? texts.otherAccounts(accounts.join(', ')) : undefined,
    // A credit note has nothing to pay, so no terms of payment either.
    isCredit ? undefined : invoice.paymentTerms,
    invoice.note,
    payee === undefined ? undefined : `${texts.payee}: ${payee.name}`,
    delivery?.address === undefined ? undefined : `${texts.deliveredTo}: ${addressText(delivery.address, delivery.partyName)}`,
  ].filter((text): text is string => text !== undefined && text !== '');
}

const addressText = (address: Address, name: string | undefined): string =>
  [name, address.line1, address.line2, address.line3, [address.postcode, address.city].filter(Boolean).join(' ')]
    .filter((part) => part !== undefined && part !== '')
    .join(', ');
