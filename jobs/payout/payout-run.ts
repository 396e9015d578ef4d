import { formatAmount } from '#engine/money.ts';
import { receiverText } from '#engine/payout.ts';
import type { RunOutcome } from '#engine/store/runs.ts';
import { withLedger } from '#engine/store/ledger.ts';
import type { PreviewLine, RunKind } from '../runs/run-kind.ts';
import { applyPayout } from './apply-payout.ts';
import { planPayout, type PayoutPlan } from './plan-payout.ts';

/** Settles a client and orders its payout. What a missed date would have paid is in the next one, so none is made up for. */
export const payoutRun: RunKind = {
  kind: 'payout',
  title: 'Settles what was collected and orders the payout',
  concerns: () => true,
  catchUp: 'latest',
  apply: async (house, transaction, { client, today, runs, who }) => {
    const outcomes: RunOutcome[] = [];
    for (const { id, businessDate } of runs) {
      const { plan } = await applyPayout(house, transaction, { id, client, businessDate, today, who });
      outcomes.push(outcomeOf(plan));
    }
    return outcomes;
  },
  plan: async (house, transaction, { client, businessDate, today }) => {
    const plan = await withLedger(transaction, { client, at: house.clock() }, async (ledger) =>
      planPayout(house, transaction, { client, businessDate, today, throughSequence: (await ledger.end()).nextSequence - 1n }),
    );
    return { ...outcomeOf(plan), lines: linesOf(plan) };
  },
};

function outcomeOf(plan: PayoutPlan | 'not-due'): RunOutcome {
  if (plan === 'not-due') return { steps: 0, skips: 1, totals: { rule: 'not-due' } };
  const { settlement } = plan;
  const paid = settlement.payoutAmount > 0n;
  return {
    steps: paid ? 1 : 0,
    skips: paid ? 0 : 1,
    totals: {
      rule: settlement.rule,
      opening: formatAmount(settlement.basis.openingAmount),
      received: formatAmount(settlement.receivedAmount),
      returned: formatAmount(settlement.returnedAmount),
      restored: formatAmount(settlement.restoredAmount),
      fees: formatAmount(settlement.feesAmount),
      vat: formatAmount(settlement.vatAmount),
      payout: formatAmount(settlement.payoutAmount),
      closing: formatAmount(settlement.closingAmount),
    },
  };
}

/** The settlement as an account, read from top to bottom. */
function linesOf(plan: PayoutPlan | 'not-due'): readonly PreviewLine[] {
  if (plan === 'not-due') return [];
  const { settlement, agreement } = plan;
  const { basis } = settlement;
  const line = (subject: string, what: string, amount: bigint, because = ''): PreviewLine => ({
    subject,
    what,
    amount: formatAmount(amount),
    because,
  });
  const receiver = agreement.payout && receiverText(agreement.payout.receiver);
  return [
    line('opening', 'brought from the settlement before', basis.openingAmount),
    line('received', `${basis.received.length} items, cleared through ${plan.bound.clearedThrough}`, settlement.receivedAmount),
    line('restored', `${basis.restored.length} payouts that did not arrive`, settlement.restoredAmount),
    line('returned', `${basis.returned.length} items`, -settlement.returnedAmount),
    ...settlement.fees.map((fee) => line('fee', `${fee.count} × ${fee.feeKind}`, -fee.amount)),
    line('VAT', `${basis.vatRate} % on the fees`, -settlement.vatAmount),
    line('payout', receiver ?? 'none', -settlement.payoutAmount, settlement.rule),
    line('closing', 'carried to the next settlement', settlement.closingAmount),
  ];
}
