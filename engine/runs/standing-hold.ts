import { holdOn } from '../holds.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Minor } from '../money.ts';
import type { Hold, Receivable } from '../receivable.ts';
import type { Reason } from './reason.ts';

/** What keeps a receivable, or a part of it, from being demanded on a date. */
export type StandingHold =
  | { readonly whole: true; readonly facts: Reason['facts'] }
  /** Principal that is disputed and not demanded meanwhile (F50). */
  | { readonly whole: false; readonly disputedAmount: Minor };

/**
 * The hold that stands on a date. Where only the fee is disputed the claim waits as well: a letter without the fee would look like a
 * waiver, one with it would demand what is disputed.
 */
export function standingHold(receivable: Receivable, date: IsoDate): StandingHold {
  const verdict = holdOn(receivable, date);
  if (verdict.kind === 'free') return { whole: false, disputedAmount: 0n };
  if (verdict.kind === 'held') return { whole: true, facts: factsOf(verdict.hold) };
  const [first] = verdict.holds;
  return verdict.feesDisputed && first
    ? { whole: true, facts: factsOf(first) }
    : { whole: false, disputedAmount: verdict.disputedAmount };
}

const factsOf = ({ kind, from, until, category }: Hold): Reason['facts'] => ({
  kind,
  from,
  ...(until === undefined ? {} : { until }),
  ...(category === undefined ? {} : { category }),
});
