import type { EnrichedInvoice } from '../enrich.ts';
import { toJson } from '../invoice-json.ts';
import type { Invoice } from '../invoice.ts';
import type { Language } from '../language.ts';
import { principalOf } from '../ledger.ts';
import type { AccountNumber } from '../sockets/account-scheme.ts';
import { readJson } from '../shapes.ts';
import { invoiceShape } from '../stored-content.ts';
import type { Tx } from './database.ts';
import { DIGEST_VERSION } from './digest.ts';
import type { RegisteredDebtor } from './debtors.ts';

/** A document about to be issued: enriched, with its place in the file and its debtor in the register. */
export interface IssuedInvoice {
  readonly enriched: EnrichedInvoice;
  /** Place in the file. */
  readonly sequence: number;
  /** SHA-256 of the document as it was read. */
  readonly digest: string;
  readonly debtor: RegisteredDebtor;
}

/** Numbers of the stored invoice and of its receivable, if it is kept in the ledger. */
export interface StoredInvoice {
  readonly invoice: bigint;
  readonly receivable: bigint | null;
}

/** Stores issued documents with their references and receivables; gives their numbers in the order of the list. */
export async function storeInvoices(
  tx: Tx,
  batch: { readonly client: string; readonly file: bigint; readonly agreementVersion: number },
  issued: readonly IssuedInvoice[],
): Promise<StoredInvoice[]> {
  const invoices = issued.map((item) => item.enriched.invoice);
  const inserted = await tx.query<{ id: bigint; file_sequence: number }>(
    `insert into invoice (client_id, file_id, agreement_version, file_sequence, number, kind, debtor_id, debtor_version, mode,
       issue_date, due_date, nominal_due_date, currency, net, vat, payable, language, content_sha256, content,
       digest_version)
     select $1, $2, $3, i.*, $20 from unnest($4::int[], $5::text[], $6::text[], $7::bigint[], $8::int[], $9::text[], $10::date[],
       $11::date[], $12::date[], $13::text[], $14::bigint[], $15::bigint[], $16::bigint[], $17::text[], $18::text[], $19::json[]) as i
     returning id, file_sequence`,
    [
      batch.client,
      batch.file,
      batch.agreementVersion,
      issued.map((item) => item.sequence),
      invoices.map((invoice) => invoice.number),
      invoices.map((invoice) => invoice.kind),
      issued.map((item) => item.debtor.id),
      issued.map((item) => item.debtor.version),
      issued.map((item) => item.enriched.mode),
      invoices.map((invoice) => invoice.issueDate),
      invoices.map((invoice) => invoice.dueDate ?? null),
      issued.map((item) => item.enriched.dueDate?.termsDate ?? null),
      invoices.map((invoice) => invoice.currency),
      invoices.map((invoice) => invoice.totals.netAmount),
      invoices.map((invoice) => invoice.totals.vatAmount),
      invoices.map((invoice) => invoice.totals.payableAmount),
      issued.map((item) => item.enriched.language),
      issued.map((item) => item.digest),
      invoices.map((invoice) => toJson(invoice)),
      DIGEST_VERSION,
    ],
  );
  const ids = new Map(inserted.rows.map((row) => [row.file_sequence, row.id]));
  const stored = issued.map((item) => {
    const invoice = ids.get(item.sequence);
    if (invoice === undefined) throw new Error(`document ${item.sequence} of file ${batch.file} was not stored`);
    return { ...item, invoice };
  });
  await storeReferences(tx, stored);
  const receivables = await storeReceivables(tx, batch.client, stored);
  return stored.map((item) => ({ invoice: item.invoice, receivable: receivables.get(item.invoice) ?? null }));
}

type Stored = IssuedInvoice & { readonly invoice: bigint };

const storeReferences = (tx: Tx, stored: readonly Stored[]): Promise<void> =>
  ownReferences(
    tx,
    stored.flatMap(({ enriched, invoice }) => (enriched.reference ? [{ ...enriched.reference, invoice }] : [])),
  );

/** A reference that was given out, and the invoice, or the letter about several, that it is for. */
export interface OwnedReference {
  readonly account: AccountNumber;
  readonly reference: string;
  readonly invoice?: bigint;
  readonly document?: string;
}

/** Records references as given out, never to be given out again (F32). */
export async function ownReferences(tx: Tx, given: readonly OwnedReference[]): Promise<void> {
  if (given.length === 0) return;
  await tx.query(
    `insert into payment_reference (scheme, account, reference, invoice_id, document_id)
     select * from unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[])`,
    [
      given.map((item) => item.account.kind),
      given.map((item) => item.account.number),
      given.map((item) => item.reference),
      given.map((item) => item.invoice ?? null),
      given.map((item) => item.document ?? null),
    ],
  );
}

async function storeReceivables(tx: Tx, client: string, stored: readonly Stored[]): Promise<ReadonlyMap<bigint, bigint>> {
  const booked = stored.filter((item) => item.enriched.mode !== 'distribute-only');
  const inserted = await tx.query<{ id: bigint; invoice_id: bigint }>(
    `insert into receivable (client_id, invoice_id, debtor_id, currency, principal, due_date)
     select $1, r.* from unnest($2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::date[]) as r returning id, invoice_id`,
    [
      client,
      booked.map((item) => item.invoice),
      booked.map((item) => item.debtor.id),
      booked.map((item) => item.enriched.invoice.currency),
      booked.map((item) => principalOf(item.enriched.invoice)),
      booked.map((item) => item.enriched.invoice.dueDate ?? null),
    ],
  );
  return new Map(inserted.rows.map((row) => [row.invoice_id, row.id]));
}

/** Which of these references on an account have been given out before. */
export async function loadTakenReferences(
  tx: Tx,
  { kind, number }: AccountNumber,
  references: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await tx.query<{ reference: string }>(
    'select reference from payment_reference where scheme = $1 and account = $2 and reference = any($3)',
    [kind, number, references],
  );
  return new Set(found.rows.map((row) => row.reference));
}

/** An issued invoice as it stands, with whom it went to. */
export interface IssuedInvoiceRow {
  readonly invoice: Invoice;
  readonly agreementVersion: number;
  readonly language: Language;
  readonly debtor: RegisteredDebtor & { readonly number: string };
}

/** Issued documents of a client by their numbers. */
export async function loadIssuedInvoices(tx: Tx, client: string, numbers: readonly string[]): Promise<IssuedInvoiceRow[]> {
  const found = await tx.query<{
    content: string;
    agreement_version: number;
    language: Language;
    debtor_id: bigint;
    debtor_version: number;
    debtor_number: string;
  }>(
    `select i.content::text as content, i.agreement_version, i.language, i.debtor_id, i.debtor_version, b.number as debtor_number
     from invoice i join debtor b on b.id = i.debtor_id where i.client_id = $1 and i.number = any($2)`,
    [client, numbers],
  );
  return found.rows.map((row) => ({
    invoice: readJson(invoiceShape, row.content),
    agreementVersion: row.agreement_version,
    language: row.language,
    debtor: { id: row.debtor_id, version: row.debtor_version, number: row.debtor_number },
  }));
}
