import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { appropriate, type OpenClaim } from '#engine/claims/appropriation.ts';
import { extraComponents, type Component } from '#engine/amounts.ts';
import { formatAmount, parseAmount, sum } from '#engine/money.ts';

const components: readonly Component[] = ['principal', ...extraComponents];

/** `A principal 100.00 interest 5.00` */
function claimOf(text: string): OpenClaim {
  const [claim = '', ...words] = text.split(' ');
  const parts = Array.from({ length: words.length / 2 }, (_, index) => ({
    component: words[2 * index] as Component,
    amount: parseAmount(words[2 * index + 1]!)!,
  }));
  return { claim, parts };
}

const order: readonly Component[] = sweden.appropriationOrder.consumer;
/** Order of Finnish consumer claims: the creditor's claim before collection costs. */
const costsLast: readonly Component[] = ['interest', 'principal', 'reminderFee', 'collectionFee', 'compensation'];

function pay(amount: string, claims: readonly string[], by = order): string {
  const { shares, restAmount } = appropriate(parseAmount(amount)!, claims.map(claimOf), by);
  const told = shares.map((share) => `${share.claim} ${share.component} ${formatAmount(share.amount)}`);
  return [...told, `rest ${formatAmount(restAmount)}`].join(', ');
}

describe('a payment covers', () => {
  test.each([
    // Vectors 8 and 9 of reference/collection-rules.md §7.2.
    [
      '4000.00',
      ['A principal 10000.00 interest 82.19 reminderFee 60.00'],
      order,
      'A reminderFee 60.00, A interest 82.19, A principal 3857.81, rest 0.00',
    ],
    [
      '400.00',
      ['A principal 1000.00 interest 7.81 reminderFee 5.00'],
      costsLast,
      'A interest 7.81, A principal 392.19, rest 0.00',
    ],
    // All costs first, then interest, then principal, of one claim before the next.
    [
      '700.00',
      ['old principal 100.00 compensation 450.00', 'new principal 500.00 interest 1.00 reminderFee 60.00 collectionFee 180.00'],
      order,
      'old compensation 450.00, old principal 100.00, new reminderFee 60.00, new collectionFee 90.00, rest 0.00',
    ],
    // The debtor's word: the newer claim was named, so it stands first.
    ['100.00', ['new principal 100.00', 'old principal 100.00'], order, 'new principal 100.00, rest 0.00'],
    ['150.00', ['A principal 100.00'], order, 'A principal 100.00, rest 50.00'],
    ['0.00', ['A principal 100.00'], order, 'rest 0.00'],
    ['10.00', [], order, 'rest 10.00'],
    ['10.00', ['A principal 0.00', 'B principal 4.00 principal 3.00'], order, 'B principal 7.00, rest 3.00'],
  ] as const)('%s of %s', (amount, claims, by, expected) => expect(pay(amount, claims, by)).toBe(expected));

  test.each([
    ['a negative payment', -1n, [], order],
    ['a negative part', 1n, [claimOf('A principal -5.00')], order],
    ['a component outside the order', 1n, [claimOf('A compensation 5.00')], ['principal'] as const],
  ] as const)('nothing, and throws: %s', (_name, amount, claims, by) =>
    expect(() => appropriate(amount, claims, by)).toThrow(RangeError),
  );
});

describe('always', () => {
  const part = fc.record({ component: fc.constantFrom(...components), amount: fc.bigInt({ min: 0n, max: 1_000_000n }) });
  const claims = fc
    .array(fc.array(part, { maxLength: 6 }), { maxLength: 6 })
    .map((lists) => lists.map((parts, index) => ({ claim: `c${index}`, parts })));
  const orders = fc.shuffledSubarray([...components], { minLength: components.length });
  const openOf = (claim: OpenClaim, component: Component): bigint =>
    sum(claim.parts.filter((item) => item.component === component).map((item) => item.amount));

  test('what came in is what was allocated and what is left, and nothing is paid twice', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 20_000_000n }), claims, orders, (amount, open, by) => {
        const { shares, restAmount } = appropriate(amount, open, by);
        expect(sum(shares.map((share) => share.amount)) + restAmount).toBe(amount);
        expect(restAmount).toBeGreaterThanOrEqual(0n);
        for (const share of shares) {
          expect(share.amount).toBeGreaterThan(0n);
          expect(share.amount).toBeLessThanOrEqual(
            openOf(
              open.find(({ claim }) => claim === share.claim)!,
              share.component,
            ),
          );
        }
        expect(new Set(shares.map((share) => `${share.claim} ${share.component}`)).size).toBe(shares.length);
        // Money is left only if everything is paid.
        if (restAmount > 0n) {
          const owed = sum(open.flatMap(({ parts }) => parts.map((item) => item.amount)));
          expect(amount - restAmount).toBe(owed);
        }
      }),
    );
  });

  test('paying in two parts covers what paying at once covers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 5_000_000n }), fc.bigInt({ min: 0n, max: 5_000_000n }), claims, (a, b, open) => {
        const first = appropriate(a, open, order);
        const left = open.map((claim) => ({
          claim: claim.claim,
          parts: components.map((component) => ({
            component,
            amount:
              openOf(claim, component) -
              sum(first.shares.filter((s) => s.claim === claim.claim && s.component === component).map((s) => s.amount)),
          })),
        }));
        const second = appropriate(b + first.restAmount, left, order);
        const once = appropriate(a + b, open, order);
        const totals = (shares: typeof once.shares) => {
          const map = new Map<string, bigint>();
          for (const s of shares) map.set(`${s.claim} ${s.component}`, (map.get(`${s.claim} ${s.component}`) ?? 0n) + s.amount);
          return [...map].sort(([x], [y]) => (x < y ? -1 : 1));
        };
        expect(totals([...first.shares, ...second.shares])).toEqual(totals(once.shares));
        expect(second.restAmount).toBe(once.restAmount);
      }),
    );
  });
});
