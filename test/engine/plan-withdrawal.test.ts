import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { claimPostings, contraAccounts, bookOf, componentAccount, type Posting } from '#engine/ledger.ts';
import { extraComponents, type Component } from '#engine/amounts.ts';
import { sum, type Minor } from '#engine/money.ts';
import { planWithdrawal } from '#engine/plan-postings.ts';

const RECEIVABLE = 7n;
const DEBTOR = 3n;

/** A claim of 60,00 reminder fee and 4,79 interest on one receivable. */
const claimed = [
  ...claimPostings('service', { component: 'reminderFee', amount: 6_000n, currency: 'SEK', receivable: RECEIVABLE }),
  ...claimPostings('service', { component: 'interest', amount: 479n, currency: 'SEK', receivable: RECEIVABLE }),
];

const nothing: Record<Component, Minor> = { principal: 0n, interest: 0n, reminderFee: 0n, collectionFee: 0n, compensation: 0n };

interface Case {
  readonly product?: 'service' | 'purchase';
  readonly claim?: readonly Posting[];
  readonly open: Partial<Record<Component, Minor>>;
  readonly held?: Minor;
}

function withdraw({ product = 'service', claim = claimed, open, held = 1_000_000n }: Case): readonly Posting[] {
  const transaction = planWithdrawal({
    documentId: 'd1',
    on: isoDate('2026-10-15'),
    debtor: DEBTOR,
    currency: 'SEK',
    claimed: claim,
    open: new Map([[RECEIVABLE, { ...nothing, ...open }]]),
    contra: contraAccounts(product),
    heldAmount: held,
  });
  return transaction?.postings ?? [];
}

const lines = (postings: readonly Posting[]): string[] =>
  postings.map(({ account, amount, receivable, debtor }) =>
    [account, amount, receivable === undefined ? '' : `receivable ${receivable}`, debtor === undefined ? '' : `debtor ${debtor}`]
      .join(' ')
      .trim(),
  );

describe('a demand that does not go out', () => {
  test('is taken back with the signs of its claim turned', () => {
    expect(lines(withdraw({ open: { principal: 125_000n, reminderFee: 6_000n, interest: 479n } }))).toEqual([
      'receivable:reminderFee -6000 receivable 7',
      'income:reminderFee 6000',
      'receivable:interest -479 receivable 7',
      'income:interest 479',
    ]);
  });

  test('what was paid on its fee is moved to what else is owed: costs before interest before principal', () => {
    // 100,00 came in and went to fee, interest and 35,21 of the principal; 1 214,79 are open.
    const postings = withdraw({ open: { principal: 121_479n } });
    expect(lines(postings).slice(4)).toEqual([
      'receivable:interest 479 receivable 7',
      'receivable:reminderFee 6000 receivable 7',
      'receivable -6479 receivable 7',
    ]);
  });

  test('what is paid and no longer owed for anything is the debtor’s credit', () => {
    const postings = withdraw({ open: {} });
    expect(lines(postings).slice(4)).toEqual([
      'receivable:interest 479 receivable 7',
      'receivable:reminderFee 6000 receivable 7',
      'withBureau -6479',
      'clientLiability 6479',
      'overpayment -6479  debtor 3',
    ]);
  });

  test('and where the client has got the money already, the client owes it', () => {
    expect(lines(withdraw({ open: {}, held: 479n })).slice(6)).toEqual([
      'withBureau -6479',
      'clientLiability 479',
      'clientDeficit 6000',
      'clientFunds 6000',
      'ownBank -6000',
      'overpayment -6479  debtor 3',
    ]);
  });

  test('a letter that claimed nothing leaves nothing to take back', () => {
    expect(withdraw({ claim: [], open: { principal: 125_000n } })).toEqual([]);
  });

  test('balances in both books and leaves no component below zero, whatever was paid', () => {
    const product = fc.constantFrom('service', 'purchase');
    const amount = fc.bigInt({ min: 0n, max: 100_000n });
    const amounts = fc.record({ interest: amount, reminderFee: amount, collectionFee: amount, compensation: amount });
    const paid = fc.record({
      principal: amount,
      interest: amount,
      reminderFee: amount,
      collectionFee: amount,
      compensation: amount,
    });
    fc.assert(
      fc.property(product, amounts, paid, fc.bigInt({ min: -1_000n, max: 300_000n }), (kind, claim, settled, held) => {
        const booked = extraComponents.flatMap((component) =>
          claim[component] === 0n
            ? []
            : claimPostings(kind, { component, amount: claim[component], currency: 'SEK', receivable: RECEIVABLE }),
        );
        const rest = (component: Component, owed: Minor): Minor => owed - (settled[component] < owed ? settled[component] : owed);
        const open = {
          principal: rest('principal', 50_000n),
          ...Object.fromEntries(extraComponents.map((component) => [component, rest(component, claim[component])])),
        };
        const postings = withdraw({ product: kind, claim: booked, open, held });
        for (const book of ['client', 'bureau'])
          expect(sum(postings.filter(({ account }) => bookOf(account) === book).map((posting) => posting.amount))).toBe(0n);
        for (const component of ['principal', ...extraComponents] as const) {
          const own = postings.filter(({ account }) => account === componentAccount(component));
          const before = (open as Record<Component, Minor>)[component];
          expect(before + sum(own.map((posting) => posting.amount)) >= 0n).toBe(true);
        }
      }),
    );
  });
});
