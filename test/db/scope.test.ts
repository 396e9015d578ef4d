import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import type { ClientScope, Scope } from '#engine/scope.ts';
import { storeAssessments } from '#engine/store/assessments.ts';
import { inTransaction } from '#engine/store/database.ts';
import { storePayout } from '#engine/store/payouts.ts';
import { startRun } from '#engine/store/runs.ts';
import { openTasks } from '#engine/store/tasks.ts';
import type { ActingDesk } from '#jobs/desk/desk.ts';
import { trace } from '#jobs/desk/files.ts';
import { status } from '#jobs/desk/house.ts';
import { explainInvoice, orderAct, showAgeing, showInvoice, showStatements } from '#jobs/desk/invoices.ts';
import { allocatePayment, listPayments, showPayment, untiePayment } from '#jobs/desk/payments.ts';
import { approve, cancel, listPayouts, showPayout } from '#jobs/desk/payouts.ts';
import { decideOnAssessment, listAssessments, listMissingRuns, listRuns, showRun, takeRunBack } from '#jobs/desk/runs.ts';
import { NOW, openInnerHouse, type InnerHouse } from '../house/inner-house.ts';
import { trialCsv } from '../house/trial-csv.ts';
import { bank, notification } from './payments/bank-house.ts';

/** One house with two clients that have one of everything each; what is the other's bears its name or its number. */
const OWN = { client: 'provet', number: 'EGEN-1', debtor: 'EGEN-D', name: 'Egna Skenfirman AB' };
const OTHER = { client: 'provhus', number: 'ANNAN-1', debtor: 'ANNAN-D', name: 'Andra Skenfirman AB' };
const clients = [OWN, OTHER];
const DATE = isoDate('2026-11-20');

let inner: InnerHouse;
/** Numbers of the rows of either client, by its id. */
const ids: Record<string, { payment: bigint; payout: bigint; run: bigint; assessment: bigint }> = {};

const deskOf = <S extends Scope>(scope: S): ActingDesk<S> => ({ house: inner.house, person: 'anna', scope });
const idsOf = (client: string) => {
  const found = ids[client];
  if (!found) throw new Error(`nothing was made for ${client}`);
  return found;
};

beforeAll(async () => {
  inner = await openInnerHouse();
  for (const { client, number, debtor, name } of clients)
    await inner.takeIn(client, `${client}.csv`, trialCsv({ Number: number, Debtor: debtor, Name: name }));
  const references = await inner.rows<{ client: string; reference: string }>(
    `select i.client_id as client, r.reference from invoice i join payment_reference r on r.invoice_id = i.id order by 1`,
  );
  const paid = references.map(({ client, reference }) => ({ amount: 125_000n, ocr: reference, payerName: `Betalare ${client}` }));
  await bank(inner, notification(paid));
  for (const { client } of clients) await makeRows(client);
});
afterAll(() => inner.close());

/** A payment in suspense, a payout, a run, a proposal and a task. */
async function makeRows(client: string): Promise<void> {
  const [payment] = await inner.rows<{ id: bigint }>('select id from payment where client_id = $1', [client]);
  const [receivable] = await inner.rows<{ id: bigint }>('select id from receivable where client_id = $1', [client]);
  if (!payment || !receivable) throw new Error(`${client} has no payment or receivable`);
  const undone = await untiePayment(deskOf('bureau'), { id: payment.id, reason: 'test', dryRun: false, repeated: false });
  expect(undone.outcome).toBe('done');
  ids[client] = await inTransaction(inner.house.database, async (tx) => {
    const run = await startRun(tx, { kind: 'reminder', client, businessDate: DATE, trigger: 'command', who: 'anna', at: NOW });
    if (run === null) throw new Error('no run');
    await storeAssessments(tx, { run, on: DATE }, [
      { receivable: receivable.id, outcome: 'write-off', rule: 'r', version: 1, inputs: '{}' },
    ]);
    const payout = await storePayout(
      tx,
      {
        client,
        kind: 'refund',
        settlement: null,
        payment: payment.id,
        amount: 100n,
        currency: 'SEK',
        fromAccount: 'provkonto',
        receiver: {
          account: { kind: 'bankgiro', number: '9912346' },
          name: `Mottagare ${client}`,
          town: 'Stenstad',
          country: 'SE',
        },
        remittance: client,
        executionDate: DATE,
        plannedBy: 'bo',
      },
      NOW,
    );
    await openTasks(tx, NOW, [{ client, kind: 'dispute', subject: `uppgift ${client}`, detail: {}, dueOn: DATE }]);
    const found = await tx.query<{ id: bigint }>('select id from assessment where run_id = $1', [run]);
    return { payment: payment.id, payout, run, assessment: found.rows[0]?.id ?? 0n };
  });
}

const shown = (answer: unknown): string =>
  JSON.stringify(answer, (_name, item: unknown) => (typeof item === 'bigint' ? String(item) : item)) ?? 'undefined';

