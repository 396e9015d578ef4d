import { expect, test } from 'vitest';
import { toJson } from '#engine/invoice-json.ts';

test('the JSON form writes amounts as decimal text and nothing else differently', () => {
  const invoice = { number: '1009', quantity: '2', totals: { payableAmount: 125000n }, lines: [{ netAmount: -5n }] };
  expect(toJson(invoice)).toBe(
    '{"number":"1009","quantity":"2","totals":{"payableAmount":"1250.00"},"lines":[{"netAmount":"-0.05"}]}',
  );
});
