import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decimal } from '#engine/decimal.ts';
import { claimPostings, contraAccounts, lossPostings, bookOf } from '#engine/ledger.ts';
import { planPurchase, purchaseAmounts } from '#engine/settlement/plan-settlement.ts';
import { paperInvoice } from '../rules/sample-invoice.ts';

const terms = { pricePercent: decimal('96'), recourse: false };

describe('§10.4, last row: 1,000.00 bought for 960.00', () => {
  test('the bureau’s fee is 32.00 and 8.00 VAT', () => {
    expect(purchaseAmounts(100_000n, terms, decimal('25'))).toEqual({
      nominal: 100_000n,
      price: 96_000n,
      fee: 3_200n,
      vat: 800n,
    });
  });

  test('nominal = price + fee + VAT, whatever the amounts and terms, and a credit note is its mirror', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 1, max: 10_000 }), (nominal, hundredths) => {
        const bought = {
          pricePercent: decimal(`${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`),
          recourse: true,
        };
        const { price, fee, vat } = purchaseAmounts(nominal, bought, decimal('25'));
        expect(price + fee + vat).toBe(nominal);
        expect(purchaseAmounts(-nominal, bought, decimal('25'))).toEqual({
          nominal: -nominal,
          price: -price,
          fee: -fee,
          vat: -vat,
        });
      }),
    );
  });
});

test('a purchase balances in both books, and of a credit note the client owes the price', () => {
  for (const kind of ['invoice', 'creditNote'] as const) {
    const postings = planPurchase({ ...paperInvoice, kind }, terms, decimal('25'))?.postings ?? [];
    for (const book of ['client', 'bureau'] as const)
      expect(postings.filter(({ account }) => bookOf(account) === book).reduce((sum, { amount }) => sum + amount, 0n)).toBe(0n);
    expect(postings.some(({ account }) => account === 'clientLiability')).toBe(kind === 'invoice');
    expect(postings.some(({ account }) => account === 'clientDeficit')).toBe(kind === 'creditNote');
  }
});

test.each([
  ['service', ['receivable:reminderFee 6000', 'income:reminderFee -6000']],
  ['purchase', ['receivable:reminderFee 6000', 'soldReceivables -6000', 'purchasedReceivables 6000', 'purchaseIncome -6000']],
] as const)('a reminder fee of product %s', (product, expected) => {
  const postings = claimPostings(product, { component: 'reminderFee', amount: 6_000n, currency: 'SEK', receivable: 7n });
  expect(postings.map(({ account, amount }) => `${account} ${amount}`)).toEqual(expected);
});

test.each([
  ['the client’s', { product: 'service' }, ['loss 500']],
  [
    'the bureau’s',
    { product: 'purchase', purchase: terms },
    ['soldReceivables 500', 'purchasedReceivables -500', 'purchaseIncome 500'],
  ],
  [
    'the client’s again, by recourse',
    { product: 'purchase', purchase: { ...terms, recourse: true } },
    ['soldReceivables 500', 'purchasedReceivables -500', 'loss 500', 'withBureau -500', 'clientDeficit 500'],
  ],
] as const)('a loss is %s', (_whose, agreement, expected) => {
  expect(lossPostings(agreement, 500n, 'SEK').map(({ account, amount }) => `${account} ${amount}`)).toEqual(expected);
});

test('documents that are only distributed have no other side', () => {
  expect(() => contraAccounts('distribute-only')).toThrow('no ledger');
  expect(contraAccounts('service')).toEqual({
    money: 'clientFunds',
    received: 'clientLiability',
    receivedOfClient: 'withBureau',
  });
  expect(contraAccounts('purchase')).toEqual({
    money: 'ownBank',
    received: 'purchasedReceivables',
    receivedOfClient: 'soldReceivables',
  });
});
