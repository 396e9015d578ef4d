import { expect, it } from 'vitest';
import { readAgreementJson } from '#engine/agreement-json.ts';
import { toJson } from '#engine/invoice-json.ts';
import { loadConfig } from '#config/load-config.ts';

const committed = new URL('../../config', import.meta.url).pathname;

it('turns back every committed agreement, also one whose CSV columns have names like amounts', async () => {
  const { config } = await loadConfig(committed);
  const agreements = [...config!.clients.values()].flatMap((client) => client.agreements);
  expect(agreements.some(({ input }) => toJson(input).includes('"statedPayableAmount":"'))).toBe(true);
  for (const agreement of agreements) expect(readAgreementJson(toJson(agreement))).toEqual(agreement);
});

it.each([
  '{"terms":{},"fees":{"letterAmount":"9.50"}}',
  '{"terms":{"reminderFeeAmount":60},"fees":{"letterAmount":"1.00","einvoiceAmount":"1.00"}}',
])('refuses %s', (text) => {
  expect(() => readAgreementJson(text)).toThrow(/no amount in a stored agreement/);
});
