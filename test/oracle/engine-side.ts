import type { ClaimAct } from '#engine/claims/holds.ts';
import { isoDate } from '#engine/iso-date.ts';
import { inTransaction } from '#engine/store/database.ts';
import type { House } from '#jobs/house/house.ts';
import { carryOutOrders } from '#jobs/claims/carry-out-orders.ts';
import { advance } from '#jobs/pipeline/advance.ts';
import { planSpools } from '#jobs/pipeline/build-spool.ts';
import { approvePayouts } from '#jobs/payout/decide-payouts.ts';
import { sendPayouts } from '#jobs/payout/send-payouts.ts';
import { executeRun, runKind } from '#jobs/runs/execute-run.ts';
import { dateOf, type Day } from './days.ts';
import { trialCsv, type TrialRow } from '../house/trial-csv.ts';
import type { Act } from './acts.ts';
import { bankFile, debitFile, statusFile, type Movement, type SentPayout } from './bank-file.ts';
import { bankgiroOf } from './client-yaml.ts';
import type { Step } from './history.ts';
import { ibans, type Delivery, type OracleHouse } from './oracle-house.ts';

/** What one client of the house does. */
export interface ClientAct {
  readonly client: string;
  readonly act: Act;
}

interface Phase {
  /** Which steps belong to it. */
  readonly of: readonly Step['does'][];
  /** Does the acts of all clients through the engine's doors. */
  readonly play: (house: OracleHouse, day: Day, acts: readonly ClientAct[]) => Promise<void>;
}

/** In which order a day's steps are taken. */
export const phases: readonly Phase[] = [
  { of: ['invoice', 'credit'], play: deliverDocuments },
  { of: ['defer', 'promise', 'dispute', 'block', 'release'], play: giveOrders },
  { of: ['pay', 'reverse'], play: deliverBankFile },
  { of: ['remind'], play: execute },
  { of: ['collect'], play: execute },
  { of: ['print'], play: print },
  { of: ['confirm'], play: confirm },
  { of: ['pay-out'], play: payOut },
  { of: ['answer'], play: answerPayouts },
];

type ActThat<D extends Act['does']> = Extract<Act, { does: D }>;

/** One invoice file per client. */
async function deliverDocuments(house: OracleHouse, day: Day, acts: readonly ClientAct[]): Promise<void> {
  const clients = [...new Set(acts.map(({ client }) => client))];
  const files = clients.map((client) => {
    const rows = acts.filter((one) => one.client === client).map(({ act }) => rowOf(act as ActThat<'invoice' | 'credit'>));
    return { sender: client, name: `${dateOf(day)}.csv`, content: trialCsv(...rows) };
  });
  await house.deliver(day, files);
}

function rowOf(act: ActThat<'invoice' | 'credit'>): TrialRow {
  const { number, debtor, issued, due, net } = act.does === 'invoice' ? act.invoice : act.note;
  const amounts = { Price: kronor(net), Payable: kronor((net * 5n) / 4n) };
  const row = { ...amounts, Number: number, Debtor: debtor, Issued: dateOf(issued), Mode: 'monitor-only' };
  return act.does === 'invoice' ? { ...row, Due: dateOf(due) } : { ...row, Kind: 'C', Credits: act.note.of };
}

const kronor = (amount: bigint): string => `${amount / 100n},${String(amount % 100n).padStart(2, '0')}`;

/** One file of the bank for each account, for all clients. */
async function deliverBankFile(house: OracleHouse, day: Day, acts: readonly ClientAct[]): Promise<void> {
  for (const [product, iban] of Object.entries(ibans)) {
    const own = acts.filter(({ client }) => house.productOf(client) === product);
    const movements = await Promise.all(own.map((one) => movementOf(house, one)));
    if (movements.length === 0) continue;
    const name = `${product}-${dateOf(day)}.xml`;
    await house.deliver(day, [{ sender: 'bank', name, content: bankFile(iban, day, movements) }]);
  }
}

async function movementOf(house: OracleHouse, { client, act }: ClientAct): Promise<Movement> {
  const { paid, does } = act as ActThat<'pay' | 'reverse'>;
  return {
    payment: paid,
    bankgiro: bankgiroOf(Number(client.slice(1))),
    bankReference: `${client}-${paid.id}`,
    references: await Promise.all(paid.to.map(({ invoice }) => house.referenceOf(client, invoice))),
    reversal: does === 'reverse',
  };
}

/** Orders about invoices, as the command line gives them. */
async function giveOrders({ on }: OracleHouse, day: Day, acts: readonly ClientAct[]): Promise<void> {
  const house = on(day);
  for (const [place, { client, act }] of acts.entries()) {
    const { number } = act as ActThat<'hold' | 'release'>;
    const order = { invoice: number, act: orderOf(act as ActThat<'hold' | 'release'>), reason: 'so it was drawn' };
    const source = `${dateOf(day)}-${place}`;
    const [outcome] = await inTransaction(house.database, (tx) =>
      carryOutOrders(house, tx, client, [{ order, by: 'oracle', source }]),
    );
    if (outcome?.kind !== 'done')
      throw new Error(`${client} ${number}: ${JSON.stringify(outcome)} to ${JSON.stringify(order.act, asText)}`);
  }
}

