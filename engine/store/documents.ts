import type { ChannelDecision } from '../channel.ts';
import { demandable } from '../claims/demand.ts';
import { toJson } from '../invoice-json.ts';
import type { Invoice } from '../invoice.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Language } from '../language.ts';
import type { LetterContent, LetterFacts } from '../letter.ts';
import { sum, type Currency } from '../money.ts';
import { readJson, type Shape } from '../shapes.ts';
import { demandShape, invoiceShape } from '../stored-content.ts';
import type { Tx } from './database.ts';
import { loadDemandStates, type DemandState } from './demand-letters.ts';

/** A letter or e-invoice to be made of an issued invoice. */
export interface PlannedDocument {
  readonly id: string;
  readonly invoice: bigint;
  readonly decision: ChannelDecision;
  /** Layout and version: `standard/1`. */
  readonly layout: string;
}

export async function storeDocuments(
  tx: Tx,
  batch: { readonly client: string; readonly at: Date },
  documents: readonly PlannedDocument[],
): Promise<void> {
  await tx.query(
    `insert into document (client_id, state, decided_at, id, invoice_id, channel, channel_reason, channel_facts, layout)
     select $1, 'waiting', $2, d.* from unnest($3::text[], $4::bigint[], $5::text[], $6::text[], $7::jsonb[], $8::text[]) as d`,
    [
      batch.client,
      batch.at,
      documents.map((item) => item.id),
      documents.map((item) => item.invoice),
      documents.map((item) => item.decision.channel),
      documents.map((item) => item.decision.reason),
      documents.map((item) => toJson(item.decision.passedOver)),
      documents.map((item) => item.layout),
    ],
  );
}

/** A document with all that is needed to make it. */
export interface WaitingDocument<Content extends LetterContent = LetterContent> {
  readonly id: string;
  readonly content: Content;
  readonly language: Language;
  readonly agreementVersion: number;
  readonly decidedAt: Date;
}

interface WaitingRow {
  readonly id: string;
  readonly content: string;
  readonly language: Language;
  readonly agreement_version: number;
  readonly decided_at: Date;
}

const waitingOf = <Content extends LetterContent>(row: WaitingRow, shape: Shape<Content>): WaitingDocument<Content> => ({
  id: row.id,
  content: readJson(shape, row.content),
  language: row.language,
  agreementVersion: row.agreement_version,
  decidedAt: row.decided_at,
});

/** Takes documents that wait for a channel, until the transaction ends; those another daemon has are passed over. */
export async function lockWaitingDocuments(
  tx: Tx,
  { client, channel }: ChannelQueue,
  limit: number,
): Promise<WaitingDocument<Invoice>[]> {
  const found = await tx.query<WaitingRow>(
    `select d.id, i.content::text as content, i.language, i.agreement_version, d.decided_at
     from document d join invoice i on i.id = d.invoice_id
     where d.client_id = $1 and d.channel = $2 and d.state = 'waiting'
     order by d.id limit $3 for update of d skip locked`,
    [client, channel, limit],
  );
  return found.rows.map((row) => waitingOf(row, invoiceShape));
}

/** The letters of a planned print job in a stable order, after an id, at most `limit`; those that were pulled back are not among them. */
export async function loadLetters(tx: Tx, jobNumber: number, after: string, limit: number): Promise<WaitingDocument[]> {
  const found = await tx.query<WaitingRow & { readonly demanded: boolean }>(
    `select d.id, coalesce(i.content, d.content)::text as content, coalesce(i.language, d.content ->> 'language') as language,
       coalesce(d.agreement_version, i.agreement_version) as agreement_version, d.decided_at, i.id is null as demanded
     from document d left join invoice i on i.id = d.invoice_id
     where d.job_number = $1 and d.state = 'spooled' and d.id > $2 order by d.id limit $3`,
    [jobNumber, after, limit],
  );
  return found.rows.map((row) => (row.demanded ? waitingOf(row, demandShape) : waitingOf(row, invoiceShape)));
}

/** The first letters of a file, to be shown before anything is made of them. */
export async function loadFileLetters(
  tx: Tx,
  { file, channels }: { readonly file: bigint; readonly channels: readonly string[] },
  limit: number,
): Promise<WaitingDocument[]> {
  const found = await tx.query<WaitingRow>(
    `select d.id, i.content::text as content, i.language, i.agreement_version, d.decided_at
     from document d join invoice i on i.id = d.invoice_id
     where i.file_id = $1 and d.channel = any($2) order by i.file_sequence limit $3`,
    [file, channels, limit],
  );
  return found.rows.map((row) => waitingOf(row, invoiceShape));
}

