import type { ClaimAct, ClaimOrder } from './claim-act.ts';
import { finding, type DetailsOf, type Finding, type FindingCodeName } from './finding.ts';
import { expectsCredit, isActive } from './holds.ts';
import type { IsoDate } from './iso-date.ts';
import { formatAmount, type Minor } from './money.ts';
import { openTotal, type Hold, type Receivable } from './claims/receivable.ts';

export interface ActLimits {
  /** How often one invoice may be deferred; two by default (reference/collection-rules.md §11). */
  readonly maxDeferments: number;
}

/** `known`: the receivable is already as the order wants it, so that nothing needs to be done. */
export type ActVerdict =
  | { readonly kind: 'allowed'; readonly released?: Hold }
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly finding: Finding };

/** May an order be carried out on a date, as the receivable stands then? Every refusal says why (F50, F51). */
export function checkClaimAct(receivable: Receivable, { act, invoice }: ClaimOrder, on: IsoDate, limits: ActLimits): ActVerdict {
  const refused: Check['refused'] = (code, ...details) => ({
    kind: 'refused',
    finding: { ...finding(code, ...details), document: invoice },
  });
  const check: Check = { receivable, on, refused, active: receivable.holds.filter((hold) => isActive(hold, on)) };
  if (act.action === 'release') return checkRelease(check, act);
  if (openTotal(receivable) <= 0n) return refused('CTL-SETTLED');
  switch (act.action) {
    case 'defer':
      return checkDeferment(check, act, limits);
    case 'promise':
      return checkPromise(check, act);
    case 'dispute':
      return checkDispute(check, act);
    case 'hold':
      return check.active.some((hold) => hold.kind === 'block' && hold.category === act.cause)
        ? { kind: 'known' }
        : { kind: 'allowed' };
    case 'credit':
      return checkAmount(check, act.amount ?? receivable.open.principal, receivable.open.principal);
    case 'write-off':
      return checkAmount(check, act.amount ?? openTotal(receivable), openTotal(receivable));
    case 'paid-to-client':
      return act.date > on
        ? refused('CTL-DATE-FUTURE', { value: act.date, facts: { today: on } })
        : checkAmount(check, act.amount, openTotal(receivable));
  }
}

interface Check {
  readonly receivable: Receivable;
  readonly on: IsoDate;
  readonly active: readonly Hold[];
  readonly refused: <Code extends FindingCodeName>(code: Code, ...details: DetailsOf<Code>) => ActVerdict;
}

type Act<Action extends ClaimAct['action']> = Extract<ClaimAct, { readonly action: Action }>;

/** A deferment moves the date to pay out, never in: neither before a term that stands nor before that of a letter which was sent. */
function checkDeferment({ receivable, on, active, refused }: Check, act: Act<'defer'>, { maxDeferments }: ActLimits): ActVerdict {
  const granted = receivable.holds.filter((hold) => hold.kind === 'deferment');
  if (active.some((hold) => hold.kind === 'deferment' && hold.until === act.until && hold.interestRuns === act.interestRuns))
    return { kind: 'known' };
  if (act.until <= on) return refused('CTL-DATE-PAST', { value: act.until, facts: { today: on } });
  const demanded = receivable.steps
    .flatMap((step) => step.deadline ?? [])
    .toSorted()
    .at(-1);
  if (demanded !== undefined && act.until < demanded)
    return refused('CTL-BEFORE-DEADLINE', { value: act.until, facts: { deadline: demanded } });
  const terms = [
    receivable.dueDate,
    ...granted.filter((hold) => hold.releasedOn === undefined).flatMap((hold) => hold.until ?? []),
  ];
  const term = terms.toSorted().at(-1) ?? receivable.dueDate;
  if (act.until <= term) return refused('CTL-NOT-LATER', { value: act.until, facts: { term } });
  if (granted.length >= maxDeferments)
    return refused('CTL-DEFERRED-OFTEN', { value: act.until, facts: { times: String(maxDeferments) } });
  return { kind: 'allowed' };
}

function checkPromise({ on, active, refused }: Check, act: Act<'promise'>): ActVerdict {
  if (active.some((hold) => hold.kind === 'promise' && hold.until === act.until)) return { kind: 'known' };
  return act.until <= on ? refused('CTL-DATE-PAST', { value: act.until, facts: { today: on } }) : { kind: 'allowed' };
}

/** One objection at a time: another part can only be disputed when the first is answered. */
function checkDispute(check: Check, act: Act<'dispute'>): ActVerdict {
  const { active, receivable, refused } = check;
  const standing = active.find((hold) => hold.kind === 'dispute');
  if (standing && standing.amount === act.amount && standing.category === act.category) return { kind: 'known' };
  if (standing) return refused('CTL-DISPUTED', { value: act.category, facts: { from: standing.from } });
  return act.amount === undefined ? { kind: 'allowed' } : checkAmount(check, act.amount, receivable.open.principal);
}

function checkRelease({ active, refused }: Check, act: Act<'release'>): ActVerdict {
  const kind = act.kind ?? (act.outcome === undefined ? undefined : 'dispute');
  const found = active.filter((hold) => kind === undefined || hold.kind === kind);
  const [hold] = found;
  if (!hold) return refused('CTL-NOTHING-HELD', { value: kind });
  if (found.length > 1 && !found.every((other) => other.kind === hold.kind)) {
    return refused('CTL-WHICH-HOLD', { facts: { kinds: [...new Set(found.map((other) => other.kind))].join(', ') } });
  }
  if (hold.kind === 'dispute' && act.outcome === undefined) return refused('CTL-OUTCOME-MISSING');
  if (hold.kind !== 'dispute' && act.outcome !== undefined) return refused('CTL-NOTHING-HELD', { value: 'dispute' });
  return { kind: 'allowed', released: found.find((other) => !expectsCredit(other)) ?? hold };
}

function checkAmount({ refused }: Check, amount: Minor, open: Minor): ActVerdict {
  if (amount <= 0n) return refused('CTL-AMOUNT-ZERO', { value: formatAmount(amount) });
  if (amount > open) return refused('CTL-AMOUNT-TOO-LARGE', { value: formatAmount(amount), facts: { open: formatAmount(open) } });
  return { kind: 'allowed' };
}
