import { resolve } from 'node:path';
import { resolvePolicy, loadPolicy, usualTerms } from '#config/load-policies.ts';
import type { ConfigProblem } from '#config/config-problem.ts';
import { at, findRow, type LawKind } from '#engine/dated-table.ts';
import { addDays, dateInZone, type IsoDate } from '#engine/iso-date.ts';
import type { DayCount, InterestTerms, Policy } from '#engine/claims/policy.ts';
import { interestRates, interestStart } from '#engine/claims/interest-rates.ts';
import { exactInterest, lateInterest, principalHistory, type Interest, type InterestPeriod } from '#engine/claims/interest.ts';
import { filingDate, planSchedule, type ScheduledStep } from '#engine/claims/step-date.ts';
import type { Minor } from '#engine/money.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import type { DebtorClass } from '#engine/submission.ts';
import { parts } from '../house/parts.ts';
import { now, UsageError } from './desk.ts';

/** Codes of the countries that are plugged in. */
export const countryCodes: readonly string[] = Object.keys(parts.countries);

/** The kinds of rules of a country that are kept with dates and sources. */
export const listLawKinds = (country: string): readonly LawKind[] => countryOf(parts, country).lawKinds();

/** One row of the law. */
export type ToldLawRow = { readonly kind: string; readonly unit: LawKind['unit'] } & LawKind['rows'][number];

/** Rows of one kind or of all: those in force on a day, or every row of one kind. @throws UsageError where there are none */
export function listLawRows(
  country: string,
  { kind, date }: { readonly kind?: string | undefined; readonly date?: IsoDate | undefined },
): readonly ToldLawRow[] {
  const law = countryOf(parts, country);
  const all = law.lawKinds();
  const kinds = kind === undefined ? all : all.filter((item) => item.kind === kind);
  if (kinds.length === 0) throw new UsageError(`There is no kind ${kind}; kuvert law kinds lists them.`);
  // The day is counted where the law is.
  const on = date ?? (kind === undefined ? dateInZone(now(), law.timeZone) : undefined);
  const rows = kinds.flatMap((item) => rowsOf(item, on).map((row) => ({ kind: item.kind, unit: item.unit, ...row })));
  if (rows.length === 0)
    throw new UsageError(`There is no row of ${kind ?? country} for ${on}: the law of that day is not entered.`);
  return rows;
}

function rowsOf({ kind, rows }: LawKind, on: IsoDate | undefined): LawKind['rows'] {
  if (on === undefined) return rows;
  const row = findRow({ name: kind, rows }, on);
  return row === undefined ? [] : [row];
}

/** A claim whose late interest is to be counted. */
export interface InterestAsked {
  readonly country: string;
  readonly principalAmount: Minor;
  /** Bears no interest itself. */
  readonly dueDate: IsoDate;
  /** The payment's value date: the last interest day. */
  readonly paid: IsoDate;
  readonly payments: readonly { readonly valueDate: IsoDate; readonly amount: Minor }[];
  readonly debtorClass: DebtorClass;
  /** Dispatch of an invoice whose due date was not agreed in advance; it is taken to say that late payment bears interest, as ours do. */
  readonly dispatchDate?: IsoDate | undefined;
  readonly dayCount: DayCount;
  readonly terms: InterestTerms;
  readonly provisional: boolean;
}

/** Late interest, with the exact fraction of each period in minor units. */
export interface CountedInterest extends Omit<Interest, 'periods'> {
  readonly firstDay: IsoDate;
  readonly lastDay: IsoDate;
  readonly dayCount: DayCount;
  readonly periods: readonly (InterestPeriod & {
    readonly exact: { readonly numerator: string; readonly denominator: string };
  })[];
}

export function countInterest(asked: InterestAsked): CountedInterest {
  const { paid: lastDay, dayCount } = asked;
  const country = countryOf(parts, asked.country);
  const firstDay = firstDayOf(asked);
  const principal = principalHistory({
    principalAmount: asked.principalAmount,
    creditedAmount: 0n,
    firstDay,
    payments: asked.payments,
  });
  if (principal.some(({ amount }) => amount < 0n)) throw new UsageError('The part payments are more than the principal.');
  const { periods, ...interest } = lateInterest({
    principal,
    firstDay,
    lastDay,
    rates: interestRates(asked.terms, country, asked),
    dayCount,
    mode: asked.provisional ? 'provisional' : 'complete',
  });
  return { firstDay, lastDay, dayCount, ...interest, periods: periods.map((period) => ({ ...period, exact: exactOf(period) })) };
}

/** As text: these are no amounts. */
function exactOf(period: InterestPeriod) {
  const { numerator, denominator } = exactInterest(period);
  return { numerator: String(numerator), denominator: String(denominator) };
}

function firstDayOf({ country, dueDate, dispatchDate, debtorClass }: InterestAsked): IsoDate {
  if (dispatchDate === undefined) return addDays(dueDate, 1);
  const start = interestStart(
    { dueDate, dueDateAgreed: false, dispatchDate, debtorClass, interestNoticeDate: dispatchDate },
    countryOf(parts, country),
  );
  return start ?? addDays(dueDate, 1);
}

/** A policy held against the law. */
export type CheckedPolicy =
  | { readonly valid: false; readonly problems: readonly ConfigProblem[] }
  | {
      readonly valid: true;
      readonly policy: Policy;
      /** Acts that need a licence on the policy's first day. */
      readonly licensed: readonly string[];
      /** The days of a claim that fell due on the day asked for; empty where none was. */
      readonly schedule: readonly ScheduledStep[];
      /** When an application could be filed at the earliest. */
      readonly filingFrom?: IsoDate;
    };

/** Checks a policy's file against the law, and works out its timetable. */
export async function checkPolicy(file: string, dueDate: IsoDate | undefined): Promise<CheckedPolicy> {
  const { terms, problems } = await loadPolicy(resolve(file), parts);
  if (!terms) return { valid: false, problems };
  const law = countryOf(parts, terms.country);
  const policy = resolvePolicy(terms, usualTerms(terms, law));
  const schedule = dueDate === undefined ? [] : planSchedule(policy, dueDate, law);
  const deadline = schedule.findLast(({ document }) => document === law.filedAfter)?.deadline;
  return {
    valid: true,
    policy,
    licensed: at(law.licensedActs, policy.validFrom),
    schedule,
    ...(deadline === undefined ? {} : { filingFrom: filingDate(policy, deadline, law) }),
  };
}
