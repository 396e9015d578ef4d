import type { Day } from './days.ts';
import type { Rate } from './interest.ts';

/** A client's terms, as the oracle needs them. Amounts are öre. */
export interface Terms {
  readonly product: 'service' | 'purchase';
  readonly debtorClass: 'consumer' | 'business';
  readonly rate: Rate;
  /** Bank days for payments to reach us after a date to pay, before the next step. */
  readonly graceBankDays: number;
  /** The same after a demand or a hand-over. */
  readonly collectionGraceBankDays: number;
  /** A rest of at most so much is given up. */
  readonly tolerance: bigint;
  /** Less principal than this is not demanded. */
  readonly minimum: bigint;
  readonly timetable: readonly TimetableStep[];
}

export interface TimetableStep {
  readonly kind: 'reminder' | 'demand' | 'handover' | 'assessment';
  /** Calendar days after the due date. */
  readonly daysAfterDue: number;
  /** Days to pay, of a letter. */
  readonly deadlineDays: number;
  readonly fee: bigint;
  readonly compensation: bigint;
}

export const extras = ['reminderFee', 'collectionFee', 'compensation', 'interest'] as const;
export type Extra = (typeof extras)[number];
export type Part = 'principal' | Extra;

/** One posting: debit is positive. */
export interface Line {
  readonly on: Day;
  /** From the end of which day it bears on interest. */
  readonly value: Day;
  readonly account: string;
  readonly amount: bigint;
  readonly claim?: string;
  readonly payment?: string;
  readonly debtor?: string;
  /** It claims a fee or interest, or takes that back: it is no payment of it. */
  readonly claims?: Extra;
  /** It lowers an invoice by a credit note. */
  readonly credited?: boolean;
}

export interface Hold {
  readonly kind: 'deferment' | 'dispute' | 'block' | 'promise';
  readonly amount?: bigint;
  readonly from: Day;
  readonly until?: Day;
  readonly interestRuns: boolean;
  /** Ends when its amount has been credited; what was before so many lines of the book does not count. */
  readonly creditExpectedSince?: number;
  released?: Day;
  outcome?: 'accepted' | 'rejected';
}

export interface Taken {
  readonly level: number;
  readonly kind: TimetableStep['kind'];
  readonly on: Day;
  readonly deadline?: Day;
  readonly amounts: Readonly<Record<Part, bigint>>;
  readonly letter?: Letter;
  /** All that was open and not disputed when the letter was made. */
  readonly printed: bigint;
  /** When it was really made: on its day, or caught up later. */
  readonly made: Day;
  /** Since when it is not owed. */
  withdrawn?: Day;
}

export interface Letter {
  readonly kind: 'reminder' | 'demand';
  readonly debtor: string;
  readonly claims: string[];
  hasFee: boolean;
  state: 'waiting' | 'released' | 'withdrawn';
  dispatched?: Day;
  charged?: boolean;
}

/** An invoice, or with a negative amount a credit note. */
export interface Claim {
  readonly number: string;
  readonly debtor: string;
  readonly issued: Day;
  readonly due: Day;
  readonly amount: bigint;
  readonly credits?: string;
  readonly holds: Hold[];
  readonly steps: Taken[];
}

export interface Payment {
  readonly id: string;
  readonly amount: bigint;
  readonly booked: Day;
  readonly value: Day;
  readonly debtor: string;
  /** What the payer says it is for: nothing that anybody knows, one invoice by its reference, or several with their sums. */
  readonly to: readonly { readonly invoice: string; readonly amount: bigint }[];
  reversed?: boolean;
  /** Its fee is settled. */
  charged?: boolean;
}

export interface Payout {
  readonly amount: bigint;
  state: 'planned' | 'settled' | 'rejected';
}

/** All that the oracle remembers of one client: lists that only grow. Every balance is a sum over `book`. */
export interface World {
  readonly terms: Terms;
  readonly book: Line[];
  readonly claims: Claim[];
  readonly letters: Letter[];
  readonly payments: Payment[];
  readonly payouts: Payout[];
  /** The last day that was run for. */
  readonly runs: { reminder?: Day; collection?: Day };
}

export const emptyWorld = (terms: Terms): World => ({
  terms,
  book: [],
  claims: [],
  letters: [],
  payments: [],
  payouts: [],
  runs: {},
});

const bureauBook =
  /^(clientFunds|clientLiability|suspense|overpayment|payoutInTransit|fee(Receivable|Income|Vat)|ownBank|clientDeficit|purchase.*)$/;

/** A voucher: each of the two books in it must come to zero. Lines of zero are left out. */
export function post(world: World, lines: readonly Line[]): void {
  const sum = (bureau: boolean): bigint =>
    lines.filter((line) => bureauBook.test(line.account) === bureau).reduce((total, line) => total + line.amount, 0n);
  if (sum(true) !== 0n || sum(false) !== 0n)
    throw new Error(`the oracle's own voucher does not balance: ${sum(true)}, ${sum(false)}`);
  world.book.push(...lines.filter((line) => line.amount !== 0n));
}

export const total = (world: World, wanted: (line: Line) => boolean): bigint =>
  world.book.filter(wanted).reduce((sum, line) => sum + line.amount, 0n);

export const balance = (world: World, account: string): bigint => total(world, (line) => line.account === account);

export const accountOf = (part: Part): string => (part === 'principal' ? 'receivable' : `receivable:${part}`);

/** What is open of one part of a claim, at the end of a day. */
export const openOf = (world: World, claim: string, part: Part, asOf = Infinity): bigint =>
  total(world, (line) => line.claim === claim && line.account === accountOf(part) && line.on <= asOf);

export const openInAll = (world: World, claim: string, asOf = Infinity): bigint =>
  openOf(world, claim, 'principal', asOf) + extras.reduce((sum, part) => sum + openOf(world, claim, part, asOf), 0n);

export function claimOf(world: World, number: string): Claim {
  const claim = world.claims.find((one) => one.number === number);
  if (!claim) throw new Error(`the oracle has no claim ${number}`);
  return claim;
}

/** A fee, interest or compensation claimed of a debtor; negative when it is taken back. Of a claim that the bureau has bought it is the bureau's. */
export function claimLines(
  { terms }: World,
  claimed: { readonly claim: string; readonly on: Day; readonly part: Extra; readonly amount: bigint },
): readonly Line[] {
  const { claim, on, part, amount } = claimed;
  const owed: Line = { on, value: on, account: accountOf(part), amount, claim, claims: part };
  const line = (account: string, sum: bigint): Line => ({ on, value: on, account, amount: sum });
  return terms.product === 'purchase'
    ? [owed, line('soldReceivables', -amount), line('purchasedReceivables', amount), line('purchaseIncome', -amount)]
    : [owed, line(`income:${part}`, -amount)];
}
