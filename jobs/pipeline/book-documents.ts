import { createHash } from 'node:crypto';
import type { Agreement, PaymentAccountTerms } from '#engine/agreement.ts';
import { debtorOf } from '#engine/claims/receivable.ts';
import { enrich, needsReference, senderReference, type EnrichedInvoice } from '#engine/enrich.ts';
import { finding } from '#engine/finding.ts';
import { readJson } from '#engine/shapes.ts';
import { readContentShape, type ReadContent } from '#engine/stored-content.ts';
import type { Tx } from '#engine/store/database.ts';
import { loadDebtorWishes, storeDebtors } from '#engine/store/debtors.ts';
import { storeCreditedInvoices } from '#engine/store/credits.ts';
import { storeDocuments, loadLedgerFacts, type LedgerFacts } from '#engine/store/documents.ts';
import { loadAccepted, refuseDocuments, type AcceptedDocument } from '#engine/store/file-documents.ts';
import { storeFindings, type FileRow } from '#engine/store/files.ts';
import { loadTakenReferences, storeInvoices, type IssuedInvoice, type StoredInvoice } from '#engine/store/invoices.ts';
import { withLedger, type Ledger, type BookedTransaction } from '#engine/store/ledger.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import { allocateCredits } from '../claims/allocate-credits.ts';
import type { House } from '../house/house.ts';
import { at } from '#engine/dated-table.ts';
import { planIssue } from '#engine/ledger.ts';
import { planPurchase } from '#engine/settlement/plan-settlement.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import { agreedReferences, type PaymentParts } from '#engine/sockets/reference-scheme.ts';
import { takeNumbers } from '#engine/store/number-series.ts';

/** Documents enriched and booked by one set of statements. */
const CHUNK_DOCUMENTS = 500;

type ReadDocument = AcceptedDocument & { readonly read: ReadContent };

interface Booking {
  readonly house: House;
  readonly tx: Tx;
  readonly file: FileRow;
  readonly agreement: Agreement;
  readonly at: Date;
  readonly ledger: Ledger;
}

/**
 * Enriches and books a file's accepted documents, set by set, on the client's locked ledger. Gives the channels that now have work.
 * A sender's own payment reference that was given out before refuses its document (fault XC8).
 */
export async function bookDocuments(house: House, tx: Tx, file: FileRow, agreement: Agreement): Promise<ReadonlySet<string>> {
  const at = house.clock();
  return withLedger(tx, { client: file.client, at }, (ledger) => bookChunks({ house, tx, file, agreement, at, ledger }));
}

async function bookChunks(booking: Booking): Promise<ReadonlySet<string>> {
  const { house, tx, file, ledger } = booking;
  const channels = new Set<string>();
  let after = 0;
  for (;;) {
    const accepted = await loadAccepted(tx, file.id, after, CHUNK_DOCUMENTS);
    const last = accepted.at(-1);
    if (!last) {
      await storeCreditedInvoices(tx, file.id);
      await allocateCredits(house, tx, ledger, { scope: { file: file.id }, consent: false });
      return channels;
    }
    after = last.sequence;
    const read = accepted.map((item) => ({ ...item, read: readJson(readContentShape, item.json) }));
    const usable = await refuseTakenReferences(booking, read);
    await bookChunk(booking, usable, channels);
  }
}

async function bookChunk(booking: Booking, documents: readonly ReadDocument[], channels: Set<string>): Promise<void> {
  if (documents.length === 0) return;
  const { tx, file, agreement, at } = booking;
  const enriched = await enrichChunk(booking, documents);
  const debtors = await storeDebtors(tx, {
    client: file.client,
    file: file.id,
    at,
    debtors: enriched.map((item) => item.debtor),
  });
  const issued = enriched.map((item, index): IssuedInvoice => {
    const source = documents[index];
    const debtor = debtors.get(item.debtor.number);
    if (!source || !debtor) throw new Error(`document ${item.invoice.number} lost its debtor`);
    return { enriched: item, sequence: source.sequence, digest: source.digest, debtor };
  });
  const stored = await storeInvoices(tx, { client: file.client, file: file.id, agreementVersion: agreement.version }, issued);
  const planned = issued.flatMap(({ enriched: { invoice, channel } }, index) => {
    const row = stored[index];
    if (!channel || !row) return [];
    channels.add(channel.channel);
    const layout = `${agreement.letter.layout}/${agreement.letter.layoutVersion}`;
    return [{ id: documentId(file.client, invoice.number), invoice: row.invoice, decision: channel, layout }];
  });
  await storeDocuments(tx, { client: file.client, at }, planned);
  const transactions = issued.flatMap((item, index) => {
    const row = stored[index];
    return row ? issueTransactions(booking.house, agreement, item.enriched, row) : [];
  });
  await booking.ledger.book(transactions);
}

