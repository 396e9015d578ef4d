import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimal } from '#engine/decimal.ts';
import { isoDate } from '#engine/iso-date.ts';
import { bookOf, type LedgerAccount, type LedgerTransaction } from '#engine/ledger.ts';
import { planSettlement, settlementTransaction } from '#engine/settlement/plan-settlement.ts';
import type { SettlementReceipt, ClientBalances, SettlementBasis, SettlementPlan } from '#engine/settlement/statement.ts';

const receipt = (principalAmount: bigint): SettlementReceipt => ({
  bookedOn: isoDate('2026-11-23'),
  invoiceNumber: 'F-1',
  debtorName: 'Nils Provare',
  principalAmount,
  interestAmount: 0n,
  reminderFeeAmount: 0n,
  collectionFeeAmount: 0n,
  compensationAmount: 0n,
});

interface Case {
  readonly opening?: bigint;
  readonly received?: bigint;
  readonly returned?: bigint;
  /** Twelve letters at 6.50 where nothing else is said. */
  readonly letters?: { readonly count: number; readonly priceAmount: bigint };
  readonly minimum?: bigint | null;
  readonly balances: Partial<ClientBalances>;
}

const basis = ({ opening = 0n, received = 0n, returned = 0n, letters, minimum = 10_000n, balances }: Case): SettlementBasis => ({
  businessDate: isoDate('2026-11-23'),
  product: 'service',
  currency: 'SEK',
  openingAmount: opening,
  received: received === 0n ? [] : [receipt(received)],
  returned: returned === 0n ? [] : [{ bookedOn: isoDate('2026-11-23'), reason: 'reversal', amount: returned }],
  restored: [],
  services: letters === undefined ? [] : [{ feeKind: 'letter', ...letters }],
  purchaseFees: { count: 0, amount: 0n, vatAmount: 0n },
  vatRate: decimal('25'),
  ...(minimum === null ? {} : { minimumAmount: minimum }),
  balances: { liabilityAmount: 0n, unclearedAmount: 0n, deficitAmount: 0n, feeReceivableAmount: 0n, ...balances },
});

const page = (transaction: LedgerTransaction | undefined): readonly string[] =>
  (transaction?.postings ?? []).map(({ account, amount }) => `${account} ${amount}`);

describe('the settlement of collection-rules.md §10.4: 1,000.00 received, twelve letters at 6.50 and VAT', () => {
  const plan = planSettlement(
    basis({ received: 100_000n, letters: { count: 12, priceAmount: 650n }, balances: { liabilityAmount: 100_000n } }),
  );

  test('pays 902.50', () => {
    expect(plan).toMatchObject({
      feesAmount: 7_800n,
      vatAmount: 1_950n,
      payoutAmount: 90_250n,
      closingAmount: 0n,
      rule: 'paid-out',
    });
  });

  test('claims the fee, sets it off and moves its money', () => {
    expect(page(settlementTransaction(plan, 'VATTNET-1'))).toEqual([
      'feeIncome -7800',
      'feeVat -1950',
      'clientLiability 9750',
      'ownBank 9750',
      'clientFunds -9750',
      'serviceCost 7800',
      'inputVat 1950',
      'withBureau -9750',
    ]);
  });
});

test.each<[string, Case, Partial<SettlementPlan>]>([
  ['nothing happened', { balances: {} }, { rule: 'nothing-to-pay', payoutAmount: 0n, worthMaking: false }],
  [
    'less than the minimum',
    { received: 9_999n, balances: { liabilityAmount: 9_999n } },
    { rule: 'below-minimum', payoutAmount: 0n, closingAmount: 9_999n, worthMaking: true },
  ],
  [
    'the minimum itself',
    { received: 10_000n, balances: { liabilityAmount: 10_000n } },
    { rule: 'paid-out', payoutAmount: 10_000n, closingAmount: 0n },
  ],
  [
    'with what was carried',
    { opening: 4_000n, received: 6_000n, balances: { liabilityAmount: 10_000n } },
    { rule: 'paid-out', payoutAmount: 10_000n },
  ],
  [
    'a reversal after the payout',
    { returned: 20_000n, balances: { deficitAmount: 20_000n } },
    { rule: 'client-owes', payoutAmount: 0n, closingAmount: -20_000n },
  ],
  [
    'fees and nothing received',
    { letters: { count: 2, priceAmount: 1_000n }, balances: {} },
    { rule: 'client-owes', closingAmount: -2_500n },
  ],
  [
    'a debt carried, and more received than it',
    { opening: -2_500n, received: 50_000n, balances: { liabilityAmount: 50_000n, feeReceivableAmount: 2_500n } },
    { rule: 'paid-out', payoutAmount: 47_500n },
  ],
  [
    'money that is not cleared stays',
    { received: 30_000n, balances: { liabilityAmount: 80_000n, unclearedAmount: 50_000n } },
    { rule: 'paid-out', payoutAmount: 30_000n },
  ],
  [
    'no payouts agreed',
    { received: 30_000n, minimum: null, balances: { liabilityAmount: 30_000n } },
    { rule: 'no-payouts-agreed', payoutAmount: 0n },
  ],
  [
    'VAT is rounded half up on the sum: 25 % of 0.50',
    { received: 50_000n, letters: { count: 1, priceAmount: 50n }, balances: { liabilityAmount: 50_000n } },
    { vatAmount: 13n, payoutAmount: 49_937n },
  ],
])('%s', (_name, given, expected) => {
  expect(planSettlement(basis(given))).toMatchObject(expected);
});

