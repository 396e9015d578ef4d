import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { isoDate } from '#engine/iso-date.ts';
import {
  ASSESSMENT_VERSION,
  assessCase,
  assessmentBlocks,
  legalValue,
  type AssessmentInputs,
  type ValuationTerms,
} from '#engine/claims/assessment.ts';
import { toJson } from '#engine/invoice-json.ts';
import { readByName } from '../../house/by-name.ts';

const terms = sweden.practice.valuation;
const inputs: AssessmentInputs = {
  on: isoDate('2026-11-22'),
  principalAmount: 500_000n,
  interestAmount: 10_000n,
  feesAmount: 24_000n,
  debtorClass: 'consumer',
  ageDays: 70,
  blocks: [],
  filingFrom: isoDate('2026-10-09'),
  otherDueClaims: 0,
  daysToLimitation: 900,
  leavesCountry: false,
  defaults: 0,
  answersOrEarns: false,
};
const outcome = (changes: Partial<AssessmentInputs>, changed: Partial<ValuationTerms> = {}) => {
  const { outcome: proposed, rule, because } = assessCase({ ...inputs, ...changes }, { ...terms, ...changed });
  return `${rule} ${proposed}: ${because}`;
};

describe('break-even of the legal route, Sweden (reference/collection-rules.md §15.1)', () => {
  const chance = { ...terms, paysPermille: { consumer: 300, business: 300, public: 300 }, contestedPermille: 0 };
  const court = { ...chance, advancedAmount: 30_000n, recoverableAmount: 68_000n };
  const enforcement = { ...chance, advancedAmount: 90_000n, recoverableAmount: 128_000n };
  const value = (principalAmount: bigint, given: ValuationTerms): bigint =>
    legalValue({ principalAmount, interestAmount: 0n, feesAmount: 0n, debtorClass: 'consumer', defaults: 0 }, given);

  test.each([
    ['the court alone at 320.00', 32_000n, court, 0n],
    ['an öre less loses', 31_999n, court, -300n],
    ['an öre more gains', 32_001n, court, 300n],
    ['with enforcement at 1 720.00', 172_000n, enforcement, 0n],
    // 0.30 × (1 000 + 680) − 300 = 204.00
    ['a claim of 1 000.00 at court', 100_000n, court, 20_400_000n],
    // 0.30 × (1 000 + 1 280) − 900 = −216.00
    ['the same with enforcement', 100_000n, enforcement, -21_600_000n],
    // A tenth is contested at a cost of 2 000.00: 204.00 − 200.00
    ['with contests', 100_000n, { ...court, contestedPermille: 100, contestedCostAmount: 200_000n }, 400_000n],
  ])('%s', (_name, principal, given, thousandths) => expect(value(principal, given)).toBe(thousandths));
});

describe('the first rule that matches decides', () => {
  test.each(assessmentBlocks)('1: %s is for a person', (block) =>
    expect(outcome({ blocks: [block] })).toBe(`1 manual: ${block}`),
  );

  test.each<readonly [Partial<AssessmentInputs>, string]>([
    [{ filingFrom: isoDate('2026-11-23') }, '1 manual: demand-term-not-passed'],
    [{ principalAmount: 0n }, '2 write-off: only fees and interest remain'],
    [{ principalAmount: 9_999n }, '2 write-off: the principal is below the limit'],
    [{ otherDueClaims: 1 }, '3 merge: other claims between the same parties are due'],
    [{ otherDueClaims: 1, principalAmount: 9_999n }, '2 write-off: the principal is below the limit'],
    [{ daysToLimitation: 179 }, '4 urgent: limitation is near'],
    [{ leavesCountry: true }, '4 urgent: the debtor leaves the country'],
    [{ leavesCountry: true, blocks: ['disputed'] }, '1 manual: disputed'],
    // 0.55 × (5 000 + 100 + 240 + 1 280) − 900 = 2 741.00; waiting: 0.25 × 5 100 = 1 275.00
    [{}, '6 legal: the legal route is worth more than waiting'],
    // 0.15 × 6 620 − 900 = 93.00
    [{ defaults: 3 }, '7 surveillance: it may be paid later'],
    [{ defaults: 2 }, '6 legal: the legal route is worth more than waiting'],
    [{ defaults: 3, answersOrEarns: true }, '7 plan-offer: the debtor answers or has an income'],
    // 0.55 × 2 119 − 900 = 265.45 and waiting 149.75, but below the least for the legal route
    [{ principalAmount: 49_900n }, '7 surveillance: it may be paid later'],
    [{ principalAmount: 50_000n }, '6 legal: the legal route is worth more than waiting'],
    [{ principalAmount: 99_900n, debtorClass: 'business' }, '7 surveillance: it may be paid later'],
    [{ principalAmount: 100_000n, debtorClass: 'business' }, '6 legal: the legal route is worth more than waiting'],
  ])('%o gives %s', (changes, expected) => expect(outcome(changes)).toBe(expected));

  test('no demand has left the house', () => {
    const { filingFrom: _from, ...rest } = inputs;
    expect(assessCase(rest, terms)).toMatchObject({ outcome: 'manual', because: 'demand-not-dispatched' });
  });

  test('a margin makes waiting worth more', () => {
    // 2 741.00 − 1 275.00 = 1 466.00
    expect(outcome({}, { marginAmount: 146_599n })).toContain('legal');
    expect(outcome({}, { marginAmount: 146_600n })).toContain('surveillance');
  });

  test('where nothing is expected of waiting, it is written off', () => {
    expect(outcome({ defaults: 3 }, { paysLate: [] })).toContain('6 legal');
    expect(outcome({ principalAmount: 40_000n }, { paysLate: [] })).toBe('7 write-off: nothing is expected of it');
  });
});

test('an assessment keeps everything it was made of, and survives being stored', () => {
  const assessment = assessCase(inputs, terms);
  expect(assessment).toEqual({
    outcome: 'legal',
    rule: 6,
    because: 'the legal route is worth more than waiting',
    inputs,
    terms,
    legalValueAmount: 274_100n,
    waitValueAmount: 127_500n,
    version: ASSESSMENT_VERSION,
  });
  expect(readByName(toJson(assessment))).toEqual(assessment);
});

test('age lowers what waiting is worth', () => {
  const wait = (ageDays: number) => assessCase({ ...inputs, ageDays }, terms).waitValueAmount;
  // 25 % and 8 % of 5 100.00
  expect([0, 60, 364, 365, 2000].map(wait)).toEqual([127_500n, 127_500n, 127_500n, 40_800n, 40_800n]);
});

test('the more is owed, the more the legal route is worth', () => {
  const amount = fc.bigInt({ min: 0n, max: 10_000_000n });
  fc.assert(
    fc.property(amount, amount, (a, b) => {
      const value = (principalAmount: bigint) => legalValue({ ...inputs, principalAmount }, terms);
      expect(value(a + b)).toBeGreaterThanOrEqual(value(a));
    }),
  );
});
