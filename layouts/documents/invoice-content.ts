import type { Address, Invoice } from '#engine/invoice.ts';
import type { LetterOf } from '#engine/letter.ts';
import type { LabelledFact } from '../parts/letter-frame.ts';
import { printPeriod } from '../parts/line-table.ts';
import type { PartContext } from '../parts/flow.ts';
import type { PanelCell, PanelContent } from '../parts/payment-panel.ts';
import type { PaymentQr } from '../slips/slip.ts';
import { paymentCodeOf } from '../slips/slips.ts';
import { isDirectDebit, printAccount, printReference } from '../texts/account-numbers.ts';
import { printMoney } from '../texts/figures.ts';

/** The facts beside the address, the most asked for first; absent terms take no room. */
export function documentFacts({ content: invoice }: LetterOf<Invoice>, { texts }: PartContext): readonly LabelledFact[] {
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
export function panelContent(letter: LetterOf<Invoice>, context: PartContext, qr: PaymentQr | undefined): PanelContent {
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
export function paymentCode(
  { content: invoice, style }: LetterOf<Invoice>,
  { parts, texts }: PartContext,
): PaymentQr | undefined {
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
export function closingTexts({ content: invoice }: LetterOf<Invoice>, context: PartContext): readonly string[] {
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
