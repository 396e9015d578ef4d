import { datedTable, findRow, type DatedRow, type DatedTable } from '../dated-table.ts';
import { addDecimals, type Decimal } from '../decimal.ts';
import { addDays, FIRST_YEAR, isoDate, type IsoDate } from '../iso-date.ts';
import type { DebtorClass } from '../submission.ts';
import type { LegalRules, StatutoryRate } from './legal-rules.ts';
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
