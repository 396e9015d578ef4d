import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { consumerTerms } from '../runs/run-house.ts';
import { openClaimHouse, type ClaimHouse } from './claim-house.ts';

let house: ClaimHouse;
let next = 0;
let invoice: string;
beforeAll(async () => {
  house = await openClaimHouse(consumerTerms);
});
afterAll(() => house.close());
beforeEach(async () => {
  next += 1;
  invoice = `C-${next}`;
  await house.invoices({ Number: invoice, Debtor: `C${next}` });
});

describe('an order in a client’s control file does what the command does', () => {
  test.each<readonly [string, (invoice: string) => string, string, string]>([
    ['defer', (number) => `${number};defer;2026-12-31;;Semester`, '1250.00', 'deferment 2026-12-31'],
    ['promise', (number) => `${number};promise;2026-12-31;;Ringde`, '1250.00', 'promise 2026-12-31'],
    ['dispute of all', (number) => `${number};dispute;;;NOT_ORDERED: aldrig beställt`, '1250.00', 'dispute NOT_ORDERED'],
    ['dispute of a part', (number) => `${number};dispute;;400,00;price: fel pris`, '1250.00', 'dispute PRICE 400.00'],
    ['hold', (number) => `${number};hold;;;deceased: enligt dotter`, '1250.00', 'block deceased'],
    ['credit of a part', (number) => `${number};credit;;400.00;Fel mätare`, '850.00', ''],
    ['credit of all', (number) => `${number};credit;;;Makulerad`, '0.00', ''],
    ['write-off', (number) => `${number};write-off;;250;Småbelopp`, '1000.00', ''],
    ['paid to the client', (number) => `${number};paid-to-client;2026-11-20;1250,00;Kontant`, '0.00', ''],
  ])('%s', async (title, row, open, hold) => {
    const { file, receipt } = await house.control(`control-${title.replaceAll(' ', '-')}.csv`, row(invoice));
    expect(receipt).toMatchObject({ accepted: { count: 1 }, rejected: { count: 0 }, findings: [] });
    expect(file.state).toBe('booked');
    expect(await house.total(invoice)).toBe(open);
    expect((await house.holds(invoice)).join()).toBe(hold);
  });

  test('the file and the row stand as who did it', async () => {
    const { file } = await house.control('styrfil-vem.csv', `${invoice};hold;;;minor: prov`);
    const [placed] = await house.inner.rows<{ placed_by: string; reason: string }>(
      'select placed_by, reason from hold order by id desc limit 1',
    );
    expect(placed).toEqual({ placed_by: `provet file ${file.number} row 1`, reason: 'minor: prov' });
  });

  test('several orders on one invoice are carried out one after another', async () => {
    const rows = [
      `${invoice};dispute;;;PRICE: prov`,
      `${invoice};release;;;rejected: stämmer`,
      `${invoice};defer;2026-12-31;;prov`,
    ];
    const { receipt } = await house.control('control-order.csv', ...rows);
    expect(receipt.accepted.count).toBe(3);
    expect(await house.holds(invoice)).toEqual(['dispute PRICE rejected', 'deferment 2026-12-31']);
  });

  test('two credits on one invoice are two credit notes', async () => {
    const { receipt } = await house.control(
      'control-credits.csv',
      `${invoice};credit;;100.00;ett`,
      `${invoice};credit;;200.00;två`,
    );
    expect(receipt.accepted.count).toBe(2);
    expect(await house.open(invoice)).toBe('950.00');
  });

  test('a row that cannot be carried out is refused by itself, with line, column and what to do', async () => {
    const { file, receipt } = await house.control(
      'control-part.csv',
      `NOBODY;hold;;;minor: prov`,
      `${invoice};hold;;;minor: prov`,
      `${invoice};defer;2026-11-01;;prov`,
    );
    expect(file.state).toBe('booked');
    expect(receipt).toMatchObject({ accepted: { count: 1 }, rejected: { count: 2 } });
    expect(receipt.findings).toMatchObject([
      {
        code: 'CTL-INVOICE-UNKNOWN',
        line: 2,
        column: 1,
        field: 'invoice',
        value: 'NOBODY',
        rule: 'F50',
        hint: expect.stringContaining('number') as string,
      },
      { code: 'CTL-DATE-PAST', line: 4, column: 3, field: 'date', value: '2026-11-01' },
    ]);
  });
});

