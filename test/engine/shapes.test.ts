import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ClaimOrder } from '#engine/claims/holds.ts';
import { toJson } from '#engine/invoice-json.ts';
import { isoDate } from '#engine/iso-date.ts';
import { amount, date, exactDecimal, list, object, oneOf, optional, readJson, text } from '#engine/shapes.ts';
import { claimOrderShape, demandShape, invoiceShape, readContentShape } from '#engine/stored-content.ts';
import { arbitraryInvoice } from '../formats/arbitrary-invoice.ts';

interface Parcel {
  readonly number: string;
  readonly price: bigint;
  readonly tips: readonly bigint[];
  readonly size: 'small' | 'large';
  readonly sent?: ReturnType<typeof isoDate>;
}
const parcel = object<Parcel>({
  number: text,
  price: amount,
  tips: list(amount),
  size: oneOf(['small', 'large']),
  sent: optional(date),
});
const whole = { number: '1250.00', price: '1250.00', tips: ['-0.05', '0.10'], size: 'large', sent: '2026-11-20' };

describe('a shape', () => {
  it('knows money by type: a text that looks like an amount stays a text, whatever the fields are called', () => {
    expect(readJson(parcel, JSON.stringify(whole))).toEqual({
      number: '1250.00',
      price: 125_000n,
      tips: [-5n, 10n],
      size: 'large',
      sent: isoDate('2026-11-20'),
    });
  });

  it('leaves an optional field out', () => {
    const { sent: _sent, ...rest } = whole;
    expect(parcel.read(rest)).not.toHaveProperty('sent');
  });

  it.each<readonly [title: string, value: unknown, message: string]>([
    ['no object', [], 'the content is not an object: []'],
    ['a field missing', { ...whole, number: undefined }, 'number is not a text: absent'],
    ['a field too many', { ...whole, weight: 3 }, 'weight is not a field of this shape: 3'],
    ['an optional field that is null', { ...whole, sent: null }, 'sent is not a date: null'],
    ['an amount as a number', { ...whole, price: 1250 }, 'price is not an amount: 1250'],
    ['half an öre', { ...whole, price: '1.005' }, 'price is not an amount: "1.005"'],
    ['a decimal comma', { ...whole, tips: ['1.00', '12,50'] }, 'tips[1] is not an amount: "12,50"'],
    ['a day that is none', { ...whole, sent: '2026-02-30' }, 'sent is not a date: "2026-02-30"'],
    ['another word', { ...whole, size: 'huge' }, 'size is not one of small, large: "huge"'],
    ['no list', { ...whole, tips: '1.00' }, 'tips is not a list: "1.00"'],
  ])('refuses %s and names the path', (_title, value, message) => expect(() => parcel.read(value)).toThrow(message));

  it('refuses what is no JSON', () => expect(() => readJson(parcel, '{')).toThrow(SyntaxError));

  it('cannot leave a field of its type out, add one, or know only some of its words', () => {
    const refusedByCompiler = [
      // @ts-expect-error `size` is missing
      object<Pick<Parcel, 'number' | 'size'>>({ number: text }),
      // @ts-expect-error `sent` may be absent
      object<Pick<Parcel, 'sent'>>({ sent: date }),
      // @ts-expect-error `number` may not
      object<Pick<Parcel, 'number'>>({ number: optional(text) }),
      // @ts-expect-error a field that the type has not
      object<Pick<Parcel, 'number'>>({ number: text, price: amount }),
      // @ts-expect-error money is no decimal
      object<Pick<Parcel, 'price'>>({ price: exactDecimal }),
      // @ts-expect-error `large` is forgotten
      object<Pick<Parcel, 'size'>>({ size: oneOf(['small']) }),
    ];
    expect(refusedByCompiler).toHaveLength(6);
  });
});

describe('stored content', () => {
  it('is the invoice that was stored', () => {
    fc.assert(
      fc.property(arbitraryInvoice, (invoice) => {
        expect(readJson(invoiceShape, toJson(invoice))).toEqual(invoice);
        expect(readJson(readContentShape, toJson({ invoice, directions: { mode: 'full' } }))).toEqual({
          invoice,
          directions: { mode: 'full' },
        });
      }),
      { numRuns: 200 },
    );
  });

  it.each<ClaimOrder['act']>([
    { action: 'defer', until: isoDate('2026-12-31'), interestRuns: false },
    { action: 'dispute', category: 'PRICE', amount: 400_00n },
    { action: 'hold', cause: 'deceased' },
    { action: 'promise', until: isoDate('2026-12-31') },
    { action: 'release', kind: 'dispute', outcome: 'rejected' },
    { action: 'credit', amount: 400_00n },
    { action: 'write-off' },
    { action: 'paid-to-client', date: isoDate('2026-11-20'), amount: 1_250_00n },
  ])('is the order that was stored: $action', (act) => {
    const order: ClaimOrder = { invoice: 'F-1001', act, reason: 'prov' };
    expect(readJson(claimOrderShape, toJson(order))).toEqual(order);
  });

  it('is refused with the path where it is of another shape', () => {
    const order = { invoice: 'F-1001', act: { action: 'credit', amount: '12,50' }, reason: 'prov' };
    expect(() => claimOrderShape.read(order)).toThrow('act.amount is not an amount: "12,50"');
    expect(() => claimOrderShape.read({ ...order, act: { action: 'forget' } })).toThrow('act.action is not one of defer, ');
    expect(() => demandShape.read({ kind: 'reminder' })).toThrow('number is not a text: absent');
  });
});
