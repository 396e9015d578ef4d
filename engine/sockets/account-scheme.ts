import type { PaymentAccount } from '../invoice.ts';
import type { Language } from '../language.ts';
import type { Currency } from '../money.ts';
import { MissingPartError, plugged } from './plugged.ts';

/** An account as general code carries it: whose kind of number it is, and the number in the scheme's normal form. */
export interface AccountNumber {
  /** Id of an account scheme. */
  readonly kind: string;
  readonly number: string;
}

/** One kind of number that money is paid to: an IBAN, a country's bank accounts, or the numbers of a giro. */
export interface AccountScheme {
  /** Lower case letters, digits and hyphens; it stands before the number in the house's own sentences; in capitals, what a bank's file calls it here (`BankAccountName.scheme`). */
  readonly id: string;
  /** The keys by which a configuration writes such an account; their values, joined by hyphens, are its normal form. */
  readonly fields: readonly AccountField[];
  /** The normal form of a number as people write it; null: it is none. */
  readonly read: (text: string) => string | null;
  /** Has a number in normal form the right form and check digits? */
  readonly isValid: (number: string) => boolean;
  /** What is wrong with a valid number all the same, such as a bank that does not exist, as a sentence without a full stop. */
  readonly problem?: (number: string) => string | undefined;
  /** As people read it on a letter. */
  readonly print: (number: string) => string;
  /** What stands before it on a letter, by language. */
  readonly labels: Readonly<Record<Language, string>>;
  /** Money of others cannot be paid to it; absent: of any. */
  readonly currencies?: readonly Currency[];
  /**
   * How an invoice names it: by its own word for the branch (EN 16931 BT-86), or by the form of the number alone. Absent: debtors never pay to
   * such an account.
   */
  readonly invoiced?: { readonly branch: string } | { readonly form: RegExp };
  /** How an order to pay names it. Absent: nothing can be paid to such an account. */
  readonly order?: (number: string) => OrderedAccount;
  /** An order to pay such a number must debit the payer's own number of the same scheme. */
  readonly paidFromItsLike: boolean;
  /** Ids of the reference schemes that payments to it carry; an agreement that names none takes the first. */
  readonly references: readonly string[];
  /** Id of the slip for paying to it on paper (`layouts/slips/slips.ts`). */
  readonly slip?: string;
  /** Id of the code that bank apps scan (`layouts/slips/slips.ts`). */
  readonly code?: string;
}

/** One key of a configuration that an account is written by. */
export interface AccountField {
  readonly key: string;
  /** The part of the normal form; null refuses the text. */
  readonly read: (text: string) => string | null;
  readonly refusal: (text: string) => { readonly message: string; readonly hint: string };
}

/** How an order to pay names an account (ISO 20022 CashAccount and BranchAndFinancialInstitution). */
export interface OrderedAccount {
  readonly id: string;
  /** What kind of id: `iban`, or a code of the ISO list of account schemes, or one of the bank's own. */
  readonly scheme: 'iban' | { readonly code: string } | { readonly proprietary: string };
  /** The member of a country's clearing where the account is; absent: the id says it. */
  readonly clearing?: { readonly system: string; readonly member: string };
}

/** What is plugged in, as far as accounts go. */
export interface WithAccounts {
  readonly accounts: Readonly<Record<string, AccountScheme>>;
}

/** The scheme of an account. Throws a MissingPartError where it is no longer plugged in. */
export const accountSchemeOf = ({ accounts }: WithAccounts, kind: string): AccountScheme =>
  plugged(accounts, 'account scheme', kind);

/** The scheme of an account as an invoice names it, or undefined for one that none of the schemes knows. */
export function invoicedScheme({ accounts }: WithAccounts, { id, branch }: PaymentAccount): AccountScheme | undefined {
  const schemes = Object.values(accounts);
  return (
    schemes.find(({ invoiced }) => invoiced !== undefined && 'branch' in invoiced && invoiced.branch === branch) ??
    schemes.find(({ invoiced }) => invoiced !== undefined && 'form' in invoiced && invoiced.form.test(id))
  );
}

/** An account of an agreement as its invoices name it. Throws a MissingPartError for a scheme that no invoice can name. */
export function invoicedAccount(parts: WithAccounts, { kind, number }: AccountNumber, holder: string): PaymentAccount {
  const { invoiced } = accountSchemeOf(parts, kind);
  if (invoiced === undefined) throw new MissingPartError(`way of naming an account of scheme ${kind} on an invoice`);
  return { id: number, name: holder, ...('branch' in invoiced ? { branch: invoiced.branch } : {}) };
}

/** An account as it is named in a list of the house: `iban SE45…`; tells two accounts apart. */
export const accountKey = ({ kind, number }: AccountNumber): string => `${kind} ${number}`;

/** An account that a person names by kind and number, such as `iban:NO93 8601 1117 947`; null: there is none of that kind and number. */
export function readAccount(parts: WithAccounts, text: string): AccountNumber | null {
  const [, kind, given] = /^([a-z0-9-]+):(.+)$/.exec(text) ?? [];
  const scheme = kind !== undefined && Object.hasOwn(parts.accounts, kind) ? parts.accounts[kind] : undefined;
  const number = given === undefined ? null : (scheme?.read(given) ?? null);
  return scheme === undefined || number === null ? null : { kind: scheme.id, number };
}

/** Every account that a number without its kind may be: several schemes may have the same form. */
export const accountsNamed = (parts: WithAccounts, text: string): readonly AccountNumber[] =>
  Object.values(parts.accounts).flatMap(({ id, invoiced, read }) => {
    const number = invoiced === undefined ? null : read(text);
    return number === null ? [] : [{ kind: id, number }];
  });
