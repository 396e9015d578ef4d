import { expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { sortMovements } from '#engine/settlement/movements.ts';
import { sumOfComponents } from '#engine/amounts.ts';
import type { MovementLine } from '#engine/settlement/statement.ts';

const line = (given: Partial<MovementLine>): MovementLine => ({
  transaction: 1n,
  kind: 'payment',
  entryDate: isoDate('2026-11-23'),
  moved: 0n,
  payment: null,
  account: null,
  invoice: null,
  debtorName: null,
  settlement: null,
  amount: null,
  ...given,
});
const sorted = (...lines: readonly Partial<MovementLine>[]) => sortMovements(lines.map(line), (number) => `PROV-${number}`);
const amounts = (...lines: readonly Partial<MovementLine>[]): readonly string[] =>
  sorted(...lines).received.map((item) => `${item.invoiceNumber || 'none'} ${sumOfComponents(item)}`);

test('a payment is received by invoice and component, one row an invoice and day', () => {
  const of = { moved: 131_479n, payment: 5n, debtorName: 'Nils Provare' };
  const { received } = sorted(
    { ...of, account: 'receivable', invoice: 'F-1', amount: -125_000n },
    { ...of, account: 'receivable:interest', invoice: 'F-1', amount: -479n },
    { ...of, account: 'receivable:reminderFee', invoice: 'F-1', amount: -6_000n },
  );
  expect(received).toMatchObject([
    {
      invoiceNumber: 'F-1',
      debtorName: 'Nils Provare',
      principalAmount: 125_000n,
      interestAmount: 479n,
      reminderFeeAmount: 6_000n,
    },
  ]);
});

test('what was rounded off is not received: the öre of the payment that forgave them', () => {
  const of = { moved: 249_950n, invoice: 'F-1' };
  expect(
    amounts(
      { ...of, payment: 5n, account: 'receivable', amount: -125_000n },
      { ...of, payment: 5n, account: 'rounding', amount: 50n },
      { ...of, payment: 6n, account: 'receivable', invoice: 'F-2', amount: -125_000n },
    ),
  ).toEqual(['F-1 124950', 'F-2 125000']);
});

test('a credit note that the payer took off counts against what was received', () => {
  const of = { moved: 80_000n, payment: 5n, account: 'receivable' } as const;
  expect(amounts({ ...of, invoice: 'F-1', amount: -100_000n }, { ...of, invoice: 'K-1', amount: 20_000n })).toEqual([
    'F-1 100000',
    'K-1 -20000',
  ]);
});

test('a movement that no line explains is shown for no invoice, so that the sum is always that of the ledger', () => {
  expect(amounts({ kind: 'allocation', moved: 5_000n })).toEqual(['none 5000']);
});

test('what is taken back is returned: of a reversal by invoice, of all else in one', () => {
  const { returned } = sorted(
    { kind: 'reversal', moved: -125_000n, payment: 9n, account: 'receivable', invoice: 'F-1', amount: 125_000n },
    { transaction: 2n, kind: 'withdrawal', moved: -6_000n },
  );
  expect(returned).toEqual([
    { bookedOn: '2026-11-23', reason: 'reversal', invoiceNumber: 'F-1', amount: 125_000n },
    { bookedOn: '2026-11-23', reason: 'refund', amount: 6_000n },
  ]);
});

test('a payout that came back is restored, with the settlement it was of', () => {
  expect(sorted({ kind: 'payout-returned', moved: 90_250n, settlement: 3 }).restored).toEqual([
    { bookedOn: '2026-11-23', settlementNumber: 'PROV-3', amount: 90_250n },
  ]);
});

test('of a bought receivable the nominal is received and the bureau’s part is its fee (§10.4)', () => {
  const of = { kind: 'purchase', moved: 96_000n, invoice: 'F-1' } as const;
  const { received, purchaseFees } = sorted(
    { ...of, account: 'purchasedReceivables', amount: 100_000n },
    { ...of, account: 'feeIncome', amount: -3_200n },
    { ...of, account: 'feeVat', amount: -800n },
  );
  expect(received.map(sumOfComponents)).toEqual([100_000n]);
  expect(purchaseFees).toEqual({ count: 1, amount: 3_200n, vatAmount: 800n });
});
