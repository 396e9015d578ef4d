import type { IsoDate } from './iso-date.ts';
import type { Component, LedgerKind } from './ledger.ts';
import { sum, type Currency, type Minor } from './money.ts';

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
