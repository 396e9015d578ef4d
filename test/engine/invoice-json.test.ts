import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromJson, toJson } from '#engine/invoice-json.ts';

/** Any value of the shape that the naming rule of invoice.ts allows: amounts only under names of amounts, nothing else there. */
const amount = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n });
const name = fc.string({ minLength: 1 }).filter((key) => key !== '__proto__' && key !== 'amount' && !key.endsWith('Amount'));
const { tree } = fc.letrec<{ tree: unknown; leaf: unknown; object: unknown; list: unknown }>((tie) => ({
  leaf: fc.oneof(fc.string(), fc.boolean(), fc.integer()),
  object: fc
    .tuple(fc.dictionary(name, tie('tree'), { maxKeys: 4, noNullPrototype: true }), fc.option(amount), fc.option(amount))
    .map(([rest, own, net]) => ({
      ...rest,
      ...(own === null ? {} : { amount: own }),
      ...(net === null ? {} : { netAmount: net }),
    })),
  list: fc.array(tie('tree'), { maxLength: 4 }),
  tree: fc.oneof({ depthSize: 'small' }, tie('leaf'), tie('object'), tie('list')),
}));

describe('the JSON form', () => {
  it('writes amounts as decimal text and nothing else differently', () => {
    const invoice = { number: '1009', quantity: '2', totals: { payableAmount: 125000n }, lines: [{ netAmount: -5n }] };
    expect(toJson(invoice)).toBe(
      '{"number":"1009","quantity":"2","totals":{"payableAmount":"1250.00"},"lines":[{"netAmount":"-0.05"}]}',
    );
    expect(fromJson(toJson(invoice))).toEqual(invoice);
  });

  it('leaves texts that look like amounts alone', () => {
    expect(fromJson('{"number":"1250.00","reference":"12351"}')).toEqual({ number: '1250.00', reference: '12351' });
  });

  it.each(['{"amount":"12,50"}', '{"netAmount":""}', '{"netAmount":"1.005"}'])('refuses %s', (text) => {
    expect(() => fromJson(text)).toThrow(TypeError);
  });

  it('refuses what is no JSON', () => expect(() => fromJson('{')).toThrow(SyntaxError));

  it('turns back whatever follows the naming rule', () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(fromJson(toJson(value))).toEqual(value);
      }),
    );
  });
});
