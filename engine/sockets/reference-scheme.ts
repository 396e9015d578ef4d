import type { Language } from '../language.ts';
import { OperatingError } from '../operating-error.ts';
import { accountSchemeOf, type WithAccounts } from './account-scheme.ts';
import { MissingPartError, plugged } from './plugged.ts';

/** What the references of an agreement are made of; a gapless series of the account gives the serial. */
export interface ReferenceSeries {
  /** Starts every reference, telling the bureau's clients on one account apart; may be empty. */
  readonly prefix: string;
  /** Digits of the serial, zero-filled. */
  readonly serialDigits: number;
}

/** One kind of reference by which a payment says what it is for, with its check digits. */
export interface ReferenceScheme {
  readonly id: string;
  /** As it is printed before the reference, by language. */
  readonly labels: Readonly<Record<Language, string>>;
  /** As people read it on a letter. */
  readonly print: (reference: string) => string;
  /** Throws a ReferenceCapacityError when the serial no longer fits its digits, a RangeError on a series that `problem` refuses. */
  readonly make: (parts: ReferenceSeries & { readonly serial: bigint }) => string;
  /** Does a bank that controls such references take it? */
  readonly isValid: (reference: string) => boolean;
  /** Does a text look like one, right or wrong? */
  readonly fits: (text: string) => boolean;
  /**
   * What a reference is looked up by: as it was issued but without leading zeros, which banks put before references. Null: what a bank gave is no
   * valid reference.
   */
  readonly key: (given: string) => string | null;
  /** The keys of references inside a free text that are more than a run of digits, which readers of banks' files find by themselves. */
  readonly keysInText?: (text: string) => readonly string[];
  /** Why no references can be made of a series; undefined: they can. */
  readonly problem: (series: ReferenceSeries) => { readonly message: string; readonly hint: string } | undefined;
  /** Could both series ever give the same reference? Two of one account must not. */
  readonly canCollide: (a: ReferenceSeries, b: ReferenceSeries) => boolean;
}

/** The series of an account and prefix is used up; a new prefix or more digits must be agreed before any further document. */
export class ReferenceCapacityError extends OperatingError {
  constructor({ prefix, serial, serialDigits }: ReferenceSeries & { readonly serial: bigint }) {
    super({
      problem: `The payment reference series with prefix "${prefix}" is used up: ${serial} has more than ${serialDigits} digits.`,
      fix: 'Add a version of the agreement with another prefix or more digits.',
      retry: 'never',
    });
    this.name = 'ReferenceCapacityError';
  }
}

/** What is plugged in, as far as references go. */
export interface WithReferences {
  readonly references: Readonly<Record<string, ReferenceScheme>>;
}

/** What is plugged in, as far as paying goes. */
export type PaymentParts = WithAccounts & WithReferences;

/** A reference scheme by its id. Throws a MissingPartError where it is no longer plugged in. */
export const referenceSchemeOf = ({ references }: WithReferences, id: string): ReferenceScheme =>
  plugged(references, 'reference scheme', id);

/** The scheme that an agreement's references to an account are made by: as it says, else the account's first. */
export function agreedReferences(
  parts: PaymentParts,
  { kind, reference }: { readonly kind: string; readonly reference: ReferenceSeries & { readonly scheme?: string } },
): ReferenceScheme {
  const id = reference.scheme ?? accountSchemeOf(parts, kind).references[0];
  if (id === undefined) throw new MissingPartError(`reference scheme for accounts of scheme ${kind}`);
  return referenceSchemeOf(parts, id);
}

/** The schemes that payments to any of the accounts may carry; all there are where no account says it. */
export function carriedReferences(
  parts: PaymentParts,
  accounts: readonly { readonly kind: string }[],
): readonly ReferenceScheme[] {
  const ids = new Set(accounts.flatMap(({ kind }) => accountSchemeOf(parts, kind).references));
  return ids.size === 0 ? Object.values(parts.references) : [...ids].map((id) => referenceSchemeOf(parts, id));
}
