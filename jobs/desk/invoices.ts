import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeAgeing, type Ageing, type Receivable, type Statement, type StatementEntry } from '#engine/claims/receivable.ts';
import { type ClaimAct, holdOn, type HoldVerdict } from '#engine/claims/holds.ts';
import type { Finding } from '#engine/finding.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import { formatAmount } from '#engine/money.ts';
import type { Receipt } from '#engine/receipt.ts';
import type { ClientScope } from '#engine/scope.ts';
import { loadAgedSums, loadReceivableEntries, loadStatements } from '#engine/store/accounts.ts';
import { storeAudit } from '#engine/store/audit.ts';
import type { Tx } from '#engine/store/database.ts';
import { loadHoldHistory, type HoldHistory } from '#engine/store/holds.ts';
import { loadReceivable } from '#engine/store/receivables.ts';
import { writeAgeingCsv, writeStatementCsv } from '#formats/accounts/accounts-csv.ts';
import { writeControlFile } from '#formats/control/control-file.ts';
import { carryOutOrders } from '../claims/carry-out-orders.ts';
import { newClaimId } from '../new-claim-id.ts';
import { rehearseFile, takeInByHand } from '../pipeline/take-in-by-hand.ts';
import { receiptOf } from '../pipeline/write-receipt.ts';
import { explainReceivable, type Explanation } from '../runs/demand-basis.ts';
import { carryOut, clientAt, dateAt, read, type ActingDesk, type Desk } from './desk.ts';

/** What is owed of an invoice, as people are told of it: its numbers in the house are text, since every `bigint` of an answer is money. */
export interface ToldReceivable extends Omit<Receivable, 'id' | 'debtor' | 'holds'> {
  readonly id: string;
  readonly debtor: Omit<Receivable['debtor'], 'id'> & { readonly id: string };
  readonly holds: readonly (Omit<Receivable['holds'][number], 'id'> & { readonly id: string })[];
}

const toldReceivable = (receivable: Receivable): ToldReceivable => ({
  ...receivable,
  id: String(receivable.id),
  debtor: { ...receivable.debtor, id: String(receivable.debtor.id) },
  holds: receivable.holds.map((hold) => ({ ...hold, id: String(hold.id) })),
});

/** A posting on an account. */
export type ToldEntry<E extends StatementEntry = StatementEntry> = Omit<E, 'payment'> & { readonly payment?: string };

const toldEntry = <E extends StatementEntry>({ payment, ...entry }: E): ToldEntry<E> => ({
  ...entry,
  ...(payment === undefined ? {} : { payment: String(payment) }),
});

/** An invoice at the end of a date. */
export interface ShownInvoice {
  readonly asOf: IsoDate;
  readonly receivable: ToldReceivable;
  /** Whether it is left alone on that date. */
  readonly standing: HoldVerdict;
  readonly entries: readonly ToldEntry[];
  readonly holds: readonly (Omit<HoldHistory, 'id'> & { readonly id: string })[];
}

/** What is owed of an invoice at the end of a date; undefined if the client's ledger has no such invoice by then. */
export async function showInvoice(
  desk: Desk<ClientScope>,
  question: { readonly number: string; readonly asOf?: IsoDate | undefined },
): Promise<ShownInvoice | undefined> {
  const client = clientAt(desk);
  const asOf = dateAt(desk, question.asOf);
  const { timeZone } = desk.house.config.bureau;
  return read(desk, async (tx) => {
    const receivable = await loadReceivable(tx, { client, invoice: question.number, asOf, timeZone });
    if (!receivable) return undefined;
    const entries = await loadReceivableEntries(tx, { client, receivable: receivable.id, asOf });
    const holds = await loadHoldHistory(tx, receivable.id);
    return {
      asOf,
      receivable: toldReceivable(receivable),
      standing: holdOn(receivable, asOf),
      entries: entries.map(toldEntry),
      holds: holds.map((hold) => ({ ...hold, id: String(hold.id) })),
    };
  });
}

export type ToldExplanation = Omit<Explanation, 'receivable'> & { readonly receivable: ToldReceivable };

/** Why an invoice was, or was not, demanded on a day (G03); undefined if the client's ledger has no such invoice. */
export async function explainInvoice(
  desk: Desk<ClientScope>,
  question: { readonly number: string; readonly date?: IsoDate | undefined },
): Promise<ToldExplanation | undefined> {
  const about = { client: desk.scope.client, invoice: question.number, date: dateAt(desk, question.date) };
  const explanation = await read(desk, (tx) => explainReceivable(desk.house, tx, about));
  return explanation && { ...explanation, receivable: toldReceivable(explanation.receivable) };
}

export type ToldStatement = Omit<Statement, 'lines'> & { readonly lines: readonly ToldEntry<Statement['lines'][number]>[] };

