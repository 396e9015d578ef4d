import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PieceItem } from '#engine/sockets/format.ts';
import { readPrintStatus } from '#formats/print-house/read-status.ts';
import { chunksOf } from '../chunks.ts';

async function read(text: string): Promise<readonly PieceItem[]> {
  const items: PieceItem[] = [];
  for await (const item of readPrintStatus(chunksOf(Buffer.from(text)))) items.push(item);
  return items;
}

const whole = 'job;piece;status;date\r\nJ0042;17;dispatched;2026-10-15\r\nJ12345;1;returned;2026-10-20\r\nEND;2\r\n';

describe('a print house’s status file', () => {
  test('is read row by row', async () => {
    expect(await read(whole)).toEqual([
      { kind: 'status', status: { line: 2, job: 'J0042', jobNumber: 42, piece: 17, status: 'dispatched', on: '2026-10-15' } },
      { kind: 'status', status: { line: 3, job: 'J12345', jobNumber: 12_345, piece: 1, status: 'returned', on: '2026-10-20' } },
    ]);
  });

  test.each([
    ['a job without its letter', '0042;17;dispatched;2026-10-15'],
    ['piece nought', 'J0042;0;dispatched;2026-10-15'],
    ['an unknown status', 'J0042;17;posted;2026-10-15'],
    ['a day that is none', 'J0042;17;dispatched;2026-02-30'],
    ['a cell too few', 'J0042;17;dispatched'],
    ['a cell too many', 'J0042;17;dispatched;2026-10-15;x'],
  ])('refuses a row with %s', async (_name, row) => {
    const items = await read(`job;piece;status;date\n${row}\nEND;1\n`);
    expect(items).toMatchObject([{ kind: 'refusal', finding: { code: 'PRINT-ROW', line: 2, value: row } }]);
  });

  test('cut anywhere, it says so and counts for nothing', async () => {
    for (let end = 1; end < whole.length - 2; end += 1) {
      const items = await read(whole.slice(0, end));
      // The last figure of the count may be the last character that matters.
      if (whole.slice(0, end).endsWith('END;2')) continue;
      expect(items.at(-1), whole.slice(0, end)).toMatchObject({ kind: 'broken' });
    }
  });

  test('any text gives findings and no exception', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        for (const form of [text, `job;piece;status;date\n${text}`]) expect(Array.isArray(await read(form))).toBe(true);
      }),
    );
  });
});
