import type { BankAccountName, BankMessageKind } from './matching/bank-file.ts';
import type { IsoDate } from './iso-date.ts';
import type { Currency } from './money.ts';
import { accountSchemeOf, type AccountNumber, type WithAccounts } from './sockets/account-scheme.ts';

/** One of the bureau's accounts at a bank, and what is agreed about its files (`config/bank-accounts.yaml`). */
export interface BankAccount {
  /** The house's own name for it; rows in the database carry it. */
  readonly id: string;
  /** `client-funds`: other people's money, held apart (inkassolagen 10 §); `own`: the bureau's. */
  readonly holder: 'client-funds' | 'own';
  readonly iban: string;
  /** The national account number, by which some banks name the account. */
  readonly bban?: string;
  readonly bic: string;
  readonly currency: Currency;
  /**
   * The one kind of message whose money is posted; the other is only reconciled, since the same money stands in both
   * (reference/iso20022.md §5).
   */
  readonly postingSource: Exclude<BankMessageKind, 'report'>;
  /** A bank that marks what it has booked as information only: its entries count as booked. */
  readonly informationIsBooked: boolean;
  /** Numbers other than its own that are paid into it, such as those of a giro. */
  readonly receives: readonly AccountNumber[];
  /** The files that must have come before money is asked for or paid out (IR2): one for every bank day from the date on. */
  readonly expects?: { readonly kind: Exclude<BankMessageKind, 'report'>; readonly from: IsoDate };
  /** Absent: nothing is paid from it. */
  readonly paymentFile?: PaymentFileTerms;
}

/** How the bank wants payment files (reference/iso20022.md §6). */
export interface PaymentFileTerms {
  readonly version: '03' | '09';
  /** The bureau's agreement with the bank, as the bank wrote it. */
  readonly agreementId: string;
  /** Kind of that id: `BANK`, or `CUST` where the bank says so. */
  readonly scheme: 'BANK' | 'CUST';
  /** Its own numbers of schemes that can be paid to from such a number only (§6.2). */
  readonly alsoNamed: readonly AccountNumber[];
}

/** ISO 3166-1 code of the country that the account's bank is in: an IBAN begins with it (ISO 13616). */
export const bankCountryOf = ({ iban }: Pick<BankAccount, 'iban'>): string => iban.slice(0, 2);

/** Is this the account that a bank's file names? By IBAN, by the number within the country, or by what the bank calls it. */
export const isNamed = (account: BankAccount, name: BankAccountName): boolean =>
  name.scheme === 'IBAN'
    ? name.id === account.iban
    : name.id === account.iban || (account.bban !== undefined && name.id === account.bban);

/** The number that an order names the account by when it pays to such a receiver; without one of the scheme it is its IBAN. */
export function payingNumber(
  parts: WithAccounts,
  { iban, paymentFile }: Pick<BankAccount, 'iban' | 'paymentFile'>,
  receiver: AccountNumber,
): AccountNumber {
  const own = accountSchemeOf(parts, receiver.kind).paidFromItsLike
    ? paymentFile?.alsoNamed.find(({ kind }) => kind === receiver.kind)
    : undefined;
  return own ?? { kind: 'iban', number: iban };
}
