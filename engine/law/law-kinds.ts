import type { DatedRow, DatedTable } from '../dated-table.ts';
import { interestRates } from './interest-rates.ts';
import { formatAmount, type Minor } from '../money.ts';
import type { Country } from '../sockets/country.ts';

/** One dated rule of a country in words, for people who ask what the law says on a day. */
export interface LawKind {
  /** `reminder-fee-max`: with underscores it is the kind of reference/rates.csv. */
  readonly kind: string;
  readonly title: string;
  /** `SEK`, `percent`, `days` … */
  readonly unit: string;
  readonly rows: readonly DatedRow<string>[];
}

/** Every figure of a country's law with its rows; the rate of late interest is counted from its two parts. */
export function lawKinds(rules: Country): readonly LawKind[] {
  return [...interestKinds(rules), ...feeKinds(rules), ...termKinds(rules), ...vatKinds(rules)];
}

const interestKinds = (rules: Country): readonly LawKind[] => [
  inWords('reference-rate', 'Reference rate of the half-year', 'percent', rules.referenceRate, String),
  inWords(
    'late-interest-addition',
    'Late interest above the reference rate',
    'percentage points',
    rules.lateInterestAddition,
    String,
  ),
  inWords('late-interest-rate', 'Late interest by law, a year', 'percent', interestRates({ kind: 'statutory' }, rules), String),
];

const feeKinds = (rules: Country): readonly LawKind[] => {
  const amounts = (kind: string, title: string, table: DatedTable<Minor>): LawKind =>
    inWords(kind, title, rules.currency, table, formatAmount);
  return [
    amounts('reminder-fee-max', 'Highest fee of a reminder, if agreed', rules.reminderFeeMax),
    amounts('collection-letter-fee-max', 'Highest fee of a collection demand', rules.collectionLetterFeeMax),
    amounts('instalment-plan-fee-max', 'Highest fee of an instalment plan', rules.instalmentPlanFeeMax),
    amounts('instalment-plan-notice-fee-max', 'Usual fee of a notice of a plan', rules.instalmentPlanNoticeFeeMax),
    amounts('b2b-late-compensation', 'Late payment compensation from traders and public bodies', rules.lateCompensation),
    amounts('payment-order-application-fee', 'Fee of an application for an order to pay', rules.paymentOrderApplicationFee),
    amounts('payment-order-agent-fee-max', 'Highest cost of work on such an application', rules.paymentOrderAgentFeeMax),
    amounts('enforcement-base-fee', 'Base fee of an enforcement case', rules.enforcementBaseFee),
    amounts('rounding-unit', 'Unit that sums to be paid are rounded to', rules.payableUnit),
    amounts('simplified-invoice-max', 'Largest invoice of simplified content, with VAT', rules.simplifiedInvoiceMax),
  ];
};

const termKinds = (rules: Country): readonly LawKind[] => [
  inWords(
    'collection-letter-min-days-from-dispatch',
    'Shortest term of a collection demand',
    'days',
    rules.collectionLetterMinDays,
    String,
  ),
  inWords(
    'collection-letter-min-bank-days-from-receipt',
    'Shortest term from its assumed receipt',
    'bank days',
    rules.collectionLetterMinBankDays,
    String,
  ),
  inWords('b2b-max-payment-term-default', 'Longest payment term between traders', 'days', rules.paymentTermMaxDays, String),
  inWords('limitation-general', 'Limitation', 'years', rules.limitationYears.general, String),
  inWords('limitation-consumer', 'Limitation of a consumer’s debt', 'years', rules.limitationYears.consumer, String),
  inWords('bookkeeping-retention', 'Bookkeeping is kept', 'years', rules.bookkeepingRetentionYears, String),
];

const vatKinds = ({ vatRates }: Country): readonly LawKind[] => [
  inWords('vat-standard', 'VAT', 'percent', vatRates.standard, String),
  inWords('vat-reduced-12', 'VAT on hotel and restaurant', 'percent', vatRates.hotelAndRestaurant, String),
  inWords('vat-reduced-6', 'VAT on books, culture, passenger transport', 'percent', vatRates.cultureAndTransport, String),
  inWords('vat-reduced-food', 'VAT on food, by date of supply', 'percent', vatRates.food, String),
];

/** The rows of a table with their values as text. */
function inWords<Value>(
  kind: string,
  title: string,
  unit: string,
  table: DatedTable<Value>,
  words: (value: Value) => string,
): LawKind {
  return { kind, title, unit, rows: table.rows.map((row) => ({ ...row, value: words(row.value) })) };
}