type Question = (desk: ActingDesk) => Promise<unknown>;

/** Questions about all that a caller may see. */
const lists: Readonly<Record<string, Question>> = {
  status,
  listPayments: (desk) => listPayments(desk, { suspense: false }),
  'listPayments in suspense': (desk) => listPayments(desk, { suspense: true }),
  listPayouts: (desk) => listPayouts(desk, {}),
  listRuns: (desk) => listRuns(desk, {}),
  listAssessments: (desk) => listAssessments(desk, { all: true }),
};

describe('a question with the scope of one client never shows another', () => {
  test.each(Object.entries(lists))('%s', async (_name, question) => {
    const all = shown(await question(deskOf('bureau')));
    expect(all).toContain(OWN.client);
    expect(all).toContain(OTHER.client);
    const own = shown(await question(deskOf({ client: OWN.client })));
    expect(own).toContain(OWN.client);
    for (const mark of [OTHER.client, OTHER.number, OTHER.debtor, OTHER.name]) expect(own).not.toContain(mark);
  });

  test('runs that are missing', async () => {
    const missing = await listMissingRuns(deskOf({ client: OWN.client }), {});
    expect(missing.filter(({ client }) => client !== OWN.client)).toEqual([]);
  });

  /** Questions by a number that only the other client has. */
  const single: Readonly<Record<string, (desk: ActingDesk<ClientScope>) => Promise<unknown>>> = {
    showInvoice: (desk) => showInvoice(desk, { number: OTHER.number }),
    explainInvoice: (desk) => explainInvoice(desk, { number: OTHER.number }),
    showStatements: (desk) => showStatements(desk, { debtor: OTHER.debtor }),
    showAgeing: (desk) => showAgeing(desk, {}),
    'trace of an invoice': (desk) => trace(desk, OTHER.number),
    'trace of a file': (desk) => trace(desk, `${OTHER.client}/1`),
    showPayment: (desk) => showPayment(desk, idsOf(OTHER.client).payment),
    showPayout: (desk) => showPayout(desk, idsOf(OTHER.client).payout),
    showRun: (desk) => showRun(desk, idsOf(OTHER.client).run),
  };

  test.each(Object.entries(single))('%s finds it for its owner alone', async (_name, question) => {
    const ask = (client: string) => question(deskOf({ client })).then(shown, String);
    const theirs = await ask(OTHER.client);
    expect(theirs).toMatch(/ANNAN|provhus/);
    expect(await ask(OWN.client)).not.toMatch(/ANNAN|provhus|Andra/);
  });
});

test('an act with the scope of one client does nothing to another', async () => {
  const desk = deskOf({ client: OWN.client });
  const { payment, payout, run, assessment } = idsOf(OTHER.client);
  const order = { id: payment, reason: 'test', dryRun: false };
  const orders = [{ invoice: OWN.number }];
  await expect(allocatePayment(desk, { ...order, orders })).rejects.toThrow('There is no payment');
  await expect(untiePayment(desk, { ...order, repeated: false })).rejects.toThrow('There is no payment');
  const own = { id: idsOf(OWN.client).payment, reason: 'test', dryRun: false };
  await expect(allocatePayment(desk, { ...own, client: OTHER.client, orders })).rejects.toThrow('There is no client provhus');
  const which = { which: { ids: [payout] }, reason: null, dryRun: false };
  expect((await approve(desk, which)).decided).toEqual({ done: [], refused: [] });
  expect((await cancel(desk, which)).decided).toEqual({ done: [], refused: [] });
  expect(await takeRunBack(desk, { run, reason: 'test', dryRun: false })).toMatchObject({ outcome: 'refused' });
  expect(await decideOnAssessment(desk, { id: assessment, verb: 'confirm', reason: 'test' })).toEqual({ outcome: 'unknown' });
  const hold = { action: 'hold', cause: 'bankrupt' } as const;
  const held = await orderAct(desk, { number: OTHER.number, act: hold, reason: 'test', dryRun: false });
  expect(held).toMatchObject({ outcome: 'refused', receivable: undefined });
});

test('numbers of rows and counts are text in every answer, amounts are not', async () => {
  const desk = deskOf('bureau');
  const answers = await Promise.all(Object.values(lists).map((question) => question(desk)));
  const notAmounts = /(?:^|\.)(?:id|run|payment|settlement|file|files|sequence|accepted|sent|invoices)$/;
  const wrong: string[] = [];
  const visit = (path: string, value: unknown): void => {
    if (typeof value === 'bigint' && notAmounts.test(path)) wrong.push(path);
    if (typeof value === 'object' && value !== null)
      for (const [name, item] of Object.entries(value)) visit(`${path}.${name}`, item);
  };
  for (const answer of answers) visit('', answer);
  expect(wrong).toEqual([]);
});
