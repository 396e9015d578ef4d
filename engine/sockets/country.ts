import type { DatedTable } from '../dated-table.ts';
import type { Decimal } from '../decimal.ts';
import type { Language } from '../language.ts';
import type { LegalRules } from '../law/legal-rules.ts';
import type { Minor } from '../money.ts';
import type { NationalRules } from '../rules/rule.ts';

/**
 * Everything that the house knows of one country, and the only place where it does: law and practice as dated data with sources. A client's
 * agreement names its country by code; `countryOf` finds it among the plugged-in parts.
 */
export interface Country extends LegalRules {
  /** Where its days begin: `Europe/Oslo`. */
  readonly timeZone: string;
  /** What it asks of the invoices of its sellers. */
  readonly invoiceRules: NationalRules;
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
