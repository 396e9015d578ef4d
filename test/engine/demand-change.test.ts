import { describe, expect, test } from 'vitest';
import { demandChange, type ClaimState } from '#engine/claims/demand.ts';

/** 1 250,00 with 4,79 interest and 60,00 fee, as printed and as owed. */
const amounts = { principal: 125_000n, interest: 479n, reminderFee: 6_000n, collectionFee: 0n, compensation: 0n };
const claim = (changes: Partial<ClaimState> = {}): ClaimState => ({
  invoiceNumber: '17',
  receivable: 1n,
  printed: amounts,
  open: amounts,
  disputedAmount: 0n,
  feesDisputed: false,
  stepTaken: true,
  ...changes,
});

describe('a demand before its release', () => {
  test.each<[string, readonly ClaimState[], string | null]>([
    ['unchanged', [claim()], null],
    [
      'one of two paid',
      [claim(), claim({ invoiceNumber: '18', open: { ...amounts, principal: 0n, interest: 0n, reminderFee: 0n } })],
      'settled',
    ],
    ['part paid', [claim({ open: { ...amounts, principal: 25_000n } })], 'changed'],
    ['one öre of interest waived', [claim({ open: { ...amounts, interest: 478n } })], 'changed'],
    ['deferred', [claim({ held: 'deferment' })], 'held'],
    ['disputed in part afterwards', [claim({ disputedAmount: 25_000n })], 'changed'],
    [
      'disputed in part before, and demanded without it',
      [claim({ printed: { ...amounts, principal: 100_000n }, disputedAmount: 25_000n })],
      null,
    ],
    ['its fee disputed afterwards', [claim({ feesDisputed: true })], 'changed'],
    [
      'its fee disputed before, and demanded without it',
      [claim({ printed: { ...amounts, reminderFee: 0n }, feesDisputed: true })],
      null,
    ],
    ['its step withdrawn', [claim({ stepTaken: false })], 'step-withdrawn'],
    ['of an invoice nobody knows', [{ ...claim(), receivable: undefined } as unknown as ClaimState], 'unknown'],
    ['without claims', [], 'unknown'],
  ])('%s', (_name, claims, reason) => expect(demandChange(claims)?.reason ?? null).toBe(reason));
});
