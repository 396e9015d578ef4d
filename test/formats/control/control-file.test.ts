import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readControlFile,
  controlColumns,
  type ControlItem,
  writeControlFile,
  type ControlCells,
} from '#formats/control/control-file.ts';
import { chunksOf } from '../chunks.ts';

async function read(content: string | Uint8Array): Promise<readonly ControlItem[]> {
  const items: ControlItem[] = [];
  for await (const item of readControlFile(chunksOf(Buffer.from(content)))) items.push(item);
  return items;
}

const fileOf = (...rows: readonly string[]): string => [controlColumns.join(';'), ...rows, `END;${rows.length}`, ''].join('\r\n');

describe('what a row orders', () => {
  test.each([
    ['1;defer;2026-12-31;;prov', { action: 'defer', until: '2026-12-31', interestRuns: true }],
    ['1;defer-without-interest;2026-12-31;;prov', { action: 'defer', until: '2026-12-31', interestRuns: false }],
    ['1;promise;2026-12-31;;prov', { action: 'promise', until: '2026-12-31' }],
    ['1;dispute;;;PRICE: dyrt', { action: 'dispute', category: 'PRICE' }],
    ['1;dispute;;400,5;price', { action: 'dispute', category: 'PRICE', amount: 40_050n }],
    ['1;hold;;;Bankrupt: konkurs 1 nov', { action: 'hold', cause: 'bankrupt' }],
    ['1;release;;;rejected: rätt pris', { action: 'release', outcome: 'rejected' }],
    ['1;release;;;promise', { action: 'release', kind: 'promise' }],
    ['1;credit;;400.00;prov', { action: 'credit', amount: 40_000n }],
    ['1;credit;;;prov', { action: 'credit' }],
    ['1;write-off;;;prov', { action: 'write-off' }],
    ['1;paid-to-client;2026-11-20;1250,00;prov', { action: 'paid-to-client', date: '2026-11-20', amount: 125_000n }],
    [' 1 ; credit ;; 400,00 ;"två ""ord""; och semikolon"', { action: 'credit', amount: 40_000n }],
  ])('%s', async (row, act) => {
    expect(await read(fileOf(row))).toMatchObject([{ kind: 'order', line: 2, order: { invoice: '1', act } }]);
  });
});

describe('what is wrong with a row, and where', () => {
  test.each([
    [';hold;;;minor', [['CTL-INVOICE-MISSING', 1]]],
    ['1;delete;;;prov', [['CTL-ACTION', 2]]],
    ['1;defer;;;prov', [['CTL-DATE-MISSING', 3]]],
    ['1;defer;2027-02-29;;prov', [['CTL-DATE', 3]]],
    ['1;defer;27-02-10;;prov', [['CTL-DATE', 3]]],
    ['1;defer;2026-12-31;100;prov', [['CTL-NOT-USED', 4]]],
    ['1;hold;2026-12-31;;minor', [['CTL-NOT-USED', 3]]],
    ['1;paid-to-client;2026-11-20;;prov', [['CTL-AMOUNT-MISSING', 4]]],
    ['1;credit;;1 234,50;prov', [['CTL-AMOUNT', 4]]],
    ['1;credit;;1.234,50;prov', [['CTL-AMOUNT', 4]]],
    ['1;credit;;1e3;prov', [['CTL-AMOUNT', 4]]],
    ['1;credit;;-5;prov', [['CTL-AMOUNT', 4]]],
    ['1;credit;;0,00;prov', [['CTL-AMOUNT', 4]]],
    ['1;credit;;5,005;prov', [['CTL-AMOUNT', 4]]],
    ['1;credit;;5;', [['CTL-REASON-MISSING', 5]]],
    ['1;dispute;;;dyrt', [['CTL-REASON-WORD', 5]]],
    ['1;hold;;;credit-expected', [['CTL-REASON-WORD', 5]]],
    ['1;credit;;5;a;b', [['CTL-ROW-WIDTH', undefined]]],
    ['1;credit', [['CTL-ROW-WIDTH', undefined]]],
    [
      ';paid-to-client;x;y;',
      [
        ['CTL-INVOICE-MISSING', 1],
        ['CTL-REASON-MISSING', 5],
        ['CTL-DATE', 3],
        ['CTL-AMOUNT', 4],
      ],
    ],
  ])('%s', async (row, expected) => {
    const [item] = await read(fileOf(row));
    if (item?.kind !== 'refusal') throw new Error('the row was not refused');
    expect(item.findings.map((found) => [found.code, found.column])).toEqual(expected);
    expect(item.findings.every((found) => found.line === 2)).toBe(true);
  });
});

describe('a file', () => {
  test('without headings, or empty', async () => {
    expect(await read('1;hold;;;minor\r\nEND;1\r\n')).toMatchObject([{ kind: 'broken', finding: { code: 'CTL-HEADINGS' } }]);
    expect(await read('')).toMatchObject([{ kind: 'broken', finding: { code: 'CTL-HEADINGS' } }]);
  });

  test('from a spreadsheet: short rows filled with semicolons, line feeds, a byte order mark', async () => {
    const content = `\uFEFFinvoice;action;date;amount;reason;;\n1;hold;;;minor;;\nEND;1;;;;;\n`;
    expect(await read(content)).toMatchObject([{ kind: 'order', order: { invoice: '1' } }]);
  });

  test('that was written is read as it was meant', async () => {
    const text = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((one) => one.trim() === one && !/[\0\uFEFF\r]/.test(one) && one !== 'END');
    const row: fc.Arbitrary<ControlCells> = fc.record({
      invoice: text.filter((one) => !one.includes('\n')),
      action: fc.constant('credit'),
      date: fc.constant(''),
      amount: fc.bigInt({ min: 1n, max: 10n ** 12n }).map((minor) => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`),
      reason: text,
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 10 }), async (rows) => {
        const items = await read(writeControlFile(rows));
        expect(items.map((item) => item.kind === 'order' && [item.order.invoice, item.order.reason])).toEqual(
          rows.map((one) => [one.invoice, one.reason]),
        );
      }),
    );
  });

  test('of any bytes never throws, and nothing follows `broken`', async () => {
    const line = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('END;1', '1;hold;;;minor', controlColumns.join(';')));
    await fc.assert(
      fc.asyncProperty(fc.array(line, { maxLength: 8 }), fc.uint8Array({ maxLength: 8 }), async (lines, tail) => {
        const items = await read(Buffer.concat([Buffer.from(lines.join('\n')), tail]));
        expect(items.findIndex((item) => item.kind === 'broken')).toSatisfy((at: number) => at < 0 || at === items.length - 1);
      }),
    );
  });
});
