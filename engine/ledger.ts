import { components, extraComponents, type Component, type ExtraComponent } from './amounts.ts';
import type { Invoice, VatGroup } from './invoice.ts';
import type { IsoDate } from './iso-date.ts';
import { sum, type Currency, type Minor } from './money.ts';
import type { Agreement } from './agreement.ts';

/**
 * Accounts of a client's ledger. Two books are kept in it, and each balances by itself: the client's receivables ledger
 * (kundreskontra), which the bureau keeps on the client's behalf, and the bureau's own book of that client's money (§10.4 of
 * reference/collection-rules.md, whose account numbers stand beside). The client's own chart is used when vouchers are exported.
 */
export type LedgerAccount = ClientAccount | BureauAccount;

/** The client's book. */
export type ClientAccount =
  | ReceivableAccount
  | `income:${ExtraComponent}`
  /** Output VAT of a rate, in percent as the invoice says it: one account for each that occurs. */
  | `vat:${string}`
  | (typeof clientAccounts)[number];

/** Principal of a debtor's debt (kapital); the other components of a claim are kept apart from it. */
export type ReceivableAccount = 'receivable' | `receivable:${ExtraComponent}`;

/** The bureau's book of one client's money. */
export type BureauAccount = (typeof bureauAccounts)[number];

const clientAccounts = [
  'sales',
  'rounding',
  'prepaid',
  /** Receivables written off (6351). */
  'loss',
  /** What the bureau holds for the client; mirrors `clientLiability` (2899). */
  'withBureau',
  /** The bureau's fee and the VAT on it. */
  'serviceCost',
  'inputVat',
  /** The client's own bank account: what was paid out. */
  'clientBank',
  /** Receivables sold to the bureau (product `purchase`), against `receivable`. */
  'soldReceivables',
] as const;

const bureauAccounts = [
  /** Money on the client-funds account (1970). */
  'clientFunds',
  /** Owed to the client (2899). */
  'clientLiability',
  /** Received, and not known for what (2899). */
  'suspense',
  /** A debtor's credit: paid too much, to be returned or used (2899). */
  'overpayment',
  /** Ordered to be paid, not yet debited by the bank. */
  'payoutInTransit',
  /** The bureau's invoices to the client (1510), its fees (3040) and VAT (2611). */
  'feeReceivable',
  'feeIncome',
  'feeVat',
  /** The bureau's own bank account (1930). */
  'ownBank',
  /** The client owes the bureau: money was taken back after it had been paid out (1680). */
  'clientDeficit',
  /** Receivables bought from the client (15xx), and the bureau's income on them (`income` of the product `purchase`). */
  'purchasedReceivables',
  'purchaseIncome',
] as const;

/** An account as the database knows it: in which book it stands, and which component of a debtor's claim is kept on it. */
export interface AccountRow {
  readonly account: LedgerAccount;
  readonly book: 'client' | 'bureau';
  readonly component: Component | null;
}

/** The account that a component of a debtor's claim is kept on. */
export const componentAccount = (component: Component): ReceivableAccount =>
  component === 'principal' ? 'receivable' : `receivable:${component}`;

/** Where the client's income from a component is credited. */
export const incomeAccount = (component: ExtraComponent): `income:${ExtraComponent}` => `income:${component}`;

const rowOf = (account: LedgerAccount): AccountRow => ({ account, book: 'client', component: null });

/** Every account but those of VAT, each once; `accountRow` gives those too. */
export const ledgerAccounts: readonly AccountRow[] = [
  ...components.map((component): AccountRow => ({ account: componentAccount(component), book: 'client', component })),
  ...extraComponents.map((component) => rowOf(incomeAccount(component))),
  ...clientAccounts.map(rowOf),
  ...bureauAccounts.map((account): AccountRow => ({ account, book: 'bureau', component: null })),
];

const byName: ReadonlyMap<string, AccountRow> = new Map(ledgerAccounts.map((row) => [row.account, row]));

export const accountRow = (account: LedgerAccount): AccountRow => byName.get(account) ?? rowOf(account);

/** In which of the two books an account stands; each sums to zero in every transaction. */
export const bookOf = (account: LedgerAccount): AccountRow['book'] => accountRow(account).book;

/** The component that is kept on an account; undefined for accounts of other things. */
export const componentOf = (account: string): Component | undefined => byName.get(account)?.component ?? undefined;

export interface Posting {
  readonly account: LedgerAccount;
  /** Positive is debit, negative is credit. */
  readonly amount: Minor;
  readonly currency: Currency;
  /** What it is about: a receivable, the payment whose money it moves, the debtor whose credit it is. */
  readonly receivable?: bigint | undefined;
  readonly payment?: bigint | undefined;
  readonly debtor?: bigint | undefined;
}

/** A balanced set of postings. */
export interface LedgerTransaction {
  readonly kind: LedgerKind;
  /** What makes it happen once per client, such as `issue:<invoice number>`. */
  readonly effectKey: string;
  readonly entryDate: IsoDate;
  /** When the money was there, where no payment of a bank file says it: paid to the client directly. */
  readonly valueDate?: IsoDate | undefined;
  readonly postings: readonly Posting[];
}

const ledgerKinds = [
  /** A document: invoice or credit note. */
  'issue',
  /** Money from a bank file. */
  'payment',
  /** Money taken back by the bank. */
  'reversal',
  /** Money or credit tied to receivables later, by rule or by a person; or untied again. */
  'allocation',
  /** A fee, interest or compensation claimed by a demand. */
  'claim',
  /** A demand taken back: what it claimed is not owed. */
  'withdrawal',
  /** A receivable or a rest of it given up. */
  'write-off',
  /** The bureau's fees of a period set off. */
  'settlement',
  'payout',
  'payout-settled',
  'payout-returned',
  /** A receivable bought by the bureau. */
  'purchase',
] as const;
export type LedgerKind = (typeof ledgerKinds)[number];

