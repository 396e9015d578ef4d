import type { IsoDate } from '#engine/iso-date.ts';
import type { Minor } from '#engine/money.ts';
import { accruedInterest } from '#engine/runs/accrued-interest.ts';
import type { Tx } from '#engine/store/database.ts';
import { loadReceivables } from '#engine/store/receivables.ts';
import type { House } from '../house.ts';
import { termsOf } from '../runs/terms-of.ts';
import { todayOf } from '../today.ts';
import type { OpenReceivable } from '#engine/matching/allocate-payment.ts';

/** Interest owed through a day on a receivable. */
export type InterestOwed = (receivable: bigint, through: IsoDate) => Minor | undefined;

/**
 * Makes ready to say how much interest was owed through a value date, of receivables on which a letter has claimed some: what it claimed
 * for the days after is not owed. Undefined for others, and where no terms say (what was claimed stands then).
 */
export async function loadInterestOwed(house: House, tx: Tx, receivables: readonly OpenReceivable[]): Promise<InterestOwed> {
  const claimed = receivables.filter(({ claims }) => claims.some(({ amounts }) => amounts.interest > 0n));
  const owed = new Map<bigint, (through: IsoDate) => Minor | undefined>();
  for (const [client, own] of Map.groupBy(claimed, (item) => item.client)) {
    const terms = termsOf(house, client);
    const facts = await loadReceivables(tx, {
      client,
      asOf: todayOf(house),
      timeZone: house.config.bureau.timeZone,
      limit: own.length,
      only: { ids: own.map(({ id }) => id) },
    });
    for (const receivable of facts) {
      const under = terms(receivable);
      if (under === undefined) continue;
      owed.set(
        receivable.id,
        (through) => accruedInterest({ receivable, disputedAmount: 0n }, under, through)?.accrued.totalAmount ?? 0n,
      );
    }
  }
  return (receivable, through) => owed.get(receivable)?.(through);
}
