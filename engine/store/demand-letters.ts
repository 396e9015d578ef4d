import { createHash } from 'node:crypto';
import type { Demand, ClaimState } from '../claims/demand.ts';
import { toJson } from '../invoice-json.ts';
import type { Tx } from './database.ts';
import { components, type Amounts, amountsOf } from '../amounts.ts';
import type { IsoDate } from '../iso-date.ts';
import type { ActId } from '../claims/policy.ts';
import type { Hold } from '../claims/receivable.ts';
import type { Currency } from '../money.ts';
import { feesOnly } from './holds.ts';

/** A reminder or demand that a run decided on: a waiting letter. */
export interface PlannedDemand {
  readonly id: string;
  readonly debtor: bigint;
  readonly demand: Demand;
}

/** What all demands of one run and agreement have in common. */
export interface DemandBatch {
  readonly client: string;
  readonly run: bigint;
  /** Decides layout, printer and who the letter is from. */
  readonly agreementVersion: number;
  /** Layout and version: `standard/1`. */
  readonly layout: string;
  /** Id of the channel that carries them. */
  readonly channel: string;
  readonly at: Date;
}

/** The same demand has the same id in every run: 64 bits of a hash over client, kind and number, unique by the table's key. */
export const demandId = (client: string, kind: Demand['kind'], number: string): string =>
  createHash('sha256').update(`${client}\n${kind}\n${number}`).digest('hex').slice(0, 16);

/**
 * Effect key of the one ledger transaction that books what a letter claims (fees, interest, compensation) for all its receivables.
 * A withdrawal finds it by this key and turns its signs; a letter that claims nothing anew has none.
 */
export const claimKey = (documentId: string): string => `claim:${documentId}`;

/**
 * Stores demands as letters that wait for the spool; set-based, one statement. The caller inserts their `demand_step` rows (which name
 * the document) and books their claims under `claimKey(id)` in the same transaction, and enqueues `spool` for the client. The renderer
 * refuses a demand that has `demandProblems` (engine/claims/demand.ts), and its claims are taken back then.
 */
export async function storeDemandDocuments(tx: Tx, batch: DemandBatch, documents: readonly PlannedDemand[]): Promise<void> {
  if (documents.length === 0) return;
  await tx.query(
    `insert into document (client_id, run_id, agreement_version, layout, state, channel, channel_reason, channel_facts, decided_at,
       id, kind, debtor_id, content)
     select $1, $2, $3, $4, 'waiting', $10, 'demand', '{}', $5, d.* from unnest($6::text[], $7::text[], $8::bigint[], $9::json[]) as d`,
    [
      batch.client,
      batch.run,
      batch.agreementVersion,
      batch.layout,
      batch.at,
      documents.map((item) => item.id),
      documents.map((item) => item.demand.kind),
      documents.map((item) => item.debtor),
      documents.map((item) => toJson(item.demand)),
      batch.channel,
    ],
  );
}

/** A step that a run takes: what it demands of the principal, and what it claims beside it for the first time. */
export interface NewDemandStep {
  readonly receivable: bigint;
  readonly level: number;
  readonly kind: ActId;
  /** The letter, where it is one. */
  readonly document: string | null;
  readonly amounts: Amounts;
  readonly deadline: IsoDate | null;
  /** Names the policy it was taken under, as JSON. */
  readonly policy: string;
}

/** Stores the steps of a run; a level that was taken before fails by its key (IR4). */
export async function storeDemandSteps(
  tx: Tx,
  run: { readonly id: bigint; readonly businessDate: IsoDate },
  steps: readonly NewDemandStep[],
): Promise<void> {
  if (steps.length === 0) return;
  await tx.query(
    `insert into demand_step (run_id, business_date, state, receivable_id, level, kind, document_id, principal, interest, reminder_fee,
       collection_fee, compensation, deadline, policy)
     select $1, $2, 'taken', s.* from unnest($3::bigint[], $4::int[], $5::text[], $6::text[], $7::bigint[], $8::bigint[], $9::bigint[],
       $10::bigint[], $11::bigint[], $12::date[], $13::jsonb[]) as s`,
    [
      run.id,
      run.businessDate,
      steps.map((step) => step.receivable),
      steps.map((step) => step.level),
      steps.map((step) => step.kind),
      steps.map((step) => step.document),
      ...components.map((component) => steps.map(({ amounts }) => amounts[component])),
      steps.map((step) => step.deadline),
      steps.map((step) => step.policy),
    ],
  );
}

