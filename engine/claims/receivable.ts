import { components, type Component, type Amounts } from '../amounts.ts';
import type { ActId } from './policy.ts';
import type { ClientId, Agreement } from '../agreement.ts';
import { type IsoDate, daysBetween } from '../iso-date.ts';
import type { LedgerKind } from '../ledger.ts';
import { sum, type Currency, type Minor } from '../money.ts';
import type { DebtorClass, Submission } from '../submission.ts';
import type { Buyer } from '../invoice.ts';

/**
 * An open item with all that a run decides by, as it was known at the end of a date: the ledger's sums, the holds, the steps taken
 * and what is confirmed of their dispatch. Every field comes from stored facts, so the same date gives the same value for ever.
 */
export interface Receivable {
  readonly id: bigint;
  readonly client: ClientId;
  readonly invoiceNumber: string;
  readonly agreementVersion: number;
  readonly debtor: ReceivableDebtor;
  readonly currency: Currency;
  /** As issued. */
  readonly principalAmount: Minor;
  readonly issueDate: IsoDate;
  readonly dueDate: IsoDate;
  /** When the invoice was confirmed as dispatched; absent: not yet, or never by us. */
  readonly dispatchedOn?: IsoDate;
  readonly open: Amounts;
  /**
   * Principal outstanding from each date on; the first is the issue date. A payment counts from the day after its value date, whose own
   * day still bears interest (as engine/claims/interest.ts takes it); a credit from the due date (§8.2).
   */
  readonly principalHistory: readonly { readonly from: IsoDate; readonly amount: Minor }[];
  /** Interest ever claimed in the ledger, whether settled or not, less what was taken back. */
  readonly interestClaimedAmount: Minor;
  readonly holds: readonly Hold[];
  /** In order of level; withdrawn ones are not among them. */
  readonly steps: readonly TakenStep[];
}

/** All that is owed of a claim. */
export const openTotal = ({ open }: Pick<Receivable, 'open'>): Minor => sum(components.map((component) => open[component]));

export interface ReceivableDebtor {
  readonly id: bigint;
  readonly number: string;
  readonly name: string;
  readonly class: DebtorClass;
}

/** Why a receivable is left alone (spärr): anstånd, bestridande, spärr, betalningslöfte. */
export interface Hold {
  readonly id: bigint;
  readonly kind: 'deferment' | 'dispute' | 'block' | 'promise';
  /** Disputed part; absent: all. */
  readonly amount?: Minor;
  readonly from: IsoDate;
  /** Last day; absent: until released. */
  readonly until?: IsoDate;
  readonly interestRuns: boolean;
  readonly category?: string;
  readonly releasedOn?: IsoDate;
  readonly outcome?: 'accepted' | 'rejected' | 'withdrawn';
}

/** A step of the timetable that was taken. */
export interface TakenStep {
  readonly level: number;
  /** What was done, in its country's word (`LegalRules.acts`). */
  readonly kind: ActId;
  readonly businessDate: IsoDate;
  /** Confirmed; of a hand-over the day the agency's file was sent. Absent: the next step waits. */
  readonly dispatchedOn?: IsoDate;
  readonly deadline?: IsoDate;
  readonly reminderFeeAmount: Minor;
  readonly collectionFeeAmount: Minor;
  readonly compensationAmount: Minor;
}

/** How late a sum is, by the due date as it was issued; a deferment puts off the demand, not the age. */
export const ageBuckets = ['notDue', 'days1to30', 'days31to60', 'days61to90', 'over90', 'credits'] as const;
export type AgeBucket = (typeof ageBuckets)[number];

/** What one debtor owes that falls due on one day; negative: credit notes that are not used. */
export interface AgedSum {
  readonly debtor: string;
  readonly name: string;
  readonly currency: Currency;
  readonly dueDate?: IsoDate;
  readonly amount: Minor;
}

export type AgeSums = Readonly<Record<AgeBucket, Minor>>;

export interface AgeingRow {
  readonly debtor: string;
  readonly name: string;
  readonly sums: AgeSums;
  readonly totalAmount: Minor;
}

/** A client's open items by age (åldersanalys) in one currency; the total is the ledger's. */
export interface Ageing {
  readonly client: string;
  readonly asOf: IsoDate;
  readonly currency: Currency;
  /** By debtor number. */
  readonly rows: readonly AgeingRow[];
  readonly sums: AgeSums;
  readonly totalAmount: Minor;
}

/** Sorts open sums into ages as of a date, an ageing list for each currency. */
export function makeAgeing(client: string, asOf: IsoDate, open: readonly AgedSum[]): readonly Ageing[] {
  return [...Map.groupBy(open, (item) => item.currency)].map(([currency, items]) => {
    const rows = [...Map.groupBy(items, (item) => item.debtor)].map(([debtor, own]): AgeingRow => {
      const sums = sumsOf(own, asOf);
      return { debtor, name: own[0]?.name ?? '', sums, totalAmount: total(sums) };
    });
    const sums = sumsOf(items, asOf);
    return { client, asOf, currency, rows, sums, totalAmount: total(sums) };
  });
}

