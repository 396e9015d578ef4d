import { inWords, type DatedTable, type LawKind } from '../../dated-table.ts';
import { interestRates } from '../../claims/interest-rates.ts';
import { isoDate } from '../../iso-date.ts';
import { formatAmount, type Minor } from '../../money.ts';
import * as law from './law.ts';
import { lateInterest, lateInterestAddition, referenceRate, vatRates } from './rates.ts';

/** Every figure of Swedish law with its rows; the rate of late interest is counted from its two parts. */
export const lawKinds = (): readonly LawKind[] => [...interestKinds(), ...feeKinds(), ...termKinds(), ...vatKinds()];

/** The same for every debtor and due date. */
const statutory = interestRates(
  { kind: 'statutory' },
  { lateInterest },
  { debtorClass: 'consumer', dueDate: isoDate('2002-07-01') },
);

const interestKinds = (): readonly LawKind[] => [
  inWords({ kind: 'reference-rate', title: 'Reference rate of the half-year', unit: 'percent' }, referenceRate),
  inWords(
    { kind: 'late-interest-addition', title: 'Late interest above the reference rate', unit: 'percentage points' },
    lateInterestAddition,
  ),
  inWords({ kind: 'late-interest-rate', title: 'Late interest by law, a year', unit: 'percent' }, statutory),
];

const feeKinds = (): readonly LawKind[] => {
  const amounts = (kind: string, title: string, table: DatedTable<Minor>): LawKind =>
    inWords({ kind, title, unit: 'SEK' }, table, formatAmount);
  return [
    amounts('reminder-fee-max', 'Highest fee of a reminder, if agreed', law.reminderFeeMax),
    amounts('collection-letter-fee-max', 'Highest fee of a collection demand', law.collectionLetterFeeMax),
    amounts('instalment-plan-fee-max', 'Highest fee of an instalment plan', law.instalmentPlanFeeMax),
    amounts('instalment-plan-notice-fee-max', 'Usual fee of a notice of a plan', law.instalmentPlanNoticeFeeMax),
    amounts('b2b-late-compensation', 'Late payment compensation from traders and public bodies', law.lateCompensation),
    amounts('payment-order-application-fee', 'Fee of an application for an order to pay', law.paymentOrderApplicationFee),
    amounts('payment-order-agent-fee-max', 'Highest cost of work on such an application', law.paymentOrderAgentFeeMax),
    amounts('enforcement-base-fee', 'Base fee of an enforcement case', law.enforcementBaseFee),
    amounts('rounding-unit', 'Unit that sums to be paid are rounded to', law.payableUnit),
    amounts('simplified-invoice-max', 'Largest invoice of simplified content, with VAT', law.simplifiedInvoiceMax),
  ];
};

const termKinds = (): readonly LawKind[] => [
  inWords(
    { kind: 'collection-letter-min-days-from-dispatch', title: 'Shortest term of a collection demand', unit: 'days' },
    law.collectionLetterMinDays,
  ),
  inWords(
    { kind: 'collection-letter-min-bank-days-from-receipt', title: 'Shortest term from its assumed receipt', unit: 'bank days' },
    law.collectionLetterMinBankDays,
  ),
  inWords(
    { kind: 'b2b-max-payment-term-default', title: 'Longest payment term between traders', unit: 'days' },
    law.paymentTermMaxDays,
  ),
  inWords({ kind: 'limitation-general', title: 'Limitation', unit: 'years' }, law.limitationYears.general),
  inWords({ kind: 'limitation-consumer', title: 'Limitation of a consumer’s debt', unit: 'years' }, law.limitationYears.consumer),
  inWords({ kind: 'bookkeeping-retention', title: 'Bookkeeping is kept', unit: 'years' }, law.bookkeepingRetentionYears),
];

const vatKinds = (): readonly LawKind[] => [
  inWords({ kind: 'vat-standard', title: 'VAT', unit: 'percent' }, vatRates.standard),
  inWords({ kind: 'vat-reduced-12', title: 'VAT on hotel and restaurant', unit: 'percent' }, vatRates.hotelAndRestaurant),
  inWords(
    { kind: 'vat-reduced-6', title: 'VAT on books, culture, passenger transport', unit: 'percent' },
    vatRates.cultureAndTransport,
  ),
  inWords({ kind: 'vat-reduced-food', title: 'VAT on food, by date of supply', unit: 'percent' }, vatRates.food),
];
