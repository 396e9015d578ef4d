import { datedTable, findRow, type DatedRow, type DatedTable } from '../dated-table.ts';
import { addDecimals, type Decimal } from '../decimal.ts';
import { addDays, FIRST_YEAR, isoDate, type IsoDate } from '../iso-date.ts';
import type { LegalRules } from './legal-rules.ts';

/** What was agreed about late interest: the law's, a fixed percentage a year, points above the reference rate, or none. */
export type InterestTerms =
  | { readonly kind: 'statutory' }
  | { readonly kind: 'contract'; readonly percent: Decimal }
  | { readonly kind: 'margin'; readonly points: Decimal }
  | { readonly kind: 'none' };

/** Percent a year by date. A half-year that has not been entered has no row: it is refused (rule X-07), never carried on. */
export function interestRates(
  terms: InterestTerms,
  { referenceRate, lateInterestAddition }: Pick<LegalRules, 'referenceRate' | 'lateInterestAddition'>,
): DatedTable<Decimal> {
  switch (terms.kind) {
    case 'statutory':
      return sumOfTables('statutory late interest', referenceRate, lateInterestAddition);
    case 'margin':
      return sumOfTables('reference rate and agreed margin', referenceRate, constant(terms.points));
    case 'contract':
      return constant(terms.percent);
    case 'none':
      return datedTable('no late interest', []);
  }
}

const constant = (value: Decimal): DatedTable<Decimal> =>
  datedTable('agreed late interest', [{ from: isoDate(`${FIRST_YEAR}-01-01`), value, source: 'agreement', confidence: 'V' }]);

/** A row wherever both tables have one, split at every change of either. */
function sumOfTables(name: string, a: DatedTable<Decimal>, b: DatedTable<Decimal>): DatedTable<Decimal> {
  const starts = [...new Set([...changesOf(a), ...changesOf(b)])].sort();
  const rows = starts.flatMap((from, index): readonly DatedRow<Decimal>[] => {
    const left = findRow(a, from);
    const right = findRow(b, from);
    if (left === undefined || right === undefined) return [];
    const next = starts[index + 1];
    const confidence = [left.confidence, right.confidence].includes('M')
      ? 'M'
      : [left.confidence, right.confidence].includes('S')
        ? 'S'
        : 'V';
    const value = addDecimals(left.value, right.value);
    return [
      { from, ...(next === undefined ? {} : { to: addDays(next, -1) }), value, source: `${left.source} + ${right.source}`, confidence },
    ];
  });
  return datedTable(name, rows);
}

const changesOf = ({ rows }: DatedTable<Decimal>): readonly IsoDate[] =>
  rows.flatMap(({ from, to }) => (to === undefined ? [from] : [from, addDays(to, 1)]));
