import { expect, test } from 'vitest';
import { oneFeePerLetter, planDemands, type PlannedStep } from '#engine/claims/plan-demands.ts';
import type { Receivable } from '#engine/claims/receivable.ts';
import { businessPolicy, consumerPolicy } from '../law/sample-policy.ts';
import { on, receivable, reminded, termsUnder } from './sample-receivable.ts';

const consumer = termsUnder(consumerPolicy);

interface Claim {
  readonly invoice: string;
  readonly debtor: bigint;
  readonly changes?: Partial<Receivable>;
}

const planned = (claims: readonly Claim[], day: string, terms = consumer): readonly PlannedStep[] =>
  planDemands(
    claims.map(({ invoice, debtor, changes }, index) => ({
      ...receivable,
      id: BigInt(index + 1),
      invoiceNumber: invoice,
      debtor: { ...receivable.debtor, id: debtor },
      ...changes,
    })),
    {
      kind: day < '2026-09-20' ? 'reminder' : 'collection',
      days: { businessDate: on(day), dispatchDate: on(day) },
      termsOf: () => terms,
    },
  ).steps;

const feesOf = (steps: readonly PlannedStep[]): readonly string[] =>
  steps.map(({ receivable: { invoiceNumber }, step: { amounts } }) => {
    const { reminderFee, collectionFee, compensation } = amounts;
    return `${invoiceNumber} ${reminderFee} ${collectionFee} ${compensation}`;
  });

test('three invoices in one reminder bear one fee; another debtor’s letter has its own', () => {
  const steps = planned(
    [
      { invoice: 'A', debtor: 7n },
      { invoice: 'B', debtor: 8n },
      { invoice: 'C', debtor: 7n },
      { invoice: 'D', debtor: 7n },
    ],
    '2026-09-07',
  );
  const charged = oneFeePerLetter(steps, new Set());
  expect(feesOf(charged)).toEqual(['A 6000 0 0', 'B 6000 0 0', 'C 0 0 0', 'D 0 0 0']);
  expect(charged[2]?.because.map(({ rule }) => rule)).toContain('fee-in-same-letter');
  expect(charged[2]?.because.map(({ rule }) => rule)).not.toContain('reminder-fee');
});

test('pages and missed dates of one run end in the same letters, so they share what has a fee', () => {
  const letters = new Set<string>();
  expect(feesOf(oneFeePerLetter(planned([{ invoice: 'A', debtor: 7n }], '2026-09-07'), letters))).toEqual(['A 6000 0 0']);
  expect(feesOf(oneFeePerLetter(planned([{ invoice: 'B', debtor: 7n }], '2026-09-08'), letters))).toEqual(['B 0 0 0']);
});

test('letters under different agreements are different letters', () => {
  const steps = planned(
    [
      { invoice: 'A', debtor: 7n },
      { invoice: 'B', debtor: 7n, changes: { agreementVersion: 2 } },
    ],
    '2026-09-07',
  );
  expect(feesOf(oneFeePerLetter(steps, new Set()))).toEqual(['A 6000 0 0', 'B 6000 0 0']);
});

test('a demand of two claims costs 180 once', () => {
  const claims = [
    { invoice: 'A', debtor: 7n, changes: { steps: [reminded] } },
    { invoice: 'B', debtor: 7n, changes: { steps: [reminded] } },
  ];
  expect(feesOf(oneFeePerLetter(planned(claims, '2026-09-22'), new Set()))).toEqual(['A 0 18000 0', 'B 0 0 0']);
});

test('compensation is each claim’s own (4 a §), and a letter with it has no fee to share', () => {
  const business = { class: 'business' as const, id: 7n, number: 'D1', name: 'Skenfirman AB' };
  const steps = planned(
    [
      { invoice: 'A', debtor: 7n, changes: { debtor: business } },
      { invoice: 'B', debtor: 7n, changes: { debtor: business } },
    ],
    '2026-09-07',
    termsUnder(businessPolicy),
  );
  expect(feesOf(oneFeePerLetter(steps, new Set()))).toEqual(['A 0 0 45000', 'B 0 0 45000']);
});
