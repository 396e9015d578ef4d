import { componentOf, components, type Component, type LedgerAccount, type LedgerKind } from '../ledger.ts';
import { sum, type Minor, type Currency } from '../money.ts';
import type { SettlementReceipt, SettlementRestored, SettlementReturn, FeeKind } from './statement.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Agreement } from '../agreement.ts';
import type { Decimal } from '../decimal.ts';

type Movements = Pick<SettlementBasis, 'received' | 'returned' | 'restored' | 'purchaseFees'>;

/** Sorts what changed the client's balance into what a settlement shows: received by invoice and component, returned, restored. */
export function sortMovements(lines: readonly MovementLine[], numberText: (settlement: number) => string): Movements {
  const received: SettlementReceipt[] = [];
  const returned: SettlementReturn[] = [];
  const restored: SettlementRestored[] = [];
  const purchaseFees = { count: 0, amount: 0n, vatAmount: 0n };
  for (const own of Map.groupBy(lines, (line) => line.transaction).values()) {
    const [first] = own;
    if (first === undefined) continue;
    if (first.kind === 'payout-returned' && first.settlement !== null) {
      restored.push({ bookedOn: first.entryDate, settlementNumber: numberText(first.settlement), amount: first.moved });
    } else if (first.kind === 'purchase') {
      const bought = purchaseOf(own);
      purchaseFees.count += 1;
      purchaseFees.amount += bought.fee;
      purchaseFees.vatAmount += bought.vat;
      addMoney(bought.parts, first, { received, returned });
    } else {
      addMoney(partsOf(own), first, { received, returned });
    }
  }
  return { received: mergeReceipts(received), returned: mergeReturns(returned), restored, purchaseFees };
}

/** A part of a movement for one invoice, or for none; positive is for the client. */
interface Part {
  readonly invoice: string | null;
  readonly debtorName: string;
  readonly component: Component;
  readonly amount: Minor;
}

/**
 * What each invoice got, from the lines on its accounts, less what was rounded off or given up by the same payment; what no line explains,
 * such as a credit taken from the balance, is a part for no invoice.
 */
function partsOf(own: readonly MovementLine[]): readonly Part[] {
  const [first] = own;
  if (first !== undefined && first.moved < 0n && first.kind !== 'reversal')
    return [{ invoice: first.invoice, debtorName: first.debtorName ?? '', component: 'principal', amount: first.moved }];
  const parts = [...Map.groupBy(own, (line) => line.payment).values()].flatMap((lines) => {
    const tied = lines.flatMap(({ account, amount, invoice, debtorName }) => {
      const component = componentOf(account ?? '');
      return component === undefined || amount === null
        ? []
        : [{ invoice, debtorName: debtorName ?? '', component, amount: -amount }];
    });
    const forgone = sum(
      lines.filter(({ account }) => account === 'rounding' || account === 'loss').map(({ amount }) => amount ?? 0n),
    );
    const last = tied.pop();
    return last === undefined ? [] : [...tied, { ...last, amount: last.amount - forgone }];
  });
  const rest = (first?.moved ?? 0n) - sum(parts.map(({ amount }) => amount));
  return rest === 0n ? parts : [...parts, { invoice: null, debtorName: '', component: 'principal', amount: rest }];
}

/** Of a bought receivable the nominal amount is received and the bureau's part taken as a fee. */
function purchaseOf(own: readonly MovementLine[]): { readonly fee: Minor; readonly vat: Minor; readonly parts: readonly Part[] } {
  const on = (account: LedgerAccount): Minor => own.find((line) => line.account === account)?.amount ?? 0n;
  const [first] = own;
  const part = { invoice: first?.invoice ?? null, debtorName: first?.debtorName ?? '', component: 'principal' } as const;
  return { fee: -on('feeIncome'), vat: -on('feeVat'), parts: [{ ...part, amount: on('purchasedReceivables') }] };
}

