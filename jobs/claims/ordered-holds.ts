import { causesWithoutInterest, type ClaimAct, CREDIT_EXPECTED } from '#engine/claims/holds.ts';
import { addDays } from '#engine/iso-date.ts';
import { formatAmount } from '#engine/money.ts';
import type { Tx } from '#engine/store/database.ts';
import { placeHolds, type NewHold, releaseHolds, type HoldMoment } from '#engine/store/holds.ts';
import { openTasks, closeTasks } from '#engine/store/tasks.ts';
import { type House, todayOf, agreementOf } from '../house/house.ts';
import type { AllowedOrder } from './orders.ts';
import { withLedger } from '#engine/store/ledger.ts';
import { allocateCredits } from './allocate-credits.ts';
import { planTakeBack } from '#engine/plan-postings.ts';
import { extraComponents } from '#engine/amounts.ts';
import { loadClaimedExtras, storeCaseChanges } from '#engine/store/credits.ts';
import { loadLiability } from '#engine/store/payments/reverse-payments.ts';

/** How long a client has to answer an objection (reference/collection-rules.md §11). */
const DISPUTE_ANSWER_DAYS = 14;

/** Kind of the task that an objection gives its client; its subject is that of `disputeSubject`. */
const DISPUTE_TASK = 'dispute';

/** The same invoice may be disputed again later: each objection is a task of its own. */
const disputeSubject = (invoice: string, hold: bigint): string => `${invoice} (${hold})`;

/** Places the deferments, disputes, blocks and promises among some orders; a dispute becomes a task for the client, with its deadline. */
export async function placeOrderedHolds(house: House, tx: Tx, client: string, orders: readonly AllowedOrder[]): Promise<void> {
  const holds = orders.flatMap((item) => {
    const hold = holdOf(item);
    return hold ? [{ item, hold }] : [];
  });
  const moment = { on: todayOf(house), at: house.clock() };
  const ids = await placeHolds(
    tx,
    moment,
    holds.map(({ hold }) => hold),
  );
  const tasks = holds.flatMap(({ item, hold }, index) => {
    const id = ids[index];
    if (id === undefined || hold.kind !== 'dispute') return [];
    const detail = {
      invoice: item.order.invoice,
      category: hold.category ?? '',
      reason: hold.reason,
      disputed: formatAmount(hold.amount ?? item.receivable.open.principal),
    };
    const subject = disputeSubject(item.order.invoice, id);
    return [{ client, kind: DISPUTE_TASK, subject, detail, dueOn: addDays(moment.on, DISPUTE_ANSWER_DAYS) }];
  });
  await openTasks(tx, moment.at, tasks);
}

function holdOf({ order: { act, reason }, receivable, by }: AllowedOrder): NewHold | undefined {
  const common = { receivable: receivable.id, reason, placedBy: by, interestRuns: true };
  switch (act.action) {
    case 'defer':
      return { ...common, kind: 'deferment', until: act.until, interestRuns: act.interestRuns };
    case 'promise':
      return { ...common, kind: 'promise', until: act.until };
    case 'dispute':
      return { ...common, kind: 'dispute', category: act.category, amount: act.amount };
    case 'hold':
      return { ...common, kind: 'block', category: act.cause, interestRuns: !causesWithoutInterest.has(act.cause) };
    default:
      return undefined;
  }
}

type Release = AllowedOrder<Extract<ClaimAct, { readonly action: 'release' }>>;

/**
 * Ends holds. A rejected objection gives the debtor a new term from today; an accepted one keeps the disputed part out until its credit
 * note or write-off has come, or, where it was about the fee, takes the fee back at once. Credits that waited for the answer are used.
 */
