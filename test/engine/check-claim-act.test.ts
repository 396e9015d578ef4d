import { describe, expect, test } from 'vitest';
import { checkClaimAct, type ClaimAct } from '#engine/claims/holds.ts';
import { isoDate } from '#engine/iso-date.ts';
import type { Hold, Receivable } from '#engine/claims/receivable.ts';

const date = isoDate;
const TODAY = date('2026-10-20');

/** 1,250.00 due on 2 October, with a reminder fee, demanded by 30 October. */
const receivable: Receivable = {
  id: 1n,
  client: 'vattnet',
  invoiceNumber: 'F-1',
  agreementVersion: 1,
  debtor: { id: 1n, number: '118', name: 'Johansson', class: 'consumer' },
  currency: 'SEK',
  principalAmount: 125_000n,
  issueDate: date('2026-09-01'),
  dueDate: date('2026-10-02'),
  open: { principal: 125_000n, interest: 0n, reminderFee: 6_000n, collectionFee: 0n, compensation: 0n },
  principalHistory: [{ from: date('2026-09-01'), amount: 125_000n }],
  interestClaimedAmount: 0n,
  holds: [],
  steps: [
    {
      level: 1,
      kind: 'reminder',
      businessDate: date('2026-10-20'),
      deadline: date('2026-10-30'),
      reminderFeeAmount: 6_000n,
      collectionFeeAmount: 0n,
      compensationAmount: 0n,
    },
  ],
};
const hold = (given: Partial<Hold>): Hold => ({ id: 9n, kind: 'block', from: date('2026-10-10'), interestRuns: true, ...given });
const deferment = (until: string): Hold => hold({ kind: 'deferment', until: date(until) });
const defer = (until: string): ClaimAct => ({ action: 'defer', until: date(until), interestRuns: true });
const feeOnly = { ...receivable, open: { ...receivable.open, principal: 0n } };
const settled = { ...feeOnly, open: { ...feeOnly.open, reminderFee: 0n } };
const disputed = hold({ kind: 'dispute', category: 'PRICE', amount: 40_000n });
const held = (...holds: readonly Hold[]): Receivable => ({ ...receivable, holds });

describe('may an order be carried out on 20 October?', () => {
  test.each<readonly [string, Receivable, ClaimAct, string]>([
    ['defer to the letter’s date', receivable, defer('2026-10-30'), 'allowed'],
    ['defer to the day before it', receivable, defer('2026-10-29'), 'CTL-BEFORE-DEADLINE'],
    ['defer to today', receivable, defer('2026-10-20'), 'CTL-DATE-PAST'],
    ['defer to no later than an earlier deferment', held(deferment('2026-11-15')), defer('2026-11-14'), 'CTL-NOT-LATER'],
    ['the same deferment again', held(deferment('2026-11-15')), defer('2026-11-15'), 'known'],
    ['a third', held(deferment('2026-10-12'), deferment('2026-10-14')), defer('2026-11-15'), 'CTL-DEFERRED-OFTEN'],
    ['promise for tomorrow', receivable, { action: 'promise', until: date('2026-10-21') }, 'allowed'],
    ['promise for today', receivable, { action: 'promise', until: date('2026-10-20') }, 'CTL-DATE-PAST'],
    ['dispute all', receivable, { action: 'dispute', category: 'DEFECT' }, 'allowed'],
    [
      'dispute more than the principal',
      receivable,
      { action: 'dispute', category: 'DEFECT', amount: 125_001n },
      'CTL-AMOUNT-TOO-LARGE',
    ],
    ['dispute again', held(disputed), { action: 'dispute', category: 'DEFECT' }, 'CTL-DISPUTED'],
    ['the same dispute again', held(disputed), { action: 'dispute', category: 'PRICE', amount: 40_000n }, 'known'],
    ['hold', receivable, { action: 'hold', cause: 'minor' }, 'allowed'],
    ['the same hold again', held(hold({ category: 'minor' })), { action: 'hold', cause: 'minor' }, 'known'],
    ['credit the principal', receivable, { action: 'credit', amount: 125_000n }, 'allowed'],
    ['credit the fee with it', receivable, { action: 'credit', amount: 131_000n }, 'CTL-AMOUNT-TOO-LARGE'],
    ['credit where only a fee is open', feeOnly, { action: 'credit' }, 'CTL-AMOUNT-ZERO'],
    ['write off all', receivable, { action: 'write-off' }, 'allowed'],
    ['write off a fee', feeOnly, { action: 'write-off', amount: 6_000n }, 'allowed'],
    ['write off an öre more', receivable, { action: 'write-off', amount: 131_001n }, 'CTL-AMOUNT-TOO-LARGE'],
    ['paid today', receivable, { action: 'paid-to-client', date: TODAY, amount: 100n }, 'allowed'],
    ['paid tomorrow', receivable, { action: 'paid-to-client', date: date('2026-10-21'), amount: 100n }, 'CTL-DATE-FUTURE'],
    ['anything when all is settled', settled, { action: 'hold', cause: 'minor' }, 'CTL-SETTLED'],
    ['release nothing', receivable, { action: 'release' }, 'CTL-NOTHING-HELD'],
    ['release the one there is', held(hold({})), { action: 'release' }, 'allowed'],
    ['release a dispute without an answer', held(disputed), { action: 'release' }, 'CTL-OUTCOME-MISSING'],
    ['reject a dispute', held(disputed), { action: 'release', outcome: 'rejected' }, 'allowed'],
    ['reject what is no dispute', held(hold({})), { action: 'release', outcome: 'rejected' }, 'CTL-NOTHING-HELD'],
    ['one of two kinds, unnamed', held(disputed, hold({})), { action: 'release' }, 'CTL-WHICH-HOLD'],
    ['one of two kinds, named', held(disputed, hold({})), { action: 'release', kind: 'block' }, 'allowed'],
    ['release what ended by itself', held(deferment('2026-10-19')), { action: 'release' }, 'CTL-NOTHING-HELD'],
  ])('%s', (_title, given, act, expected) => {
    const verdict = checkClaimAct(given, { invoice: 'F-1', act, reason: 'prov' }, TODAY, { maxDeferments: 2 });
    expect(verdict.kind === 'refused' ? verdict.finding.code : verdict.kind).toBe(expected);
  });

  test('a settled claim’s hold can still be released', () => {
    const given = { ...settled, holds: [hold({})] };
    const verdict = checkClaimAct(given, { invoice: 'F-1', act: { action: 'release' }, reason: 'prov' }, TODAY, {
      maxDeferments: 2,
    });
    expect(verdict.kind).toBe('allowed');
  });
});
