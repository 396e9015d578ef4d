import type { BankCalendar } from '#engine/bank-days.ts';
import type { DatedTable } from '#engine/dated-table.ts';
import type { Decimal } from '#engine/decimal.ts';
import type { Language } from '#engine/language.ts';
import type { Minor } from '#engine/money.ts';

/** Law and practice of one country, as dated data with sources. Nothing about the country is written down anywhere else. */
export interface CountryRules {
  readonly country: 'SE';
  readonly bankCalendar: BankCalendar;
  /** Percent, by kind of supply; read with the date of supply. */
  readonly vatRates: Readonly<Record<VatRateKind, DatedTable<Decimal>>>;
  /** The unit that a sum to be paid in cash is rounded to, half upwards, unless the parties agreed otherwise. */
  readonly payableUnit: DatedTable<Minor>;
  /** The reference rate of räntelagen 9 §, percent a year. */
  readonly referenceRate: DatedTable<Decimal>;
  /** Percentage points that late interest lies above the reference rate. */
  readonly lateInterestAddition: DatedTable<Decimal>;
  /** The highest fee for one written reminder. */
  readonly reminderFeeMax: DatedTable<Minor>;
  /** Words that the law wants on a document. */
  readonly texts: Readonly<Record<LegalTextKind, DatedTable<Readonly<Record<Language, string>>>>>;
}

type VatRateKind = 'standard' | 'hotelAndRestaurant' | 'cultureAndTransport' | 'food';
type LegalTextKind = 'reverseCharge' | 'selfBilling' | 'taxApproval';
