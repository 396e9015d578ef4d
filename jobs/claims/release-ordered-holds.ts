import type { ClaimAct } from '#engine/claim-act.ts';
import { CREDIT_EXPECTED } from '#engine/hold-categories.ts';
import { addDays } from '#engine/iso-date.ts';
import { formatAmount } from '#engine/money.ts';
import type { Tx } from '#engine/store/database.ts';
import { placeHolds, releaseHolds, type HoldMoment } from '#engine/store/holds.ts';
import { withLedger } from '#engine/store/ledger.ts';
import { closeTasks, openTasks } from '#engine/store/tasks.ts';
import type { House } from '../house.ts';
import { todayOf } from '../today.ts';
import { allocateCredits } from './allocate-credits.ts';
import { DISPUTE_ANSWER_DAYS, DISPUTE_TASK, disputeSubject } from './place-ordered-holds.ts';
import { waiveFees } from './waive-fees.ts';
import type { AllowedOrder } from './orders.ts';

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
