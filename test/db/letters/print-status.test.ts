import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isoDate } from '#engine/iso-date.ts';
import { makePrintStatus, type PrintAnswer } from '#jobs/demo/files/print-status.ts';
import { openInnerHouse, type InnerHouse, type TakenIn } from '../../house/inner-house.ts';
import { trialCsv } from '../../house/trial-csv.ts';

/** Three letters of one job, released on 21 November 2026. */
let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse({ printing: true });
  const postcodes = ['100 10', '100 20', '100 30'];
  await inner.takeIn(
    'provet',
    'three.csv',
    trialCsv(...postcodes.map((Postcode, at) => ({ Number: `L-${at + 1}`, Debtor: `D${at + 1}`, Postcode }))),
  );
  inner.setClock(new Date('2026-11-25T09:00:00Z'));
});
afterAll(() => inner.close());

let files = 0;
const report = (content: string): Promise<TakenIn> => inner.takeIn('print-house', `status-${(files += 1)}.csv`, content);
const rowsOf = (...rows: readonly string[]): string => ['job;piece;status;date', ...rows, `END;${rows.length}`, ''].join('\n');

const letters = (): Promise<readonly unknown[]> =>
  inner.rows('select d.piece, d.dispatched_on as dispatched, d.returned_on as returned from document d order by d.piece');
const answer = (given: PrintAnswer): Promise<string> =>
  makePrintStatus(join(inner.house.home, 'outbox', 'print', 'J0001.zip'), given);

test('what the print house confirms is the day of dispatch; a spoiled piece waits for its reprint', async () => {
  const on = isoDate('2026-11-23');
  const spoiled = [{ status: 'spoiled', on }] as const;
  const { file, receipt } = await report(await answer({ on, events: (piece) => (piece === 2 ? spoiled : undefined) }));
  expect(file.state).toBe('booked');
  expect(receipt.findings).toEqual([]);
  expect(await letters()).toEqual([
    { piece: 1, dispatched: '2026-11-23', returned: null },
    { piece: 2, dispatched: null, returned: null },
    { piece: 3, dispatched: '2026-11-23', returned: null },
  ]);
  await report(rowsOf('J0001;2;reprinted;2026-11-24', 'J0001;2;dispatched;2026-11-24', 'J0001;3;returned;2026-11-25'));
  expect(await letters()).toEqual([
    { piece: 1, dispatched: '2026-11-23', returned: null },
    { piece: 2, dispatched: '2026-11-24', returned: null },
    { piece: 3, dispatched: '2026-11-23', returned: '2026-11-25' },
  ]);
  expect(await inner.violations()).toEqual([]);
});

test('rows that do not fit what was sent are found and left aside, the others count (XO7)', async () => {
  const before = await letters();
  const { file, receipt } = await report(
    rowsOf(
      'J0001;1;dispatched;2026-11-24',
      'J0009;1;dispatched;2026-11-24',
      'J0001;4;dispatched;2026-11-24',
      'J0001;1;returned;2026-11-20',
      'J0001;1;returned;2026-11-26',
      'J0001;one;returned;2026-11-24',
      'J0001;2;returned;2026-11-25',
      'J0001;2;returned;2026-11-25',
    ),
  );
  expect(file.state).toBe('booked');
  expect(receipt.findings.map(({ line, code }) => [line, code])).toEqual([
    [2, 'PRINT-AGAIN'],
    [3, 'PRINT-UNKNOWN-JOB'],
    [4, 'PRINT-UNKNOWN-PIECE'],
    [5, 'PRINT-BEFORE-RELEASE'],
    [6, 'PRINT-AFTER-TODAY'],
    [7, 'PRINT-ROW'],
    [9, 'PRINT-AGAIN'],
  ]);
  expect(await letters()).toEqual([before[0], { piece: 2, dispatched: '2026-11-24', returned: '2026-11-25' }, before[2]]);
});

test('a file that is cut short, miscounted or without headings counts for nothing', async () => {
  const before = await letters();
  const whole = rowsOf('J0001;1;returned;2026-11-25');
  for (const [content, code] of [
    [whole.slice(0, whole.indexOf('END')), 'PRINT-NO-CLOSING-ROW'],
    [whole.replace('END;1', 'END;2'), 'PRINT-CLOSING-COUNT'],
    [whole.replace('job;piece', 'piece;job'), 'PRINT-HEADINGS'],
  ] as const) {
    const { file, receipt } = await report(content);
    expect([file.state, receipt.findings.map((found) => found.code)]).toEqual(['rejected', [code]]);
  }
  expect(await letters()).toEqual(before);
});

test('the same file twice changes nothing', async () => {
  const content = rowsOf('J0001;1;returned;2026-11-25');
  await report(content);
  const before = await letters();
  const { file } = await report(content);
  expect(file.state).toBe('duplicate');
  expect(await letters()).toEqual(before);
});