function addMoney(
  parts: readonly Part[],
  { entryDate, moved, kind }: MovementLine,
  { received, returned }: { readonly received: SettlementReceipt[]; readonly returned: SettlementReturn[] },
): void {
  for (const { invoice, debtorName, component, amount } of parts) {
    if (moved > 0n) {
      const nothing = {
        principalAmount: 0n,
        interestAmount: 0n,
        reminderFeeAmount: 0n,
        collectionFeeAmount: 0n,
        compensationAmount: 0n,
      };
      received.push({
        bookedOn: entryDate,
        invoiceNumber: invoice ?? '',
        debtorName,
        ...nothing,
        [`${component}Amount`]: amount,
      });
    } else {
      const reason = kind === 'reversal' ? 'reversal' : 'refund';
      returned.push({ bookedOn: entryDate, reason, ...(invoice === null ? {} : { invoiceNumber: invoice }), amount: -amount });
    }
  }
}

const amountsOf = components.map((component) => `${component}Amount` as const);

/** One line for an invoice and day. */
function mergeReceipts(receipts: readonly SettlementReceipt[]): readonly SettlementReceipt[] {
  const merged = Map.groupBy(receipts, ({ bookedOn, invoiceNumber }) => `${bookedOn} ${invoiceNumber}`);
  return [...merged.values()].flatMap(([first, ...rest]) =>
    first === undefined
      ? []
      : [rest.reduce((a, b) => ({ ...a, ...Object.fromEntries(amountsOf.map((key) => [key, a[key] + b[key]])) }), first)],
  );
}

function mergeReturns(returns: readonly SettlementReturn[]): readonly SettlementReturn[] {
  const merged = Map.groupBy(returns, ({ bookedOn, invoiceNumber, reason }) => `${bookedOn} ${reason} ${invoiceNumber ?? ''}`);
  return [...merged.values()].flatMap(([first, ...rest]) =>
    first === undefined ? [] : [{ ...first, amount: first.amount + sum(rest.map(({ amount }) => amount)) }],
  );
}

/**
 * A change of what is owed to a client, by what it was for, as the store answers: the lines of one ledger transaction on the accounts
 * that explain it. A change that nothing explains is one line without account.
 */
export interface MovementLine {
  readonly transaction: bigint;
  readonly kind: LedgerKind;
  readonly entryDate: IsoDate;
  /** Of the whole transaction: positive is owed more. */
  readonly moved: Minor;
  readonly payment: bigint | null;
  readonly account: LedgerAccount | null;
  readonly invoice: string | null;
  readonly debtorName: string | null;
  /** Of a payout that came back: the settlement it was of. */
  readonly settlement: number | null;
  readonly amount: Minor | null;
}

/** What a settlement is made from: stored facts up to a transaction of the client's ledger, and the terms in force. */
export interface SettlementBasis {
  readonly businessDate: IsoDate;
  readonly product: Agreement['product'];
  readonly currency: Currency;
  /** Closing of the settlement before; zero for the first. */
  readonly openingAmount: Minor;
  /** Money since then that is cleared (`clearedThrough`), by invoice and component; of bought claims their nominal amount. */
  readonly received: readonly SettlementReceipt[];
  readonly returned: readonly SettlementReturn[];
  /** Payouts that were rejected, came back or were cancelled. */
  readonly restored: readonly SettlementRestored[];
  /** What the bureau did and has not charged yet. */
  readonly services: readonly ChargedService[];
  /** The bureau's part of receivables bought in the period, already booked when they were issued. */
  readonly purchaseFees: { readonly count: number; readonly amount: Minor; readonly vatAmount: Minor };
  /** Percent on the bureau's fees on the business date. */
  readonly vatRate: Decimal;
  /** Absent of `distribute-only`: nothing can be paid out. */
  readonly minimumAmount?: Minor;
  readonly balances: ClientBalances;
}

export interface ChargedService {
  readonly feeKind: FeeKind;
  readonly count: number;
  /** Each, without VAT. */
  readonly priceAmount: Minor;
}

/** The bureau's book of a client before the settlement; all are positive or zero except `unclearedAmount`, which may be what it is. */
export interface ClientBalances {
  /** Owed to the client, cleared or not. */
  readonly liabilityAmount: Minor;
  /** The part of it that no settlement may use yet. */
  readonly unclearedAmount: Minor;
  /** The client owes: money was taken back after it had been paid out. */
  readonly deficitAmount: Minor;
  /** Fees of earlier settlements that could not be set off. */
  readonly feeReceivableAmount: Minor;
}
