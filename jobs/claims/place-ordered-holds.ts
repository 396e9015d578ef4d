import { causesWithoutInterest } from '#engine/hold-categories.ts';
import { addDays } from '#engine/iso-date.ts';
import { formatAmount } from '#engine/money.ts';
import type { Tx } from '#engine/store/database.ts';
import { placeHolds, type NewHold } from '#engine/store/holds.ts';
import { openTasks } from '#engine/store/tasks.ts';
import type { House } from '../house.ts';
import { todayOf } from '../today.ts';
import type { AllowedOrder } from './orders.ts';

/** How long a client has to answer an objection (reference/collection-rules.md §11). */
export const DISPUTE_ANSWER_DAYS = 14;

/** Kind of the task that an objection gives its client; its subject is that of `disputeSubject`. */
export const DISPUTE_TASK = 'dispute';

/** The same invoice may be disputed again later: each objection is a task of its own. */
export const disputeSubject = (invoice: string, hold: bigint): string => `${invoice} (${hold})`;

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
