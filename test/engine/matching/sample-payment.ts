import { isoDate } from '#engine/iso-date.ts';
import type { Component } from '#engine/amounts.ts';
import { decidePayment, type Match, type PaymentDecision, type PaymentFacts } from '#engine/matching/decide-payment.ts';
import type { OpenReceivable } from '#engine/matching/allocate-payment.ts';

export const none = { principal: 0n, interest: 0n, reminderFee: 0n, collectionFee: 0n, compensation: 0n };
const order: readonly Component[] = ['reminderFee', 'collectionFee', 'compensation', 'interest', 'principal'];

/** An open receivable of 1,000 + id. */
export const receivable = (id: bigint, principal: bigint, more: Partial<OpenReceivable> = {}): OpenReceivable => ({
  id,
  client: 'vattnet',
  debtor: 100n + id,
  debtorName: 'Påhittad Person',
  invoiceNumber: `${1000n + id}`,
  kind: 'invoice',
  product: 'service',
  currency: 'SEK',
  dueDate: isoDate('2026-10-01'),
  open: { ...none, principal },
  paidAmount: 0n,
  writtenOffAmount: 0n,
  toleranceAmount: 0n,
  order,
  claims: [],
  ...more,
});

/** A receipt. */
export const payment = (amount: bigint, matches: readonly Match[], more: Partial<PaymentFacts> = {}): PaymentFacts => ({
  id: 7n,
  amount,
  currency: 'SEK',
  bookingDate: isoDate('2026-11-02'),
  valueDate: isoDate('2026-11-02'),
  interestOwed: (id) => (id === 1n ? 900n : undefined),
  payerName: null,
  chargesAmount: 0n,
  matches,
  parts: [],
  ...more,
});

/** Something that was found. */
export const by = (kind: Match['by'], receivables: readonly bigint[], more: Partial<Match> = {}): Match => ({
  by: kind,
  source: 'creditor-reference',
  value: receivables.map((id) => `${1000n + id}`).join('+'),
  receivables,
  standing: 'right',
  ...more,
});

export const decide = (facts: PaymentFacts, ...receivables: readonly OpenReceivable[]) =>
  decidePayment(facts, new Map(receivables.map((item) => [item.id, item])));

/** `receivable 1 -100` as an accountant reads it. */
export const lines = (decision: PaymentDecision): readonly string[] =>
  decision.kind === 'suspense'
    ? [decision.reason]
    : decision.parts.map(({ account, receivable: id, debtor, amount }) =>
        [account, id ?? debtor, amount].filter((part) => part !== undefined).join(' '),
      );