async function enrichChunk(booking: Booking, documents: readonly ReadDocument[]): Promise<EnrichedInvoice[]> {
  const { tx, file, agreement } = booking;
  const numbers = documents.map((item) => debtorOf(item.read, agreement).number);
  const wishes = await loadDebtorWishes(tx, file.client, numbers);
  const count = documents.filter((item) => needsReference(item.read, agreement)).length;
  const account = agreement.paymentAccounts[0];
  const { parts } = booking.house.config;
  const references = (account ? await takeReferences(tx, parts, { account, count }) : []).values();
  const country = countryOf(parts, agreement.country);
  return documents.map(({ read }, index) => {
    const wish = wishes.get(numbers[index] ?? '');
    return enrich(read, {
      parts,
      agreement,
      country,
      preferredChannel: wish?.channel,
      preferredLanguage: wish?.language,
      reference: needsReference(read, agreement) ? references.next().value : undefined,
    });
  });
}

async function refuseTakenReferences(booking: Booking, documents: readonly ReadDocument[]): Promise<readonly ReadDocument[]> {
  const { tx, file, agreement } = booking;
  const account = agreement.paymentAccounts[0];
  const own = documents.flatMap((item) => {
    const reference = senderReference(item.read.invoice, agreement);
    return reference === undefined ? [] : [{ item, reference }];
  });
  if (!account || own.length === 0) return documents;
  const taken = new Set(
    await loadTakenReferences(
      tx,
      account,
      own.map(({ reference }) => reference),
    ),
  );
  const refused = own.filter(({ reference }) => {
    const again = taken.has(reference);
    taken.add(reference);
    return again;
  });
  await refuseDocuments(
    tx,
    file.id,
    'rejected',
    refused.map(({ item }) => item.sequence),
  );
  await storeFindings(
    tx,
    file.id,
    refused.map(({ item, reference }) =>
      finding('INV-REFERENCE-REUSED', { line: item.line, document: item.read.invoice.number, value: reference }),
    ),
  );
  const gone = new Set(refused.map(({ item }) => item.sequence));
  return documents.filter((item) => !gone.has(item.sequence));
}

/** The same document has the same id in every run; 64 bits of a hash, unique by the table's key. */
export const documentId = (client: string, number: string): string =>
  createHash('sha256').update(`${client}\n${number}`).digest('hex').slice(0, 16);

/**
 * What an issued document puts into the ledger: its issue and, of a client whose receivables the bureau buys, the purchase, at the VAT rate
 * of the day of issue. A document of zero has nothing to post; one that is only delivered is not ours to book.
 */
export function issueTransactions(
  { config }: House,
  agreement: Agreement,
  { invoice, mode }: EnrichedInvoice,
  stored: StoredInvoice,
): readonly BookedTransaction[] {
  const issue = planIssue(invoice);
  if (mode === 'distribute-only' || issue.postings.length === 0) return [];
  const { vatRates } = countryOf(config.parts, agreement.country);
  const bought = agreement.purchase && planPurchase(invoice, agreement.purchase, at(vatRates.standard, invoice.issueDate));
  return [{ ...issue, ...stored }, ...(bought ? [{ ...bought, invoice: stored.invoice, receivable: null }] : [])];
}

const CHUNK_LETTERS = 500;
const NOBODY: ReadonlySet<string> = new Set();

/** What the ledger says of a print job's letters on a date, one by one, without those that came to lie in no volume. */
export async function* factsOf(
  tx: Tx,
  { jobNumber, on }: { readonly jobNumber: number; readonly on: IsoDate },
  without: ReadonlySet<string> = NOBODY,
): AsyncGenerator<LedgerFacts> {
  let after = '';
  for (;;) {
    const facts = await loadLedgerFacts(tx, { which: { jobNumber }, on }, after, CHUNK_LETTERS);
    for (const item of facts) if (!without.has(item.documentId)) yield item;
    const last = facts.at(-1);
    if (!last) return;
    after = last.documentId;
  }
}

/** The next references of an account's series, in their order. Throws a ReferenceCapacityError where the series is used up. */
export async function takeReferences(
  tx: Tx,
  parts: PaymentParts,
  { account, count }: { readonly account: PaymentAccountTerms; readonly count: number },
): Promise<readonly string[]> {
  if (count === 0) return [];
  const { prefix, serialDigits } = account.reference;
  const { make } = agreedReferences(parts, account);
  const first = await takeNumbers(tx, `reference:${account.number}:${prefix}`, count);
  return Array.from({ length: count }, (_, index) => make({ prefix, serialDigits, serial: first + BigInt(index) }));
}
