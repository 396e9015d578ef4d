import type { IsoDate } from '../iso-date.ts';
import { sum, type Minor, formatAmount } from '../money.ts';
import { type Hold, type Receivable, openTotal } from './receivable.ts';
import { finding, type DetailsOf, type Finding, type FindingCodeName } from '../finding.ts';

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
const expectsCredit = (hold: Hold): boolean => hold.kind === 'block' && hold.category === CREDIT_EXPECTED;

/** What a debtor objects to (reference/collection-rules.md §11). `FEE` disputes only the fee: the principal goes on. */
export const disputeCategories = [
  'NOT_ORDERED',
  'NOT_RECEIVED',
  'DEFECT',
  'PRICE',
  'PAID',
  'WRONG_PERSON',
  'LIMITATION',
  'FEE',
  'OTHER',
] as const;
type DisputeCategory = (typeof disputeCategories)[number];

/** Why a person is left alone whatever they owe (service block, §11), until a person lifts it. */
export const blockCauses = [
  'deceased',
  'bankrupt',
  'debt-restructuring',
  'minor',
  'protected-identity',
  'wrong-person',
  'other',
] as const;
type BlockCause = (typeof blockCauses)[number];

/** A block of the house's own: the client has accepted an objection, and the credit note is still to come. */
export const CREDIT_EXPECTED = 'credit-expected';

/** A block of the house's own: the collection agency gave the claim back, and its reason has to be mended before it is handed over again. */
export const AGENCY_REJECTED = 'agency-rejected';

/** Causes from which on no interest runs: the estate's debts are settled as of that day (§11, "stop at bankruptcy per law"). */
export const causesWithoutInterest: ReadonlySet<BlockCause> = new Set<BlockCause>(['bankrupt', 'debt-restructuring']);

/** Something a person orders about one invoice, on the command line or in a client's control file. */
export interface ClaimOrder {
  readonly invoice: string;
  readonly act: ClaimAct;
  /** In the orderer's own words, kept as they are. */
  readonly reason: string;
}

export type ClaimAct =
  /** Anstånd: a new date to pay. */
  | { readonly action: 'defer'; readonly until: IsoDate; readonly interestRuns: boolean }
  /** Bestridande of the whole, or of a part of the principal. */
  | { readonly action: 'dispute'; readonly category: DisputeCategory; readonly amount?: Minor }
  /** Spärr: left alone until a person releases it. */
  | { readonly action: 'hold'; readonly cause: BlockCause }
  /** Betalningslöfte: the debtor has said to pay by a date. */
  | { readonly action: 'promise'; readonly until: IsoDate }
  /** Ends a hold: the only one there is, or the one of a kind. A dispute ends with an outcome. */
  | { readonly action: 'release'; readonly kind?: Hold['kind']; readonly outcome?: DisputeOutcome }
  /** A credit note by the bureau on the client's behalf: for an amount, or for all that is open of the principal. */
  | { readonly action: 'credit'; readonly amount?: Minor }
  /** Avskrivning of an amount, or of all that is open. */
  | { readonly action: 'write-off'; readonly amount?: Minor }
  /** The debtor has paid the client directly on a date. */
  | { readonly action: 'paid-to-client'; readonly date: IsoDate; readonly amount: Minor };

export const disputeOutcomes = ['accepted', 'rejected', 'withdrawn'] as const;
export type DisputeOutcome = (typeof disputeOutcomes)[number];

export const claimActions = ['defer', 'dispute', 'hold', 'promise', 'release', 'credit', 'write-off', 'paid-to-client'] as const;

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