export async function releaseOrderedHolds(house: House, tx: Tx, client: string, releases: readonly Release[]): Promise<void> {
  if (releases.length === 0) return;
  const moment: HoldMoment = { on: todayOf(house), at: house.clock() };
  await releaseHolds(
    tx,
    moment,
    releases.flatMap(({ released, by, order }) => (released ? [{ hold: released.id, by, outcome: order.act.outcome }] : [])),
  );
  for (const [by, group] of Map.groupBy(releases, (release) => release.by)) {
    const subjects = group.flatMap(({ order, released }) => (released ? [disputeSubject(order.invoice, released.id)] : []));
    await closeTasks(tx, { client, kind: DISPUTE_TASK, subjects, by, at: moment.at });
  }
  const accepted = releases.filter(({ order }) => order.act.outcome === 'accepted');
  await waiveFees(house, tx, client, accepted.filter(isAboutFee));
  await expectCredits(
    tx,
    client,
    moment,
    accepted.filter((release) => !isAboutFee(release)),
  );
  const receivables = releases.map(({ receivable }) => receivable.id);
  await withLedger(tx, { client, at: moment.at }, (ledger) =>
    allocateCredits(house, tx, ledger, { scope: { receivables }, consent: false }),
  );
}

const isAboutFee = ({ released }: Release): boolean => released?.category === 'FEE';

/** What was accepted must not be demanded while the credit note is on its way. */
async function expectCredits(tx: Tx, client: string, moment: HoldMoment, accepted: readonly Release[]): Promise<void> {
  const wanted = accepted.map(({ released, receivable, order, by }) => ({
    order,
    amount: released?.amount ?? receivable.open.principal,
    hold: {
      receivable: receivable.id,
      kind: 'block' as const,
      interestRuns: true,
      category: CREDIT_EXPECTED,
      reason: order.reason,
      placedBy: by,
    },
  }));
  // What was paid meanwhile can be demanded no more.
  const expected = wanted.filter(({ amount }) => amount > 0n);
  await placeHolds(
    tx,
    moment,
    expected.map(({ hold, amount }) => ({ ...hold, amount })),
  );
  await openTasks(
    tx,
    moment.at,
    expected.map(({ order, amount }) => ({
      client,
      kind: CREDIT_EXPECTED,
      subject: order.invoice,
      detail: { invoice: order.invoice, amount: formatAmount(amount), reason: order.reason },
      dueOn: addDays(moment.on, DISPUTE_ANSWER_DAYS),
    })),
  );
}

/** Takes fees and compensation back from debtors whose objection to them was accepted; interest is owed all the same. */
async function waiveFees(house: House, tx: Tx, client: string, accepted: readonly AllowedOrder[]): Promise<void> {
  if (accepted.length === 0) return;
  const ids = accepted.map(({ receivable }) => receivable.id);
  const claimed = new Map((await loadClaimedExtras(tx, ids)).map((one) => [one.receivable, one]));
  let heldAmount = await loadLiability(tx, client);
  const planned = accepted.flatMap(({ receivable, source }) => {
    const extras = claimed.get(receivable.id);
    const parts = extraComponents.flatMap((component) => {
      const amount = component === 'interest' ? undefined : extras?.claimed[component];
      return amount === undefined ? [] : [{ component, amount }];
    });
    if (!extras || parts.length === 0) return [];
    const { id, debtor, open, currency, invoiceNumber, agreementVersion } = receivable;
    const { product } = agreementOf(house, client, agreementVersion);
    const effectKey = `fee-waived:${invoiceNumber}:${source}`;
    const plan = planTakeBack(
      { receivable: id, currency, product, effectKey, on: todayOf(house) },
      { debtor: debtor.id, parts, open, heldAmount },
    );
    for (const posting of plan?.postings ?? []) if (posting.account === 'clientLiability') heldAmount -= posting.amount;
    return plan ? [{ ...plan, corrects: extras.lastClaim }] : [];
  });
  await withLedger(tx, { client, at: house.clock() }, (ledger) => ledger.book(planned));
  await storeCaseChanges(tx, { client, keys: planned.map((item) => item.effectKey), kind: 'correction' });
}
