import { holdOn } from '../holds.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Minor } from '../money.ts';
import type { Hold, Receivable } from '../claims/receivable.ts';
import type { Reason } from './reason.ts';

/** What keeps a receivable, or a part of it, from being demanded on a date. */
export type StandingHold =
  | { readonly whole: true; readonly facts: Reason['facts'] }
  | {
      readonly whole: false;
      /** Principal that is disputed and not demanded meanwhile (F50). */
      readonly disputedAmount: Minor;
      /** Fees and compensation are disputed: none is demanded or charged meanwhile, and the principal goes on (§11). */
      readonly feesDisputed: boolean;
    };

/** The hold that stands on a date. */
export function standingHold(receivable: Receivable, date: IsoDate): StandingHold {
  const verdict = holdOn(receivable, date);
  if (verdict.kind === 'free') return { whole: false, disputedAmount: 0n, feesDisputed: false };
  if (verdict.kind === 'held') return { whole: true, facts: factsOf(verdict.hold) };
  const { disputedAmount, feesDisputed } = verdict;
  return { whole: false, disputedAmount, feesDisputed };
}

const factsOf = ({ kind, from, until, category }: Hold): Reason['facts'] => ({
  kind,
  from,
  ...(until === undefined ? {} : { until }),
  ...(category === undefined ? {} : { category }),
});
