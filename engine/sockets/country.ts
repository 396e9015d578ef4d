import type { DatedTable, LawKind } from '../dated-table.ts';
import type { Decimal } from '../decimal.ts';
import type { Language } from '../language.ts';
import type { LegalRules } from '../law/legal-rules.ts';
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
  readonly vatRates: Readonly<Record<string, DatedTable<Decimal>>> & { readonly standard: DatedTable<Decimal> };
  /** Years from a claim's origin, or from the last interruption. */
  readonly limitationYears: Readonly<Record<'general' | 'consumer', DatedTable<number>>>;
  /** Every figure of its law, for people who ask what it says on a day. */
  readonly lawKinds: () => readonly LawKind[];
  /** Words that the law wants on a document. */
  readonly texts: Readonly<Record<LegalTextKind, DatedTable<Readonly<Record<Language, string>>>>>;
}

type LegalTextKind = 'reverseCharge' | 'selfBilling' | 'taxApproval';
