import type { Payout, PayoutState } from '#engine/payout.ts';
import { storeAudit } from '#engine/store/audit.ts';
import type { Tx } from '#engine/store/database.ts';
import { loadPayouts, movePayouts, setApproved, type PayoutQuestion } from '#engine/store/payouts.ts';
import type { House } from '../house.ts';
import { todayOf } from '../today.ts';
import { giveBack } from './give-back.ts';

/** A person’s decision about payouts. */
export interface PayoutDecision {
  readonly which: PayoutQuestion;
  readonly who: string;
  readonly reason: string | null;
}

export interface Decided {
  readonly done: readonly Payout[];
  readonly refused: readonly { readonly payout: Payout; readonly because: string }[];
}

/** A second person lets planned payouts leave. Who planned one can never approve it. */
export async function approvePayouts(house: House, tx: Tx, decision: PayoutDecision): Promise<Decided> {
  const { who } = decision;
  const decided = await decide(tx, decision, ({ state, plannedBy }) => {
    if (state !== 'planned') return `it is ${state}`;
    return plannedBy === who ? `${who} planned it: a second person approves` : undefined;
  });
  const at = house.clock();
  await setApproved(
    tx,
    decided.done.map(({ id }) => id),
    who,
    at,
  );
  await audit(tx, decision, { act: 'payout approve', at, payouts: decided.done });
  return decided;
}

const CANCELLABLE: readonly PayoutState[] = ['planned', 'approved'];

/** Takes back payouts that have no ids yet; what they would have paid is owed again. Later only the bank can stop them. */
export async function cancelPayouts(house: House, tx: Tx, decision: PayoutDecision): Promise<Decided> {
  const decided = await decide(tx, decision, ({ state }) =>
    CANCELLABLE.includes(state) ? undefined : `it is ${state}: once it has its ids only the bank’s answer changes it`,
  );
  const at = house.clock();
  const ids = decided.done.map(({ id }) => id);
  await movePayouts(tx, ids, { from: CANCELLABLE, to: 'cancelled' });
  await giveBack(tx, decided.done, { on: todayOf(house), at });
  await audit(tx, decision, { act: 'payout cancel', at, payouts: decided.done });
  return decided;
}

async function decide(tx: Tx, { which }: PayoutDecision, obstacle: (payout: Payout) => string | undefined): Promise<Decided> {
  const payouts = await loadPayouts(tx, which, { lock: true });
  const judged = payouts.map((payout) => ({ payout, because: obstacle(payout) }));
  return {
    done: judged.filter(({ because }) => because === undefined).map(({ payout }) => payout),
    refused: judged.flatMap(({ payout, because }) => (because === undefined ? [] : [{ payout, because }])),
  };
}

async function audit(
  tx: Tx,
  { who, reason }: PayoutDecision,
  { act, at, payouts }: { readonly act: string; readonly at: Date; readonly payouts: readonly Payout[] },
): Promise<void> {
  for (const { id, client } of payouts) await storeAudit(tx, { at, who, act, subject: `payout ${id} of ${client}`, reason });
}
