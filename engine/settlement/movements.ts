import { components, type Component } from '../amounts.ts';
import { componentOf, type LedgerAccount } from '../ledger.ts';
import { sum, type Minor } from '../money.ts';
import type { SettlementReceipt, SettlementRestored, SettlementReturn, MovementLine, SettlementBasis } from './statement.ts';

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
