import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inTransaction } from '#engine/store/database.ts';
import { loadFileByNumber } from '#engine/store/files.ts';
import { writeReceiptCsv, writeReceiptJson } from '#formats/receipt/receipt.ts';
import { advance, jobRunners } from '#jobs/pipeline/advance.ts';
import { receiptOf } from '#jobs/pipeline/write-receipt.ts';
import { openInnerHouse, takenIn, type InnerHouse } from '../house/inner-house.ts';
import { trialCsv } from '../house/trial-csv.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse();
});
afterAll(() => inner.close());

const never = new AbortController().signal;

describe('what was seen before (IF4, XU13, XU14, XT4, XC8, XC9)', () => {
  const content = trialCsv({ Number: 'S-1' }, { Number: 'S-2' });

  test.each([
    ['same.csv', 'again under the same name'],
    ['other.csv', 'again under another name'],
  ])('the same content as %s, %s, books nothing and refers to the first', async (name) => {
    const first = await inner.takeIn('provet', 'same.csv', content);
    const { file, receipt, postings } = await inner.takeIn('provet', name, content);
    expect(file).toMatchObject({ state: 'duplicate', counts: { duplicate: 2 } });
    expect(postings).toBe(0n);
    expect(receipt).toMatchObject({
      accepted: { count: 0 },
      duplicate: { count: 2, amount: '2500.00' },
      findings: [{ code: 'FILE-REPEATED', severity: 'warning' }],
    });
    expect(receipt.findings[0]?.message).toContain('same.csv');
    expect(file.number).toBeGreaterThan(first.file.number);
  });

  test('the same content twice before either was read: the second waits for the first, and its receipt has its counts', async () => {
    const twins = trialCsv({ Number: 'TW-1' }, { Number: 'TW-2' }, { Number: 'TW-3', Issued: 'soon' });
    const first = await inner.receive('provet', 'twin-1.csv', twins);
    const second = await inner.receive('provet', 'twin-2.csv', twins);
    await jobRunners(inner.house).receipt({ file: second.toString() }, never);
    expect(await inner.rows('select receipted from file where id = $1', [second])).toEqual([{ receipted: 0 }]);
    expect(await inner.settle(first)).toMatchObject({
      file: { state: 'booked' },
      receipt: { accepted: { count: 2 }, rejected: { count: 1 } },
    });
    expect(await takenIn(inner.house, second)).toMatchObject({
      file: { state: 'duplicate', duplicateOf: first },
      receipt: { accepted: { count: 0 }, duplicate: { count: 3, amount: '3750.00' } },
    });
  });

  test('the same content of another client is that client’s own', async () => {
    const { file, postings } = await inner.takeIn('provhus', 'same.csv', content);
    expect(file.state).toBe('booked');
    expect(postings).toBe(6n);
  });

  test('the same name with other content is a new file', async () => {
    const { file, receipt } = await inner.takeIn('provet', 'same.csv', trialCsv({ Number: 'S-3' }));
    expect(file).toMatchObject({ state: 'booked', duplicateOf: null });
    expect(receipt.accepted.count).toBe(1);
  });

  test('the same invoices in a file that differs by a byte are recognised one by one; only the new one is booked', async () => {
    const { file, receipt, postings } = await inner.takeIn(
      'provet',
      'more.csv',
      trialCsv({ Number: 'S-1' }, { Number: 'S-2' }, { Number: 'S-4' }),
    );
    expect(file.state).toBe('booked');
    expect(receipt).toMatchObject({
      accepted: { count: 1 },
      duplicate: { count: 2 },
      findings: [
        { code: 'INV-REPEATED', severity: 'warning', line: 2, document: 'S-1' },
        { code: 'INV-REPEATED', severity: 'warning', line: 3, document: 'S-2' },
      ],
    });
    expect(postings).toBe(3n);
  });

  test('a number that now says something else is refused', async () => {
    const { file, receipt, postings } = await inner.takeIn('provet', 'changed.csv', trialCsv({ Number: 'S-1', Item: 'Annat' }));
    expect(file.state).toBe('rejected');
    expect(receipt).toMatchObject({ rejected: { count: 1 }, findings: [{ code: 'INV-NUMBER-REUSED', line: 2, value: 'S-1' }] });
    expect(postings).toBe(0n);
  });

  test('the sender’s own reference is booked once: again in the file or in a later one it refuses its invoice', async () => {
    // 1234 5678 9 with check digit 7 (Luhn).
    const Reference = '1234567897';
    const first = await inner.takeIn('provet', 'ref-1.csv', trialCsv({ Number: 'R-1', Reference }, { Number: 'R-2', Reference }));
    expect(first.receipt).toMatchObject({
      accepted: { count: 1 },
      rejected: { count: 1 },
      findings: [{ code: 'INV-REFERENCE-REUSED', document: 'R-2', line: 3, value: Reference }],
    });
    const second = await inner.takeIn('provet', 'ref-2.csv', trialCsv({ Number: 'R-3', Reference }));
    expect(second).toMatchObject({ postings: 0n, file: { state: 'rejected' } });
    expect(
      await inner.rows(`select i.number from payment_reference r join invoice i on i.id = r.invoice_id where r.reference = $1`, [
        Reference,
      ]),
    ).toEqual([{ number: 'R-1' }]);
  });

  test.each([
    ['1234567890', 'INV-REFERENCE-WRONG'],
    ['12345678A7', 'INV-REFERENCE-WRONG'],
  ])('the reference %s, which no bank takes, refuses its invoice', async (reference, code) => {
    const { receipt, postings } = await inner.takeIn(
      'provet',
      `wrong-${reference}.csv`,
      trialCsv({ Number: `W-${reference}`, Reference: reference }),
    );
    expect(receipt.findings).toMatchObject([{ code, value: reference, line: 2 }]);
    expect(postings).toBe(0n);
  });
});

test('the same step twice at once happens once (XT1)', async () => {
  const { house } = inner;
  const { file } = await inner.takeIn('provet', 'once.csv', trialCsv({ Number: 'O-1' }, { Number: 'O-2' }, { Number: 'O-3' }));
  await Promise.all(Array.from({ length: 4 }, () => jobRunners(house).settle({ file: file.id.toString() }, never)));
  await Promise.all(Array.from({ length: 4 }, () => jobRunners(house).receipt({ file: file.id.toString() }, never)));
  await Promise.all([advance(house, never), advance(house, never)]);
  const again = await takenIn(house, file.id);
  expect(again).toMatchObject({ file: { settlement: 1 }, postings: 9n });
});

test('receipts come out the same to the byte whenever they are written (IF5)', async () => {
  const { house } = inner;
  const folder = join(house.home, 'outbox', 'clients', 'provet');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  expect(names.length).toBeGreaterThan(10);
  await inTransaction(house.database, async (tx) => {
    for (const name of names) {
      const file = await loadFileByNumber(tx, 'provet', Number.parseInt(name, 10));
      if (!file) throw new Error(`no file of ${name}`);
      const receipt = await receiptOf(house, tx, file);
      expect(writeReceiptJson(receipt)).toBe(await readFile(join(folder, name), 'utf8'));
      expect(writeReceiptCsv(receipt)).toBe(await readFile(join(folder, name.replace('.json', '.csv')), 'utf8'));
    }
  });
});

test('every invariant holds after all that', async () => {
  expect(await inner.violations()).toEqual([]);
});