test('a basis that contradicts the ledger stops the run', () => {
  expect(() => planSettlement(basis({ received: 10_000n, balances: { liabilityAmount: 10_001n } }))).toThrow(
    'the ledger to 10001',
  );
});

/** Applies a settlement’s own postings and its payout to the balances: the next settlement begins there. */
function after(plan: SettlementPlan, balances: ClientBalances): ClientBalances {
  const moved = (account: LedgerAccount): bigint =>
    (settlementTransaction(plan, 'X-1')?.postings ?? [])
      .filter((item) => item.account === account)
      .reduce((sum, item) => sum + item.amount, 0n);
  return {
    liabilityAmount: balances.liabilityAmount - moved('clientLiability') - plan.payoutAmount,
    unclearedAmount: balances.unclearedAmount,
    deficitAmount: balances.deficitAmount + moved('clientDeficit'),
    feeReceivableAmount: balances.feeReceivableAmount + moved('feeReceivable'),
  };
}

const amount = fc.bigInt({ min: 0n, max: 1_000_000n });
const day = fc.record({
  received: amount,
  late: amount,
  returned: amount,
  count: fc.nat({ max: 20 }),
  priceAmount: fc.bigInt({ min: 0n, max: 5_000n }),
});

test('over any days: opening + movements = closing, never more than is cleared, both books balance, nothing is lost', () => {
  fc.assert(
    fc.property(fc.array(day, { maxLength: 12 }), (days) => {
      let balances: ClientBalances = { liabilityAmount: 0n, unclearedAmount: 0n, deficitAmount: 0n, feeReceivableAmount: 0n };
      let opening = 0n;
      let [received, taken] = [0n, 0n];
      for (const { received: cleared, late, returned, count, priceAmount } of days) {
        // What was late yesterday is cleared today; what is taken back lowers the liability and becomes a deficit beyond it.
        const ready = balances.unclearedAmount + cleared;
        const owed = balances.liabilityAmount + cleared + late;
        const back = returned < owed ? returned : owed;
        const before: ClientBalances = {
          ...balances,
          liabilityAmount: owed - back,
          unclearedAmount: late,
          deficitAmount: balances.deficitAmount + returned - back,
        };
        const plan = planSettlement(
          basis({ opening, received: ready, returned, letters: { count, priceAmount }, balances: before }),
        );
        const moved = plan.receivedAmount + plan.restoredAmount - plan.returnedAmount - plan.feesAmount - plan.vatAmount;
        expect(opening + moved - plan.payoutAmount).toBe(plan.closingAmount);
        const clearedNow = before.liabilityAmount - before.unclearedAmount;
        expect(plan.payoutAmount <= (clearedNow > 0n ? clearedNow : 0n)).toBe(true);
        for (const book of ['client', 'bureau'] as const) {
          const postings = settlementTransaction(plan, 'X-1')?.postings ?? [];
          expect(postings.filter(({ account }) => bookOf(account) === book).reduce((sum, item) => sum + item.amount, 0n)).toBe(
            0n,
          );
        }
        balances = after(plan, before);
        expect(balances.liabilityAmount >= 0n).toBe(true);
        const { liabilityAmount, unclearedAmount, deficitAmount, feeReceivableAmount } = balances;
        expect(liabilityAmount - unclearedAmount - deficitAmount - feeReceivableAmount).toBe(plan.closingAmount);
        opening = plan.closingAmount;
        received += ready;
        taken += returned + plan.feesAmount + plan.vatAmount + plan.payoutAmount;
      }
      expect(received - taken).toBe(opening);
    }),
  );
});
