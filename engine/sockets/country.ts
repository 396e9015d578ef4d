import type { DatedTable, LawKind } from '../dated-table.ts';
import type { Decimal } from '../decimal.ts';
import type { Identifier, Seller } from '../invoice.ts';
import type { Language } from '../language.ts';
import type { ActId } from '../claims/policy.ts';
import type { Component } from '../amounts.ts';
import type { LegalRules } from '../claims/legal-rules.ts';
import type { NationalRules } from '../rules/rule.ts';

/**
 * Everything that the house knows of one country, and the only place where it does: law and practice as dated data with sources. A client's
 * agreement names its country by code; `countryOf` finds it among the plugged-in parts.
 */
export interface Country extends LegalRules {
  /** Where its days begin: `Europe/Oslo`. */
  readonly timeZone: string;
  readonly identity: Identity;
  readonly postal: PostalForm;
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
  /** What its letters of demand say by its law. */
  readonly letterWords: Readonly<Record<Language, LetterWordBook>>;
}

type LegalTextKind = 'reverseCharge' | 'selfBilling' | 'taxApproval';

/** Sentences of letters of demand that depend on the country, in one language; `{braces}` are filled in. */
export interface LetterWordBook {
  /** By kind of letter (`LegalRules.acts`); a kind that has none is not printed. */
  readonly kinds: Readonly<Record<ActId, LetterKindWords>>;
  /** What interest by law is counted by, after "by": `section 6 of the Interest Act`. */
  readonly statutoryInterest: string;
  /** The same in the terms of an invoice, after "is charged": `under the Interest Act`. */
  readonly interestTerms: string;
  /** What each part of the costs rests on. */
  readonly components: Readonly<Partial<Record<Component, string>>>;
  /** What follows, by `Demand.nextStep`; `{agency}`. What is not here is not announced. */
  readonly next: Readonly<Record<string, string>>;
}

export interface LetterKindWords {
  readonly title: string;
  /** Label of the letter's number. */
  readonly number: string;
  /** Of one invoice and of several: `{agent}`, `{creditor}`, `{deadline}`, `{invoices}`. */
  readonly introOne: string;
  readonly introMany: string;
  /** Sentences at the end: `{agent}`, `{creditor}`, `{contact}`; those for others are left out where the writer is the creditor. */
  readonly closing: readonly string[];
  readonly closingForOthers: readonly string[];
}

/** How a country numbers those who trade in it. */
export interface Identity {
  /** ISO 6523 scheme of its registration numbers. */
  readonly scheme: string;
  /** A registration number as people write it, in the form it is kept in; null: its form or check digit is wrong. */
  readonly readLegalId: (text: string) => string | null;
  readonly legalIdRefusal: (text: string) => Refusal;
  readonly readVatId: (text: string) => string | null;
  readonly vatIdRefusal: (text: string) => Refusal;
  /** The VAT number that belongs to a registration number, as an example, and whether one holds the other. */
  readonly vatIdOf: (legalId: string) => string;
  readonly holds: (vatId: string, legalId: string) => boolean;
  /** An identifier of its scheme that an e-invoice may be sent to. */
  readonly isEndpoint: (id: string) => boolean;
  /** Id of the outside rule that asks for it. */
  readonly endpointRule: string;
  /** A buyer's number in any usual writing: with the scheme where it is a registration number; null: it is none of the country's. */
  readonly readBuyerId: (text: string) => Identifier | null;
  readonly printLegalId: (id: string) => string;
  /** What a seller's invoices say of its registration (BT-32, BT-33). */
  readonly sellerTerms: (given: {
    readonly approvedForTax: boolean;
    readonly seat?: string | undefined;
  }) => Pick<Seller, 'taxRegistration' | 'legalForm'>;
}

/** What is wrong with a value of the configuration, and what to write instead. */
export interface Refusal {
  readonly message: string;
  readonly hint: string;
}

/** How an address in the country is written. */
export interface PostalForm {
  /** A postcode as it stands on an envelope; what has not its form stays as it is. */
  readonly formatPostcode: (postcode: string) => string;
  readonly capitalTowns: boolean;
  /** A region stands in the line of the town. */
  readonly subdivisions: boolean;
  /** Between postcode and town. */
  readonly separator: string;
}
