import type { IsoDate } from '#engine/iso-date.ts';
import type { Receivable } from '#engine/claims/receivable.ts';
import { oneFeePerLetter, type FeeBearingLetters } from '#engine/runs/one-fee-per-letter.ts';
import { planDemands, type DemandPlan, type DemandRunKind } from '#engine/runs/plan-demands.ts';
import type { Tx } from '#engine/store/database.ts';
import { loadReceivables } from '#engine/store/receivables.ts';
import type { House } from '../house.ts';
import { termsOf } from './terms-of.ts';

/** Receivables read at once. */
const PAGE = 5000;

export interface DemandQuestion {
  readonly kind: DemandRunKind;
  readonly client: string;
  readonly businessDate: IsoDate;
  readonly today: IsoDate;
  /** Receivables for which an earlier run of the same catch-up has taken a step. */
  readonly taken: ReadonlySet<bigint>;
  /** Letters of the same catch-up that have their fee; those of this plan are added. */
  readonly charged: FeeBearingLetters;
}

/**
 * Plans one run over all receivables of a client that were due before its business date, page by page. The facts are those known at the
 * end of that date; if it is past, steps are looked at once more with what is known now. Only what comes of a page is kept.
 */
export async function planFromBasis(house: House, tx: Tx, question: DemandQuestion): Promise<DemandPlan> {
  const { kind, client, businessDate, today, taken, charged } = question;
  const { timeZone } = house.config.bureau;
  const terms = termsOf(house, client);
  const days = { businessDate, dispatchDate: businessDate < today ? today : businessDate };
  const steps: DemandPlan['steps'][number][] = [];
  const skips: DemandPlan['skips'][number][] = [];
  let after = 0n;
  for (;;) {
    const page = await loadReceivables(tx, {
      client,
      asOf: businessDate,
      timeZone,
      after,
      limit: PAGE,
      dueBefore: businessDate,
    });
    const open = page.filter((receivable) => !taken.has(receivable.id));
    const first = planDemands(open, { kind, days, termsOf: terms });
    const plan =
      businessDate < today && first.steps.length > 0
        ? planDemands(open, { kind, days, termsOf: terms, now: await knownNow(house, tx, first, question) })
        : first;
    steps.push(...oneFeePerLetter(plan.steps, charged));
    skips.push(...plan.skips);
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return { steps, skips };
    after = last.id;
  }
}

async function knownNow(
  house: House,
  tx: Tx,
  { steps }: DemandPlan,
  { client, today }: DemandQuestion,
): Promise<ReadonlyMap<bigint, Receivable>> {
  const ids = steps.map(({ receivable }) => receivable.id);
  const { timeZone } = house.config.bureau;
  const now = await loadReceivables(tx, { client, asOf: today, timeZone, limit: ids.length, only: { ids } });
  return new Map(now.map((receivable) => [receivable.id, receivable]));
}