/** A debtor's statements at the end of a date, one per currency; null if the client has no such debtor. */
export async function showStatements(
  desk: Desk<ClientScope>,
  question: { readonly debtor: string; readonly asOf?: IsoDate | undefined },
): Promise<readonly Statement[] | null> {
  const about = { client: clientAt(desk), debtor: question.debtor, asOf: dateAt(desk, question.asOf) };
  return read(desk, (tx) => loadStatements(tx, about));
}

/** A statement as people are told of it. */
export const toldStatement = (statement: Statement): ToldStatement => ({ ...statement, lines: statement.lines.map(toldEntry) });

/** The same for a spreadsheet. */
export const statementCsv = (statements: readonly Statement[]): string => writeStatementCsv(statements);
export const ageingCsv = (lists: readonly Ageing[]): string => writeAgeingCsv(lists);

/** What a client's debtors owe at the end of a date, by how late it is; one list per currency. */
export async function showAgeing(
  desk: Desk<ClientScope>,
  question: { readonly asOf?: IsoDate | undefined },
): Promise<readonly Ageing[]> {
  const client = clientAt(desk);
  const asOf = dateAt(desk, question.asOf);
  return makeAgeing(client, asOf, await read(desk, (tx) => loadAgedSums(tx, client, asOf)));
}

/** An act on one invoice, in words that are kept with it. */
export interface InvoiceOrder<Act extends ClaimAct = ClaimAct> {
  readonly number: string;
  readonly act: Act;
  readonly reason: string;
  readonly dryRun: boolean;
}

type CreditAct = Extract<ClaimAct, { readonly action: 'credit' }>;

/** What became of an order. */
export interface OrderedAct {
  readonly outcome: 'done' | 'known' | 'refused';
  readonly finding?: Finding;
  readonly receivable: ToldReceivable | undefined;
  readonly standing: HoldVerdict | undefined;
}

/** Carries out one act on one invoice, with its entry in the audit, or shows what it would do. */
export async function orderAct(
  desk: ActingDesk<ClientScope>,
  order: InvoiceOrder<Exclude<ClaimAct, CreditAct>>,
): Promise<OrderedAct> {
  const client = clientAt(desk);
  return carryOut(desk, order.dryRun, async (tx) => {
    const source = newClaimId(desk.house.clock());
    const given = { order: { invoice: order.number, act: order.act, reason: order.reason }, by: desk.person, source };
    const [outcome] = await carryOutOrders(desk.house, tx, client, [given]);
    if (outcome?.kind === 'done') await audit(desk, tx, order);
    return {
      outcome: outcome?.kind ?? 'known',
      ...(outcome?.kind === 'refused' ? { finding: outcome.finding } : {}),
      ...(await current(desk, tx, order.number)),
    };
  });
}

const audit = ({ house, person, scope }: ActingDesk<ClientScope>, tx: Tx, { number, act, reason }: InvoiceOrder): Promise<void> =>
  storeAudit(tx, {
    at: house.clock(),
    who: person,
    act: `invoice ${act.action}`,
    subject: `${scope.client}/${number}`,
    reason,
  });

async function current(desk: Desk<ClientScope>, tx: Tx, invoice: string): Promise<Pick<OrderedAct, 'receivable' | 'standing'>> {
  const asOf = dateAt(desk, undefined);
  const { timeZone } = desk.house.config.bureau;
  const receivable = await loadReceivable(tx, { client: desk.scope.client, invoice, asOf, timeZone });
  return {
    receivable: receivable && toldReceivable(receivable),
    standing: receivable && holdOn(receivable, asOf),
  };
}

export interface OrderedCredit extends Partial<Pick<OrderedAct, 'receivable' | 'standing'>> {
  readonly receipt: Receipt;
}

/**
 * Orders a credit note. It is a document, and every document comes from a file that is kept: the order is written as a control file of one
 * row, as the client could have sent it, with who ordered it and why, and the client gets its receipt.
 */
export async function orderCredit(desk: ActingDesk<ClientScope>, order: InvoiceOrder<CreditAct>): Promise<OrderedCredit> {
  const { house, person } = desk;
  const client = clientAt(desk);
  const source = newClaimId(house.clock());
  const folder = join(house.home, 'work', 'orders', source);
  await mkdir(folder, { recursive: true });
  try {
    const path = join(folder, `control-credit-${source}.csv`);
    const amount = order.act.amount === undefined ? '' : formatAmount(order.act.amount);
    const reason = `${order.reason} (${person}, ${house.clock().toISOString()})`;
    await writeFile(path, writeControlFile([{ invoice: order.number, action: 'credit', date: '', amount, reason }]));
    if (order.dryRun) return { receipt: (await rehearseFile(house, { client, path })).receipt };
    await read(desk, (tx) => audit(desk, tx, order));
    const file = await takeInByHand(house, { client, path });
    return await read(desk, async (tx) => ({
      receipt: await receiptOf(house, tx, file),
      ...(await current(desk, tx, order.number)),
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
