import type { DatedTable } from '../dated-table.ts';
import type { Decimal } from '../decimal.ts';
import type { DetailsOf, FindingCodeName, Finding } from '../finding.ts';
import type { Invoice } from '../invoice.ts';
import type { Origin } from '../submission.ts';

/** What a country asks of its sellers' invoices beside the common rules. */
export interface NationalRules {
  /** Its VAT act's, on paper as well. */
  readonly core: Rule;
  /** Those that receivers of e-invoices have for it. */
  readonly einvoice: Rule;
}

export type Countries = Readonly<Record<string, { readonly invoiceRules: NationalRules }>>;

/** `core` holds for every document, on paper too; `einvoice` are the core rules and those of the receivers of e-invoices. */
export type RuleSet = 'core' | 'einvoice';

export interface RuleContext {
  readonly ruleSet: RuleSet;
  /** By ISO 3166-1 code; a seller in a country that is not among them is held against the common rules only. */
  readonly countries: Countries;
  /** The VAT rates of the seller's country, each kind of supply by date; absent where the document was checked by date before. */
  readonly vatRates?: readonly DatedTable<Decimal>[];
}

/** One rule or a family of them: looks at an invoice and reports what breaks them. */
export type Rule = (invoice: Invoice, report: Report, context: RuleContext) => void;

/** Reports a finding at a canonical path such as `lines[2].price.net`; `rule` is the id of the outside rule. */
export type Report = <Code extends FindingCodeName>(code: Code, path: string, rule: string, ...details: DetailsOf<Code>) => void;

/** What only blanks is not there. */
export const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

/** Gives findings about canonical paths the line, column and name by which the sender knows the field. */
export const placeFindings = (findings: readonly Finding[], origin: Pick<Origin, 'locate'>): readonly Finding[] =>
  findings.map((item) => (item.field === undefined ? item : { ...item, ...origin.locate(item.field) }));