/**
 * The posting of an issued document: the debtor owes the payable amount, the client's sales and output VAT per rate are credited,
 * öre rounding stands apart, and what was paid in advance is debited. A credit note is the same with the signs turned (F31).
 * Throws if the document does not add up: validation must have refused it.
 */
export function planIssue(invoice: Invoice): LedgerTransaction {
  const { totals, currency, kind } = invoice;
  const sign = kind === 'creditNote' ? -1n : 1n;
  const amounts: (readonly [LedgerAccount, Minor])[] = [
    ['receivable', totals.payableAmount],
    ['prepaid', totals.prepaidAmount ?? 0n],
    ['sales', -totals.netAmount],
    ...invoice.vatBreakdown.map((group) => [vatAccount(group), -group.vatAmount] as const),
    ['rounding', -(totals.roundingAmount ?? 0n)],
  ];
  const postings = amounts
    .filter(([, amount]) => amount !== 0n)
    .map(([account, amount]) => ({ account, amount: sign * amount, currency }));
  const rest = sum(postings.map((posting) => posting.amount));
  if (rest !== 0n) throw new Error(`document ${invoice.number} does not balance: ${rest}`);
  return { kind: 'issue', effectKey: `issue:${invoice.number}`, entryDate: invoice.issueDate, postings };
}

const vatAccount = (group: VatGroup): LedgerAccount => `vat:${group.rate ?? '0'}`;

/** What the document adds to the debtor's debt: negative for a credit note. */
export const principalOf = (invoice: Invoice): Minor =>
  invoice.kind === 'creditNote' ? -invoice.totals.payableAmount : invoice.totals.payableAmount;

/**
 * The other side of what is booked on a debtor's receivable, by what was agreed with the client (reference/collection-rules.md §10.1,
 * §10.4). The debtor's debt itself is on `receivable` and `receivable:<component>` whoever owns the claim.
 */
export interface ContraAccounts {
  /** Where a payer's money lies: held for the client, or the bureau's own since it owns the claim. */
  readonly money: 'clientFunds' | 'ownBank';
  /** Credited in the bureau's book when a debtor has paid. */
  readonly received: 'clientLiability' | 'purchasedReceivables';
  /** Debited in the client's book when a debtor has paid. */
  readonly receivedOfClient: 'withBureau' | 'soldReceivables';
}

const bought: ContraAccounts = { money: 'ownBank', received: 'purchasedReceivables', receivedOfClient: 'soldReceivables' };
const held: ContraAccounts = { money: 'clientFunds', received: 'clientLiability', receivedOfClient: 'withBureau' };

/** Accounts opposite to a receivable. Throws for `distribute-only`: of its documents nothing is booked. */
export function contraAccounts(product: Agreement['product']): ContraAccounts {
  if (product === 'distribute-only') throw new Error('documents that are only distributed have no ledger');
  return product === 'purchase' ? bought : held;
}

/** A part of a claim beside its principal, or taken back where the amount is negative. */
export interface ClaimedPart {
  readonly component: Exclude<Component, 'principal'>;
  readonly amount: Minor;
  readonly currency: Currency;
  readonly receivable: bigint;
}

/**
 * Postings of a fee, interest or compensation that a debtor is to pay: the client's income, or on a claim the bureau has bought its
 * own (the client's book then only mirrors that the debt grew for another's account).
 */
export function claimPostings(
  product: Agreement['product'],
  { component, amount, currency, receivable }: ClaimedPart,
): readonly Posting[] {
  const debt: Posting = { account: componentAccount(component), amount, currency, receivable };
  const side = (account: LedgerAccount, value: Minor): Posting => ({ account, amount: value, currency });
  if (contraAccounts(product) !== bought) return [debt, side(`income:${component}`, -amount)];
  return [debt, side('soldReceivables', -amount), side('purchasedReceivables', amount), side('purchaseIncome', -amount)];
}

/**
 * The client owes the bureau: money was taken back after it had been paid out. The bureau covers it from its own account at once, so
 * that no client’s deficit is ever covered by another’s money (reference/collection-rules.md §10.3, §10.4). The first line stands in
 * place of a debit of `clientLiability`; the settlement takes all three back.
 */
export const deficitPostings = (amount: Minor, currency: Currency): readonly Posting[] => [
  { account: 'clientDeficit', amount, currency },
  { account: 'clientFunds', amount, currency },
  { account: 'ownBank', amount: -amount, currency },
];

/**
 * What stands against a debt that is given up: the client's loss (6351). Of a bought claim it is the bureau's own, against its income, and the
 * client's mirror of the debt goes; with recourse the client bears it after all and owes the bureau what it got (§10.1).
 */
export function lossPostings(
  { product, purchase }: Pick<Agreement, 'product' | 'purchase'>,
  amount: Minor,
  currency: Currency,
): readonly Posting[] {
  const side = (account: LedgerAccount, value: Minor): Posting => ({ account, amount: value, currency });
  if (contraAccounts(product) !== bought) return [side('loss', amount)];
  const gone = [side('soldReceivables', amount), side('purchasedReceivables', -amount)];
  return purchase?.recourse === true
    ? [...gone, side('loss', amount), side('withBureau', -amount), side('clientDeficit', amount)]
    : [...gone, side('purchaseIncome', amount)];
}
