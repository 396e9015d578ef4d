import { afterEach, expect, test, vi } from 'vitest';
import { printJson } from '#jobs/cli/output.ts';

afterEach(() => vi.restoreAllMocks());

function printed(value: unknown): unknown {
  const print = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  printJson(value);
  return JSON.parse(String(print.mock.lastCall?.[0]));
}

test.each<[string, unknown, unknown]>([
  [
    'an amount, whatever its name',
    { amount: 12_550n, payable: 125_000n, rest: -1n },
    { amount: '125.50', payable: '1250.00', rest: '-0.01' },
  ],
  ['amounts by component', { open: { principal: 100n, interest: 5n } }, { open: { principal: '1.00', interest: '0.05' } }],
  ['amounts of several clients', { rows: [{ amounts: [1n, 200n] }] }, { rows: [{ amounts: ['0.01', '2.00'] }] }],
  [
    'numbers of rows and counts, which are text',
    [{ id: '17', payment: null, files: '3' }],
    [{ id: '17', payment: null, files: '3' }],
  ],
])('JSON tells %s', (_what, value, expected) => expect(printed(value)).toEqual(expected));