function orderOf(act: ActThat<'hold' | 'release'>): ClaimAct {
  if (act.does === 'release') return { action: 'release', ...(act.outcome === undefined ? {} : { outcome: act.outcome }) };
  const { kind, amount, until, interestRuns } = act.hold;
  const date = isoDate(dateOf(until ?? act.hold.from));
  if (kind === 'deferment') return { action: 'defer', until: date, interestRuns };
  if (kind === 'promise') return { action: 'promise', until: date };
  if (kind === 'dispute') return { action: 'dispute', category: 'PRICE', ...(amount === undefined ? {} : { amount }) };
  return { action: 'hold', cause: 'other' };
}

const asText = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}` : value);

/** Some clients' runs at once, as the schedule starts them: no client waits for another. */
async function execute({ on }: OracleHouse, day: Day, acts: readonly ClientAct[]): Promise<void> {
  const house = on(day);
  for (let from = 0; from < acts.length; from += RUNS_AT_ONCE)
    await Promise.all(acts.slice(from, from + RUNS_AT_ONCE).map((one) => executeOne(house, day, one)));
}
const RUNS_AT_ONCE = 4;

async function executeOne(house: House, day: Day, { client, act }: ClientAct): Promise<void> {
  const kind = runKind(act.does === 'pay-out' ? 'payout' : (act as ActThat<'run'>).kind);
  const order = { kind, client, businessDate: isoDate(dateOf(day)), trigger: 'command', who: 'oracle' } as const;
  const executed = await executeRun(house, order);
  if (executed.outcome !== 'applied') throw new Error(`${client}: ${JSON.stringify(executed, asText)}`);
}

/** Makes print jobs of a client's waiting letters; from then on nothing can be pulled back. */
async function print({ on }: OracleHouse, day: Day, acts: readonly ClientAct[]): Promise<void> {
  const house = on(day);
  for (const { client } of acts) await planSpools(house, client);
  const [trouble] = await advance(house, new AbortController().signal);
  if (trouble) throw trouble;
}

/** The print house says that all letters of these clients are in the post. */
async function confirm(house: OracleHouse, day: Day, acts: readonly ClientAct[]): Promise<void> {
  const pieces = await house.inner.rows<{ job: number; piece: number }>(
    `select job_number as job, piece from document where state = 'released' and dispatched_on is null and client_id = any($1)`,
    [acts.map(({ client }) => client)],
  );
  const rows = pieces.map(({ job, piece }) => `J${String(job).padStart(4, '0')};${piece};dispatched;${dateOf(day)}`);
  const content = ['job;piece;status;date', ...rows, `END;${rows.length}`, ''].join('\r\n');
  await house.deliver(day, [{ sender: 'print-house', name: `${dateOf(day)}.csv`, content }]);
}

/** Settles, and a second person lets the payouts leave. */
async function payOut(oracleHouse: OracleHouse, day: Day, acts: readonly ClientAct[]): Promise<void> {
  await execute(oracleHouse, day, acts);
  const house = oracleHouse.on(day);
  await inTransaction(house.database, (tx) =>
    approvePayouts(house, tx, { which: { scope: 'bureau', states: ['planned'] }, who: 'a second person', reason: null }),
  );
  const { stopped } = await sendPayouts(house);
  if (stopped.length > 0) throw new Error(stopped.map(({ because }) => because).join(', '));
}

/** The bank's answers: a status report for what it refuses, its notification for what it has debited. */
async function answerPayouts(house: OracleHouse, day: Day, acts: readonly ClientAct[]): Promise<void> {
  const answers = new Map(acts.map(({ client, act }) => [client, (act as ActThat<'answer'>).answer]));
  const sent = await house.inner.rows<SentPayout & { readonly client: string }>(
    `select p.client_id as client, p.amount, p.instruction_id as "instructionId", p.payment_information_id as "groupId",
       f.message_id as "messageId" from payout p join payment_file f on f.id = p.payment_file_id
     where p.state in ('sent', 'accepted') and p.client_id = any($1) order by p.id`,
    [[...answers.keys()]],
  );
  const files: Delivery[] = [];
  for (const [messageId, payouts] of Map.groupBy(
    sent.filter(({ client }) => answers.get(client) === 'rejected'),
    (one) => one.messageId,
  ))
    files.push({ sender: 'bank', name: `status-${messageId}-${dateOf(day)}.xml`, content: statusFile(day, payouts) });
  const debited = sent.filter(({ client }) => answers.get(client) === 'settled');
  for (const [product, own] of Map.groupBy(debited, ({ client }) => house.productOf(client)))
    files.push({ sender: 'bank', name: `debits-${product}-${dateOf(day)}.xml`, content: debitFile(ibans[product], day, own) });
  await house.deliver(day, files);
}