/** A demand as it is printed beside what the ledger has of its claims. */
export interface DemandState {
  readonly documentId: string;
  readonly number: string;
  readonly currency: Currency;
  /** The letter's own reference, or that of its only invoice; absent: none was ever given out. */
  readonly paymentReference?: string;
  readonly claims: readonly ClaimState[];
}

interface ClaimRow {
  readonly id: string;
  readonly number: string;
  readonly currency: Currency;
  readonly reference: string | null;
  readonly invoice: string;
  readonly receivable: bigint | null;
  readonly printed: readonly bigint[];
  readonly open: readonly string[];
  readonly disputed: bigint;
  readonly fees_disputed: boolean;
  readonly held: Hold['kind'] | null;
  readonly taken: boolean;
}

/** Columns of amounts in the order of `components`. */
const printedAmounts = components.map((component) => `replace(c.claim ->> '${component}Amount', '.', '')::bigint`).join(', ');
const openAmounts = components
  .map((component) => `coalesce(sum(p.amount) filter (where p.component = '${component}'), 0)::text`)
  .join(', ');

/**
 * The claims of some demands, printed and as they are on a date: open by the ledger, disputed, held. Of a letter in a released print
 * job as they were when it was released, so that what was checked then can be checked again (ID2).
 */
export async function loadDemandStates(tx: Tx, ids: readonly string[], on: IsoDate): Promise<readonly DemandState[]> {
  if (ids.length === 0) return [];
  const found = await tx.query<ClaimRow>(
    `select d.id, d.content ->> 'number' as number, d.content ->> 'currency' as currency, c.claim ->> 'invoiceNumber' as invoice,
       r.id as receivable, array[${printedAmounts}] as printed, b.open, h.disputed, h.fees_disputed, h.held,
       exists (select from demand_step s where s.document_id = d.id and s.receivable_id = r.id and s.state = 'taken') as taken,
       coalesce((select pr.reference from payment_reference pr where pr.document_id = d.id),
         case when json_array_length(d.content -> 'claims') = 1
           then (select pr.reference from payment_reference pr where pr.invoice_id = i.id) end) as reference
     from document d cross join lateral json_array_elements(d.content -> 'claims') with ordinality as c (claim, place)
       left join spool sp on sp.job_number = d.job_number and d.state = 'released'
       left join invoice i on i.client_id = d.client_id and i.number = c.claim ->> 'invoiceNumber'
       left join receivable r on r.invoice_id = i.id
       cross join lateral (select array[${openAmounts}] as open from receivable_line p join ledger_transaction t on t.id = p.transaction_id
         where p.receivable_id = r.id and (sp.ledger_sequence is null or t.sequence < sp.ledger_sequence)) as b
       cross join lateral (select coalesce(sum(h.amount) filter (where not f.fees_only), 0)::bigint as disputed,
           coalesce(bool_or(f.fees_only), false) as fees_disputed, min(h.kind) filter (where h.amount is null and not f.fees_only) as held
         from hold h cross join lateral (select ${feesOnly('h')} as fees_only) as f where h.receivable_id = r.id and h.from_date <= $2 and (h.until_date is null or h.until_date >= $2)
           and case when sp.released_at is null then h.released_at is null
               else h.placed_at <= sp.released_at and (h.released_at is null or h.released_at > sp.released_at) end) as h
     where d.id = any($1) and d.kind <> 'invoice' order by d.id, c.place`,
    [ids, on],
  );
  return [...Map.groupBy(found.rows, (row) => row.id).values()].map(stateOf);
}

function stateOf(rows: readonly ClaimRow[]): DemandState {
  const [first] = rows;
  if (first === undefined) throw new Error('a demand without claims');
  const { id, number, currency, reference } = first;
  const state = { documentId: id, number, currency, claims: rows.map(claimOf) };
  return reference === null ? state : { ...state, paymentReference: reference };
}

const claimOf = (row: ClaimRow): ClaimState => ({
  invoiceNumber: row.invoice,
  ...(row.receivable === null ? {} : { receivable: row.receivable }),
  printed: inOrder(row.printed),
  open: inOrder(row.open),
  disputedAmount: row.disputed,
  feesDisputed: row.fees_disputed,
  ...(row.held === null ? {} : { held: row.held }),
  stepTaken: row.taken,
});

/** In the order of `components`. */
const inOrder = (amounts: readonly (bigint | string)[]): Amounts =>
  amountsOf((component) => BigInt(amounts[components.indexOf(component)] ?? 0));
