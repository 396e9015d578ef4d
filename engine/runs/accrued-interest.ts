import { addDays, type IsoDate } from '../iso-date.ts';
import { lateInterest, type Interest } from '../law/interest.ts';
import { interestStart } from '../law/interest-start.ts';
import type { Minor } from '../money.ts';
import type { Hold, Receivable } from '../claims/receivable.ts';
import type { RunTerms } from './run-terms.ts';

/** What of the principal nobody disputes; only that is demanded (F50). */
export interface Demanded {
  readonly receivable: Receivable;
  readonly disputedAmount: Minor;
}

/**
 * All late interest of a receivable since its first day and through a date, whether claimed or not; undefined where none runs by then.
 * Throws a MissingRateError for an unknown half-year.
 */
export function accruedInterest(
  { receivable, disputedAmount }: Demanded,
  terms: RunTerms,
  lastDay: IsoDate,
): { readonly firstDay: IsoDate; readonly accrued: Interest } | undefined {
  const firstDay = firstInterestDay(receivable, terms);
  if (terms.policy.interest.rate.kind === 'none' || firstDay === undefined || firstDay > lastDay) return undefined;
  const accrued = lateInterest({
    principal: receivable.principalHistory.map(({ from, amount }) => ({
      from,
      amount: amount > disputedAmount ? amount - disputedAmount : 0n,
    })),
    firstDay,
    lastDay,
    rates: terms.ratesOf(receivable.dueDate),
    dayCount: terms.policy.interest.dayCount,
    suspended: receivable.holds.flatMap((hold) => pauseOf(hold)),
    mode: 'complete',
  });
  return { firstDay, accrued };
}

/** The first day with late interest (räntelagen 3 and 4 §§); an invoice of ours always says that late payment bears interest (§7.3). */
export function firstInterestDay(
  { dueDate, dispatchedOn, debtor }: Receivable,
  { dueDateAgreed, rules }: RunTerms,
): IsoDate | undefined {
  const dispatch = dispatchedOn === undefined ? {} : { dispatchDate: dispatchedOn, interestNoticeDate: dispatchedOn };
  return interestStart({ dueDate, dueDateAgreed, debtorClass: debtor.class, ...dispatch }, rules);
}

/** Days that a hold granted without interest keeps free of it. */
function pauseOf({ interestRuns, from, until, releasedOn }: Hold): readonly { readonly from: IsoDate; readonly to: IsoDate }[] {
  if (interestRuns) return [];
  const released = releasedOn === undefined ? undefined : addDays(releasedOn, -1);
  const ends = [until, released].filter((end) => end !== undefined);
  const to = ends.length === 0 ? FOR_EVER : ends.reduce((a, b) => (a < b ? a : b));
  return to < from ? [] : [{ from, to }];
}

const FOR_EVER = '2100-12-30' as IsoDate;
