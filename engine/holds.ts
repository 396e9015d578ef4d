import { CREDIT_EXPECTED } from './hold-categories.ts';
import type { IsoDate } from './iso-date.ts';
import { sum, type Minor } from './money.ts';
import type { Hold, Receivable } from './claims/receivable.ts';

/** What may be demanded of a receivable on a date as far as holds are concerned. */
export type HoldVerdict =
  | { readonly kind: 'free' }
  /** Left alone altogether. */
  | { readonly kind: 'held'; readonly hold: Hold }
  /** Only what is not disputed may be demanded (bestridande av en del). */
  | {
      readonly kind: 'part';
      readonly holds: readonly Hold[];
      /** Principal that is kept out. */
      readonly disputedAmount: Minor;
      /** Fees and compensation are kept out too, and no new ones are charged. */
      readonly feesDisputed: boolean;
    };

type Held = Pick<Receivable, 'holds' | 'open'>;

/**
 * Which hold applies on a date (F50, F51; reference/collection-rules.md §11). A hold of the whole comes before those of a part; parts that
 * together cover the open principal hold the whole.
 */
export function holdOn({ holds, open }: Held, date: IsoDate): HoldVerdict {
  const active = holds.filter((hold) => isActive(hold, date));
  if (active.length === 0) return { kind: 'free' };
  const whole = active.find((hold) => !isPart(hold));
  if (whole) return { kind: 'held', hold: whole };
  const disputed = sum(active.map((hold) => (isFeeDispute(hold) ? 0n : (hold.amount ?? 0n))));
  const largest = active.reduce((a, b) => ((b.amount ?? 0n) > (a.amount ?? 0n) ? b : a));
  if (disputed > 0n && disputed >= open.principal) return { kind: 'held', hold: largest };
  return { kind: 'part', holds: active, disputedAmount: disputed, feesDisputed: active.some(isFeeDispute) };
}

/** In force on a date: from its first day through its last, and before the day of its release. */
export const isActive = (hold: Hold, date: IsoDate): boolean =>
  hold.from <= date &&
  (hold.until === undefined || date <= hold.until) &&
  (hold.releasedOn === undefined || date < hold.releasedOn);

const isFeeDispute = (hold: Hold): boolean => hold.kind === 'dispute' && hold.category === 'FEE';

const isPart = (hold: Hold): boolean => hold.amount !== undefined || isFeeDispute(hold);

/** The client has accepted an objection, and its credit note has not come. */
export const expectsCredit = (hold: Hold): boolean => hold.kind === 'block' && hold.category === CREDIT_EXPECTED;
