import type { Agreement } from '#engine/agreement.ts';
import { enrich } from '#engine/enrich.ts';
import { canonicalDigest, DIGEST_VERSION } from '#engine/store/digest.ts';
import { makeCreditNote } from '#engine/make-credit-note.ts';
import type { Minor } from '#engine/money.ts';
import { storeCreditedInvoices } from '#engine/store/credits.ts';
import type { Tx } from '#engine/store/database.ts';
import { loadDebtorWishes, type DebtorWishes } from '#engine/store/debtors.ts';
import { storeDocuments } from '#engine/store/documents.ts';
import { loadIssuedInvoices, storeInvoices, type IssuedInvoice, type IssuedInvoiceRow } from '#engine/store/invoices.ts';
import { withLedger, type Ledger } from '#engine/store/ledger.ts';
import { takeNumbers } from '#engine/store/number-series.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import { agreementOf, type House, todayOf } from '../house/house.ts';
import { documentId, issueTransactions } from '../pipeline/book-documents.ts';
import { enqueueMaking } from '../pipeline/make-documents.ts';
import { allocateCredits } from './allocate-credits.ts';

/** A credit note to be issued on a client's behalf, by the order in a row of a file. */
export interface CreditOrder {
  /** The row; each holds one document. */
  readonly sequence: number;
  readonly invoice: string;
  readonly amount: Minor;
}

/** Series of the house's credit notes for a client; the client's own numbers are its own. */
const creditSeries = (client: string): string => `credit:${client}`;

/** Prefix that keeps the house's numbers apart from a client's. */
const NUMBER_PREFIX = 'KREDIT-';

/**
 * Issues credit notes as documents of the house's own number series, delivers them as invoices are, books them, and sets them against
 * their invoices. A change of what is owed without a document would leave the client's output VAT wrong (ML 17:22–23).
 */
export async function issueCreditNotes(
  house: House,
  tx: Tx,
  batch: { readonly client: string; readonly file: bigint },
  orders: readonly CreditOrder[],
): Promise<void> {
  if (orders.length === 0) return;
  const { client } = batch;
  await withLedger(tx, { client, at: house.clock() }, (ledger) => issue(house, tx, ledger, { batch, orders }));
}

async function issue(
  house: House,
  tx: Tx,
  ledger: Ledger,
  {
    batch,
    orders,
  }: { readonly batch: { readonly client: string; readonly file: bigint }; readonly orders: readonly CreditOrder[] },
): Promise<void> {
  const { client } = batch;
  const at = house.clock();
  const originals = await loadIssuedInvoices(
    tx,
    client,
    orders.map((order) => order.invoice),
  );
  const debtors = originals.map((original) => original.debtor.number);
  const wishes = await loadDebtorWishes(tx, client, debtors);
  const first = await takeNumbers(tx, creditSeries(client), orders.length);
  const notes = orders.map((order, index) => {
    const original = originals.find((one) => one.invoice.number === order.invoice);
    if (!original) throw new Error(`invoice ${order.invoice} of ${client} is not there to be credited`);
    return composeNote(house, client, {
      order,
      original,
      serial: first + BigInt(index),
      wish: wishes.get(original.debtor.number),
    });
  });
  for (const [agreement, group] of Map.groupBy(notes, (note) => note.agreement)) {
    const issued = group.map((note) => note.issued);
    const stored = await storeInvoices(tx, { ...batch, agreementVersion: agreement.version }, issued);
    const planned = issued.flatMap(({ enriched: { invoice, channel } }, index) => {
      const row = stored[index];
      const layout = group[index]?.layout ?? '';
      return channel && row ? [{ id: documentId(client, invoice.number), invoice: row.invoice, decision: channel, layout }] : [];
    });
    await storeDocuments(tx, { client, at }, planned);
    const transactions = issued.flatMap(({ enriched }, index) => {
      const row = stored[index];
      return row ? issueTransactions(house, agreement, enriched, row) : [];
    });
    await ledger.book(transactions);
    await enqueueMaking(house, tx, { client, channels: planned.map((document) => document.decision.channel) });
  }
  await storeCreditedInvoices(tx, batch.file);
  await allocateCredits(house, tx, ledger, { scope: { file: batch.file }, consent: true });
}

interface Note {
  readonly agreement: Agreement;
  readonly layout: string;
  readonly issued: IssuedInvoice;
}

interface Composition {
  readonly order: CreditOrder;
  readonly original: IssuedInvoiceRow;
  readonly serial: bigint;
  readonly wish: DebtorWishes | undefined;
}

/** The credit note goes to whom the invoice went, under the agreement it was issued under. */
function composeNote(house: House, client: string, { order, original, serial, wish }: Composition): Note {
  const agreement = agreementOf(house, client, original.agreementVersion);
  const { debtor, language } = original;
  const number = `${NUMBER_PREFIX}${serial}`;
  const invoice = makeCreditNote(original.invoice, { number, issueDate: todayOf(house), amount: order.amount, language });
  const read = { invoice, directions: { mode: 'full' as const, language, debtorNumber: debtor.number } };
  const enriched = enrich(read, {
    parts: house.config.parts,
    agreement,
    country: countryOf(house.config.parts, agreement.country),
    preferredChannel: wish?.channel,
    preferredLanguage: wish?.language,
  });
  const digest = canonicalDigest('issued-invoice', DIGEST_VERSION, invoice);
  return {
    agreement,
    layout: `${agreement.letter.layout}/${agreement.letter.layoutVersion}`,
    issued: { enriched, sequence: order.sequence, digest, debtor },
  };
}