/** What the ledger says of a document: a letter or e-invoice that says otherwise does not leave the house. */
export interface LedgerFacts extends LetterFacts {
  readonly documentId: string;
}

interface FactsRow {
  readonly id: string;
  readonly number: string;
  readonly payable: bigint;
  readonly currency: Currency;
  readonly reference: string | null;
}

/** Which documents, and the date by which holds are told. */
export interface FactsQuestion {
  readonly which: { readonly jobNumber: number } | { readonly ids: readonly string[] };
  readonly on: IsoDate;
}

/**
 * Ledger facts of the documents of a print job or of a list of ids, after an id, at most `limit`. The amount of an invoice is the sum
 * posted on its receivable when it was issued, or for one that is delivered only, what the invoice row says; that of a demand is what
 * may be demanded for its receivables now, or at the instant its print job was released.
 */
export async function loadLedgerFacts(
  tx: Tx,
  { which, on }: FactsQuestion,
  after: string,
  limit: number,
): Promise<LedgerFacts[]> {
  const page = await tx.query<{ id: string; kind: string }>(
    `select id, kind from document where (job_number = $1 or id = any($2)) and state not in ('refused', 'withdrawn') and id > $3
     order by id limit $4`,
    ['jobNumber' in which ? which.jobNumber : null, 'ids' in which ? which.ids : null, after, limit],
  );
  const idsOf = (isInvoice: boolean): string[] =>
    page.rows.filter((row) => (row.kind === 'invoice') === isInvoice).map((row) => row.id);
  const invoices = await loadInvoiceFacts(tx, idsOf(true));
  const demands = (await loadDemandStates(tx, idsOf(false), on)).map(demandFacts);
  const facts = new Map([...invoices, ...demands].map((item) => [item.documentId, item]));
  return page.rows.map(({ id }) => {
    const found = facts.get(id);
    if (found === undefined) throw new Error(`the ledger knows nothing of document ${id}`);
    return found;
  });
}

async function loadInvoiceFacts(tx: Tx, ids: readonly string[]): Promise<LedgerFacts[]> {
  if (ids.length === 0) return [];
  const found = await tx.query<FactsRow>(
    `select d.id, i.number, i.currency, pr.reference,
       case when i.mode = 'distribute-only' or i.payable = 0 then i.payable
            else (select sum(p.amount) from posting p join ledger_transaction t on t.id = p.transaction_id
                  where p.receivable_id = r.id and t.effect_key = 'issue:' || i.number)::bigint
              * case when i.kind = 'creditNote' then -1 else 1 end end as payable
     from document d join invoice i on i.id = d.invoice_id
       left join receivable r on r.invoice_id = i.id left join payment_reference pr on pr.invoice_id = i.id
     where d.id = any($1)`,
    [ids],
  );
  return found.rows.map(({ id, number, payable, currency, reference }) => ({
    documentId: id,
    number,
    payableAmount: payable,
    currency,
    ...(reference === null ? {} : { paymentReference: reference }),
  }));
}

const demandFacts = ({ claims, ...known }: DemandState): LedgerFacts => ({
  ...known,
  payableAmount: sum(claims.flatMap((claim) => Object.values(demandable(claim)))),
});

/** Binds documents to the files they leave the house in. */
export async function releaseDocuments(
  tx: Tx,
  released: readonly { readonly id: string; readonly outbound: bigint; readonly sha256: string }[],
  at: Date,
): Promise<void> {
  await tx.query(
    `update document d set state = 'released', released_at = $1, outbound_id = r.outbound_id, content_sha256 = r.sha256
     from unnest($2::text[], $3::bigint[], $4::text[]) as r (id, outbound_id, sha256) where d.id = r.id and d.state = 'waiting'`,
    [at, released.map((item) => item.id), released.map((item) => item.outbound), released.map((item) => item.sha256)],
  );
}

/** Documents of channels that are dispatched when they are handed over: the first such day stays. */
export async function confirmSent(
  tx: Tx,
  { outbound, on, channels }: { readonly outbound: bigint; readonly on: IsoDate; readonly channels: readonly string[] },
): Promise<void> {
  await tx.query(
    'update document set dispatched_on = $2 where outbound_id = $1 and channel = any($3) and dispatched_on is null',
    [outbound, on, channels],
  );
}

/** A client's documents that wait for one channel. */
export interface ChannelQueue {
  readonly client: string;
  readonly channel: string;
}

/** What waits to be made, by client and channel. */
export async function loadWaitingChannels(tx: Tx): Promise<readonly ChannelQueue[]> {
  const found = await tx.query<ChannelQueue>(
    `select distinct client_id as client, channel from document where state = 'waiting' order by 1, 2`,
  );
  return found.rows;
}