function sumsOf(items: readonly AgedSum[], asOf: IsoDate): AgeSums {
  const sums: Record<AgeBucket, Minor> = { notDue: 0n, days1to30: 0n, days31to60: 0n, days61to90: 0n, over90: 0n, credits: 0n };
  for (const { amount, dueDate } of items) sums[amount < 0n ? 'credits' : ageBucket(dueDate, asOf)] += amount;
  return sums;
}

/** The bucket of a due date: the day itself is not late yet. */
export function ageBucket(dueDate: IsoDate | undefined, asOf: IsoDate): Exclude<AgeBucket, 'credits'> {
  const late = dueDate === undefined ? 0 : daysBetween(dueDate, asOf);
  if (late <= 0) return 'notDue';
  if (late <= 30) return 'days1to30';
  if (late <= 60) return 'days31to60';
  return late <= 90 ? 'days61to90' : 'over90';
}

const total = (sums: AgeSums): Minor => sum(ageBuckets.map((bucket) => sums[bucket]));

/** A debtor's account (kontoutdrag) with one client at the end of a date, in one currency: every line is a posting (F35). */
export interface Statement {
  readonly client: string;
  readonly debtor: { readonly number: string; readonly name: string };
  readonly asOf: IsoDate;
  readonly currency: Currency;
  /** In ledger order. */
  readonly lines: readonly StatementLine[];
  /** Documents, oldest first, settled ones too. */
  readonly items: readonly StatementItem[];
  /** What the debtor owes less what they have to their credit: the sum of all lines. */
  readonly balanceAmount: Minor;
}

export interface StatementEntry {
  readonly date: IsoDate;
  readonly kind: LedgerKind;
  /** The document it stands on; absent: the debtor's credit that is tied to none. */
  readonly invoice?: string;
  /** `credit`: paid too much, and held for the debtor by the bureau. */
  readonly component: Component | 'credit';
  /** Positive raises the debt. */
  readonly amount: Minor;
  /** The payment whose money it is, and its value date. */
  readonly payment?: bigint;
  readonly valueDate?: IsoDate;
  /** Of an allocation: the other document. */
  readonly other?: string;
}

export interface StatementLine extends StatementEntry {
  /** After this line. */
  readonly balanceAmount: Minor;
}

/** A document, as it was issued. */
export interface StatementDocument {
  readonly invoice: string;
  readonly kind: 'invoice' | 'creditNote';
  readonly issueDate: IsoDate;
  readonly dueDate?: IsoDate;
}

export interface StatementItem extends StatementDocument {
  /** Principal as issued; negative for a credit note. */
  readonly originalAmount: Minor;
  readonly openAmount: Minor;
}

export interface StatementFacts extends Pick<Statement, 'client' | 'debtor' | 'asOf' | 'currency'> {
  readonly entries: readonly StatementEntry[];
  readonly documents: readonly StatementDocument[];
}

/** Makes a statement of ledger entries: a running balance, and what is open of each document. */
export function makeStatement({ entries, documents, ...head }: StatementFacts): Statement {
  let balance = 0n;
  const lines = entries.map((entry): StatementLine => {
    balance += entry.amount;
    return { ...entry, balanceAmount: balance };
  });
  const byInvoice = Map.groupBy(entries, (entry) => entry.invoice);
  const items = documents.map((document): StatementItem => {
    const own = byInvoice.get(document.invoice) ?? [];
    const issued = own.filter((entry) => entry.kind === 'issue').map((entry) => entry.amount);
    return { ...document, originalAmount: sum(issued), openAmount: sum(own.map((entry) => entry.amount)) };
  });
  return { ...head, lines, items, balanceAmount: balance };
}

/** A debtor as one document tells of it; the register keeps each differing version (F12). */
export interface Debtor {
  /** The client's number of the debtor, or what else tells the debtor apart among the client's. */
  readonly number: string;
  readonly class: DebtorClass;
  readonly party: Buyer;
}

/**
 * The debtor of a document. Its number is the client's own number, else the buyer identifier, else a registration number or
 * electronic address, else name and postcode: a document that names its recipient always finds a debtor.
 */
export function debtorOf({ invoice, directions }: Pick<Submission, 'invoice' | 'directions'>, agreement: Agreement): Debtor {
  const { buyer } = invoice;
  const number =
    directions.debtorNumber ??
    buyer.identifier?.id ??
    buyer.legalId?.id ??
    buyer.vatId ??
    (buyer.endpoint ? `${buyer.endpoint.scheme ?? ''}:${buyer.endpoint.id}` : `${buyer.name}/${buyer.address.postcode ?? ''}`);
  return { number, class: directions.debtorClass ?? agreement.debtorClass, party: buyer };
}
