import type { DatedTable } from '#engine/dated-table.ts';
import type { Decimal } from '#engine/decimal.ts';
import type { Language } from '#engine/language.ts';
import type { LegalRules } from '#engine/law/legal-rules.ts';
import type { Minor } from '#engine/money.ts';

/** Law and practice of one country, as dated data with sources. Nothing about the country is written down anywhere else. */
export interface CountryRules extends LegalRules {
  /** Percent, by kind of supply; read with the date of supply. */
  readonly vatRates: Readonly<Record<VatRateKind, DatedTable<Decimal>>>;
  /** The unit that a sum to be paid in cash is rounded to, half upwards, unless the parties agreed otherwise. */
  readonly payableUnit: DatedTable<Minor>;
  /** Including VAT. */
  readonly simplifiedInvoiceMax: DatedTable<Minor>;
  readonly paymentTermMaxDays: DatedTable<number>;
  readonly bookkeepingRetentionYears: DatedTable<number>;
  readonly limitationYears: Readonly<Record<'general' | 'consumer', DatedTable<number>>>;
  readonly instalmentPlanNoticeFeeMax: DatedTable<Minor>;
  /** Words that the law wants on a document. */
  readonly texts: Readonly<Record<LegalTextKind, DatedTable<Readonly<Record<Language, string>>>>>;
}

type VatRateKind = 'standard' | 'hotelAndRestaurant' | 'cultureAndTransport' | 'food';
type LegalTextKind = 'reverseCharge' | 'selfBilling' | 'taxApproval';
