import type { Minor } from '../money.ts';
import { clientIn, type Scope } from '../scope.ts';
import type { Tx } from './database.ts';

/** Everything stored about the way of one invoice through the house; absent what has not happened. */
export interface InvoiceTrail {
  readonly id: bigint;
  readonly client: string;
  readonly invoice: string;
  readonly kind: string;
  readonly mode: string;
  readonly payableAmount: Minor;
  readonly currency: string;
  readonly debtor: string;
  readonly agreementVersion: number;
  readonly issueDate: string;
  readonly dueDate: string | null;
  readonly nominalDueDate: string | null;
  readonly reference: string | null;
  readonly file: number;
  readonly fileName: string;
  readonly fileSha256: string;
  readonly receivedAt: Date;
  readonly settledAt: Date;
  readonly line: number;
  readonly receipt: string | null;
  readonly receiptSha256: string | null;
  readonly receiptAt: Date | null;
  readonly ledgerSequence: bigint | null;
  readonly ledgerHash: string | null;
  readonly bookedAt: Date | null;
  readonly document: string | null;
  readonly documentState: string | null;
  readonly channel: string | null;
  readonly channelReason: string | null;
  readonly channelFacts: unknown;
  readonly decidedAt: Date | null;
  readonly refusal: string | null;
  readonly jobNumber: number | null;
  readonly plannedAt: Date | null;
  readonly piece: number | null;
  readonly volume: string | null;
  readonly sheets: number | null;
  readonly controlCodes: readonly string[] | null;
  readonly contentSha256: string | null;
  readonly releasedAt: Date | null;
  readonly outboundName: string | null;
  readonly outboundSha256: string | null;
  readonly remote: string | null;
  readonly sentAt: Date | null;
  readonly attempts: number | null;
  readonly lastError: string | null;
}

const MAX_TRAILS = 20;

/** The trails of the invoices that go by a number or a document id, of one client or of all. */
export async function loadTrails(tx: Tx, id: string, scope: Scope): Promise<InvoiceTrail[]> {
  const found = await tx.query<InvoiceTrail>(
    `select i.id, i.client_id as client, i.number as invoice, i.kind, i.mode, i.payable as "payableAmount", i.currency, b.number as debtor,
       i.agreement_version as "agreementVersion", i.issue_date as "issueDate", i.due_date as "dueDate",
       i.nominal_due_date as "nominalDueDate", pr.reference, f.number as file, f.name as "fileName", f.sha256 as "fileSha256",
       f.received_at as "receivedAt", f.settled_at as "settledAt", fd.line, rc.name as receipt, rc.sha256 as "receiptSha256",
       rc.written_at as "receiptAt", t.sequence as "ledgerSequence", t.hash as "ledgerHash", t.booked_at as "bookedAt",
       d.id as document, d.state as "documentState", d.channel, d.channel_reason as "channelReason", d.channel_facts as "channelFacts",
       d.decided_at as "decidedAt", d.refusal, d.job_number as "jobNumber", s.planned_at as "plannedAt", d.piece, d.volume, d.sheets,
       d.control_codes as "controlCodes", d.content_sha256 as "contentSha256", d.released_at as "releasedAt",
       o.name as "outboundName", o.sha256 as "outboundSha256", o.remote, o.sent_at as "sentAt", o.attempts,
       o.last_error as "lastError"
     from invoice i join debtor b on b.id = i.debtor_id join file f on f.id = i.file_id
       join file_document fd on fd.file_id = i.file_id and fd.sequence = i.file_sequence
       left join payment_reference pr on pr.invoice_id = i.id
       left join lateral (select name, sha256, written_at from outbound where file_id = f.id and kind = 'receipt' and name like '%.json'
         order by id desc limit 1) rc on true
       left join ledger_transaction t on t.invoice_id = i.id and t.kind = 'issue'
       left join document d on d.invoice_id = i.id
       left join spool s on s.job_number = d.job_number
       left join outbound o on o.id = d.outbound_id
     where (i.number = $1 or d.id = $1 or pr.reference = $1) and ($2::text is null or i.client_id = $2)
     order by i.client_id, i.number, d.id limit $3`,
    [id, clientIn(scope), MAX_TRAILS],
  );
  return found.rows;
}
