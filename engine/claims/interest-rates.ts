import { datedTable, findRow, type DatedRow, type DatedTable, at } from '../dated-table.ts';
import { addDecimals, type Decimal } from '../decimal.ts';
import { addDays, FIRST_YEAR, isoDate, type IsoDate } from '../iso-date.ts';
import type { DebtorClass } from '../submission.ts';
import type { LegalRules, StatutoryRate, CaseFacts } from './legal-rules.ts';
import type { InterestTerms } from './policy.ts';

type RateRules = Pick<LegalRules, 'lateInterest'>;

/** Whose interest: the law's rate may depend on the debtor and on when the claim was due. */
export interface RatedClaim {
  readonly debtorClass: DebtorClass;
  readonly dueDate: IsoDate;
}

/**
 * Percent a year by date, as `lateInterest` asks for it: make it once for many claims. A half-year that has not been entered has no row:
 * it is refused (rule X-07), never carried on.
 */
export function interestRates(terms: InterestTerms, rules: RateRules, claim: RatedClaim): DatedTable<Decimal> {
  const starts = [...new Set(tablesOf(terms, rules, claim).flatMap(changesOf))].sort();
  const rows = starts.flatMap((from, index): readonly DatedRow<Decimal>[] => {
    const rate = rateOn(terms, rules, { ...claim, date: from });
    const next = starts[index + 1];
    return rate === undefined ? [] : [{ from, ...(next === undefined ? {} : { to: addDays(next, -1) }), ...rate }];
  });
  return datedTable(`late interest (${terms.kind})`, rows);
}

/** The rate of one day with where it comes from; undefined where none is known. */
export function rateOn(
  terms: InterestTerms,
  rules: RateRules,
  { date, ...claim }: RatedClaim & { readonly date: IsoDate },
): Pick<DatedRow<Decimal>, 'value' | 'source' | 'confidence'> | undefined {
  const rows = tablesOf(terms, rules, claim).map((table) => findRow(table, date));
  const found = rows.filter((row) => row !== undefined);
  if (found.length === 0 || found.length < rows.length) return undefined;
  return {
    value: found.map((row) => row.value).reduce(addDecimals),
    source: found.map((row) => row.source).join(' + '),
    confidence: (['M', 'S'] as const).find((mark) => found.some((row) => row.confidence === mark)) ?? 'V',
  };
}

/** The tables whose sum is the rate. */
function tablesOf(terms: InterestTerms, rules: RateRules, claim: RatedClaim): readonly DatedTable<Decimal>[] {
  switch (terms.kind) {
    case 'statutory':
      return statutoryRate(rules, claim)?.sumOf ?? [];
    case 'margin':
      return rules.lateInterest.reference === undefined ? [] : [rules.lateInterest.reference, constant(terms.points)];
    case 'contract':
      return [constant(terms.percent)];
    case 'none':
      return [];
  }
}

/** The law's rate for a claim; undefined: it has none, so no interest by law can be claimed. */
export const statutoryRate = ({ lateInterest }: RateRules, { debtorClass, dueDate }: RatedClaim): StatutoryRate | undefined =>
  lateInterest.statutory.find(
    ({ debtorClasses, dueUntil }) =>
      (debtorClasses === undefined || debtorClasses.includes(debtorClass)) && (dueUntil === undefined || dueDate <= dueUntil),
  );

const constant = (value: Decimal): DatedTable<Decimal> =>
  datedTable('agreed late interest', [{ from: isoDate(`${FIRST_YEAR}-01-01`), value, source: 'agreement', confidence: 'V' }]);

const changesOf = ({ rows }: DatedTable<Decimal>): readonly IsoDate[] =>
  rows.flatMap(({ from, to }) => (to === undefined ? [from] : [from, addDays(to, 1)]));

export interface InterestStartQuestion {
  readonly dueDate: IsoDate;
  /** Fixed in advance in the contract; a date that merely stands on the invoice is a demand. */
  readonly dueDateAgreed: boolean;
  /** Confirmed dispatch of the invoice; absent: not confirmed, so no period has begun. */
  readonly dispatchDate?: IsoDate;
  readonly debtorClass: DebtorClass;
  /** Dispatch of the first document that says that late payment bears interest; absent: none has. */
  readonly interestNoticeDate?: IsoDate;
}

/**
 * The first interest day (räntelagen (1975:635) 3 and 4 §§, reference/collection-rules.md §7.3): the day after a due date that was fixed
 * in advance; else the day after the thirtieth since the demand, never before the printed due date. A consumer must have been told that
 * late payment bears interest. Undefined: no interest runs yet.
 */
export function interestStart(
  claim: InterestStartQuestion,
  { interestNotice }: Pick<LegalRules, 'interestNotice'>,
): IsoDate | undefined {
  const { dueDate, dueDateAgreed, dispatchDate, debtorClass, interestNoticeDate } = claim;
  if (dueDateAgreed) return addDays(dueDate, 1);
  if (dispatchDate === undefined) return undefined;
  const notice = at(interestNotice, dispatchDate);
  const needsNotice = notice.consumersMustBeTold && debtorClass === 'consumer';
  const demanded = needsNotice ? interestNoticeDate : dispatchDate;
  if (demanded === undefined) return undefined;
  const demandEnds = addDays(demanded, notice.days);
  return addDays(demandEnds < dueDate ? dueDate : demandEnds, 1);
}

/** Late interest from a consumer under räntelagen 4 § needs a demand that says so; without one no interest runs (rule SE-08). */
export function lacksInterestNotice(facts: CaseFacts, { interestNotice }: LegalRules): boolean {
  const { dueDateAgreed, invoiceDispatchDate, interestNoticeDate, debtorClass } = facts;
  if (dueDateAgreed || interestNoticeDate !== undefined || invoiceDispatchDate === undefined) return false;
  const mustBeTold = findRow(interestNotice, invoiceDispatchDate)?.value.consumersMustBeTold ?? true;
  return mustBeTold && (debtorClass === 'consumer' || debtorClass === 'unknown');
}
