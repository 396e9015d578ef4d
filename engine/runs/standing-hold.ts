import type { IsoDate } from '../iso-date.ts';
import { formatAmount, sum, type Minor } from '../money.ts';
import type { Hold, Receivable } from '../receivable.ts';
import type { Reason } from './reason.ts';

/** What keeps a receivable from being demanded on a date. */
export interface StandingHold {
  /** Of the whole claim; absent: at most a part of it is disputed. */
  readonly hold?: Hold;
  readonly facts: Reason['facts'];
  /** Principal that is disputed and not demanded meanwhile (F50). */
  readonly disputedAmount: Minor;
}

/** The first hold of the whole claim that stands on a date, and how much of the principal is disputed in parts. */
export function standingHold({ holds, open }: Receivable, date: IsoDate): StandingHold {
  const standing = holds.filter((hold) => stands(hold, date));
  const whole = standing.find((hold) => hold.kind !== 'dispute' || hold.amount === undefined);
  const disputedAmount = sum(standing.map((hold) => (hold.kind === 'dispute' ? (hold.amount ?? 0n) : 0n)));
  const most = disputedAmount < open.principal ? disputedAmount : open.principal;
  if (whole === undefined) return { facts: {}, disputedAmount: most };
  const { kind, from, until, category } = whole;
  const facts = { kind, from, ...(until === undefined ? {} : { until }), ...(category === undefined ? {} : { category }) };
  return { hold: whole, facts: disputedAmount > 0n ? { ...facts, disputed: formatAmount(disputedAmount) } : facts, disputedAmount: most };
}

/** From its first to its last day, unless it was released before; on the day of its release it stands no more. */
const stands = ({ from, until, releasedOn }: Hold, date: IsoDate): boolean =>
  from <= date && (until === undefined || date <= until) && (releasedOn === undefined || date < releasedOn);
