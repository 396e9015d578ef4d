import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { at, datedTable, findRow, rowAt } from '#engine/dated-table.ts';
import { addDays, isoDate } from '#engine/iso-date.ts';

const row = (from: string, to: string | undefined, value: string) => ({
  from: isoDate(from),
  ...(to === undefined ? {} : { to: isoDate(to) }),
  value,
  source: 'a law',
  confidence: 'V' as const,
});

const table = datedTable('rate', [
  row('2020-01-01', undefined, 'first'),
  row('2022-07-01', '2022-12-31', 'second'),
  row('2024-01-01', '2024-12-31', 'third'),
]);

describe('at', () => {
  it.each([
    ['2020-01-01', 'first'],
    ['2022-06-30', 'first'],
    ['2022-07-01', 'second'],
    ['2022-12-31', 'second'],
    ['2024-01-01', 'third'],
    ['2024-12-31', 'third'],
  ])('%s is %s', (date, value) => {
    expect(at(table, isoDate(date))).toBe(value);
    expect(rowAt(table, isoDate(date)).value).toBe(value);
  });

  it.each([
    ['2019-12-31', 'before the first row'],
    ['2023-01-01', 'in a gap'],
    ['2023-12-31', 'in a gap'],
    ['2025-01-01', 'after a closed last row'],
  ])('%s is refused: %s', (date) => {
    expect(() => at(table, isoDate(date))).toThrow(`rate: no row for ${date}`);
    expect(findRow(table, isoDate(date))).toBeUndefined();
  });

  it('is the row of the latest start for any date of an open table', () => {
    const starts = fc.uniqueArray(fc.nat(5000), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(starts, fc.nat(8000), (offsets, day) => {
        const zero = isoDate('2000-01-01');
        const sorted = offsets.toSorted((a, b) => a - b);
        const open = datedTable(
          'open',
          sorted.map((offset) => row(addDays(zero, offset), undefined, String(offset))),
        );
        fc.pre(day >= sorted[0]!);
        expect(at(open, addDays(zero, day))).toBe(String(sorted.findLast((offset) => offset <= day)));
      }),
    );
  });
});

describe('datedTable', () => {
  it.each([
    ['out of order', [row('2021-01-01', undefined, 'a'), row('2020-01-01', undefined, 'b')]],
    ['twice the same day', [row('2021-01-01', undefined, 'a'), row('2021-01-01', undefined, 'b')]],
    ['overlapping', [row('2020-01-01', '2021-01-01', 'a'), row('2021-01-01', undefined, 'b')]],
    ['ending before it begins', [row('2020-01-01', '2019-01-01', 'a')]],
  ])('refuses rows %s when it is loaded', (_, rows) => {
    expect(() => datedTable('rate', rows)).toThrow(/rate: row from .* is out of order/);
  });
});