describe('the same again', () => {
  test('the same file does nothing', async () => {
    const row = `${invoice};write-off;;50.00;prov`;
    await house.control('control-once.csv', row);
    const { file } = await house.control('control-again.csv', row);
    expect(file.state).toBe('duplicate');
    expect(await house.total(invoice)).toBe('1200.00');
  });

  test('a file with one more row does only that one, whatever the earlier rows order', async () => {
    const rows = [`${invoice};write-off;;50.00;prov`, `${invoice};promise;2026-12-31;;prov`];
    await house.control('control-two.csv', ...rows);
    const { receipt } = await house.control('control-three.csv', ...rows, `${invoice};write-off;;10.00;prov`);
    expect(receipt).toMatchObject({ accepted: { count: 1 }, duplicate: { count: 2 } });
    expect(receipt.findings.map((item) => [item.code, item.line])).toEqual([
      ['CTL-REPEATED', 2],
      ['CTL-REPEATED', 3],
    ]);
    expect(await house.total(invoice)).toBe('1190.00');
    expect(await house.holds(invoice)).toHaveLength(1);
  });

  test('the same row twice in one file counts once', async () => {
    const row = `${invoice};credit;;100.00;prov`;
    const { receipt } = await house.control('control-twice.csv', row, row);
    expect(receipt).toMatchObject({ accepted: { count: 1 }, duplicate: { count: 1 } });
    expect(await house.open(invoice)).toBe('1150.00');
  });
});

describe('damage is refused whole, and nothing is carried out', () => {
  const heading = 'invoice;action;date;amount;reason\r\n';
  test.each<readonly [string, (row: string) => string | Uint8Array, string]>([
    ['cut off before the closing row', (row) => `${heading}${row}\r\n`, 'CTL-NO-CLOSING-ROW'],
    ['a row lost', (row) => `${heading}${row}\r\nEND;2\r\n`, 'CTL-CLOSING-COUNT'],
    ['two files in one', (row) => `${heading}${row}\r\nEND;1\r\n${row}\r\n`, 'CTL-AFTER-CLOSING-ROW'],
    ['other headings', (row) => `invoice;action;amount;date;reason\r\n${row}\r\nEND;1\r\n`, 'CTL-HEADINGS'],
    ['an open quote', (row) => `${heading}"${row}\r\nEND;1\r\n`, 'CSV-QUOTE-OPEN'],
    ['another encoding', (row) => Buffer.from(`${heading}${row} på\r\nEND;1\r\n`, 'latin1'), 'TEXT-NOT-UTF-8'],
    ['UTF-16', (row) => Buffer.from(`${heading}${row}\r\nEND;1\r\n`, 'utf16le'), 'TEXT-UTF-16'],
    ['a NUL byte', (row) => `${heading}${row}\0\r\nEND;1\r\n`, 'TEXT-NUL'],
    ['nothing', () => `${heading}END;0\r\n`, 'CTL-NO-ROWS'],
  ])('%s', async (title, content, code) => {
    const name = `control-${title.replaceAll(' ', '-')}-${invoice}.csv`;
    const { file, receipt } = await house.inner.takeIn('provet', name, content(`${invoice};write-off;;50.00;prov`));
    expect(file.state).toBe('rejected');
    expect(receipt.findings.map((item) => item.code)).toEqual([code]);
    expect(receipt.accepted.count).toBe(0);
    expect(await house.total(invoice)).toBe('1250.00');
  });
});

test('every invariant holds after all that', async () => {
  expect(await house.inner.violations()).toEqual([]);
});
