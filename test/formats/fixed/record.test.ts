import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { chunksOf } from '../chunks.ts';
import { isoDate, type IsoDate } from '#engine/iso-date.ts';
import {
  absent,
  amount,
  code,
  constant,
  count,
  date,
  describeRecord,
  digits,
  filler,
  MAX_LINE_CHARACTERS,
  readRecords,
  record,
  text,
  writeRecord,
  type RecordItem,
  type RecordOf,
  type ValuesOf,
} from '#formats/fixed/record.ts';
import { decodeText } from '#formats/text/decode.ts';

/** A format of no bank: each kind of field, two records of one code, and a form of date in each. */
const opening = record({
  kind: 'opening',
  code: '01',
  title: 'Opening record',
  length: 40,
  fields: {
    layout: constant('TOY'),
    made: date('YYYYMMDD'),
    sender: digits(6),
    test: code(1, { T: 'test', P: 'live' }),
    rest: filler(20),
  },
});
const payment = record({
  kind: 'payment',
  code: '2',
  title: 'Payment',
  length: 40,
  fields: {
    type: constant('0'),
    amount: amount(12),
    reference: text(10, 'right'),
    paid: absent(date('YYMMDD'), '0'),
    name: text(8),
    rest: filler(2, '0'),
  },
});
const reversal = record({
  kind: 'reversal',
  code: '2',
  title: 'Reversal',
  length: 40,
  fields: { type: constant('1'), amount: amount(12), booked: date('DDMMYY'), card: absent(digits(4), ' '), rest: filler(16) },
});
const closing = record({
  kind: 'closing',
  code: '99',
  title: 'Closing record',
  length: 40,
  fields: { payments: count(8), rest: filler(30) },
});
const specs = [opening, payment, reversal, closing] as const;
type ToyRecord = RecordOf<(typeof specs)[number]>;

const opened = '01TOY20261201004711P                    ';
const paid = '20000000125000   A-1042261130Ekström 00';
const paidWhole = '20000000125000    A-1042261130Ekström 00';

async function read(
  content: string,
  encoding: 'utf-8' | 'iso-8859-1' = 'utf-8',
): Promise<readonly RecordItem<(typeof specs)[number]>[]> {
  const bytes = Buffer.from(content, encoding === 'utf-8' ? 'utf8' : 'latin1');
  return Array.fromAsync(readRecords(specs, decodeText(chunksOf(bytes), { encoding, maxBytes: 1_000_000 })));
}

const findingsOf = async (content: string) =>
  (await read(content)).flatMap((item) => (item.kind === 'wrong' ? item.findings : item.kind === 'broken' ? [item.finding] : []));

describe('a table that cannot be', () => {
  test('whose widths do not add up to the length', () => {
    expect(() => record({ kind: 'a', code: '1', title: 'A', length: 10, fields: { number: digits(8) } })).toThrow(
      'record a is 9 wide, not 10',
    );
  });

  test('with a field without width', () => {
    expect(() => record({ kind: 'a', code: '1', title: 'A', length: 1, fields: { number: digits(0) } })).toThrow(
      'field without width',
    );
  });

  test('with codes of another width, or two codes of one meaning', () => {
    expect(() => code(1, { '10': 'ten' })).toThrow('not 1 wide');
    expect(() => code(1, { '1': 'one', '2': 'one' })).toThrow('mean the same');
  });
});

describe('reading', () => {
  test('takes each record apart, in a union told apart by kind', async () => {
    const items = await read(
      `${opened}\r\n${paidWhole}\n21000000000999301126                    \n9900000002${' '.repeat(30)}\n`,
    );
    expect(items).toEqual([
      { kind: 'record', record: { kind: 'opening', line: 1, made: '2026-12-01', sender: '004711', test: 'live' } },
      {
        kind: 'record',
        record: { kind: 'payment', line: 2, amount: 125_000n, reference: 'A-1042', paid: '2026-11-30', name: 'Ekström' },
      },
      { kind: 'record', record: { kind: 'reversal', line: 3, amount: 999n, booked: '2026-11-30', card: null } },
      { kind: 'record', record: { kind: 'closing', line: 4, payments: 2 } },
      { kind: 'end', finalNewline: true, lastLine: 4 },
    ]);
  });

  test('decodes by the stated encoding only', async () => {
    const [item] = await read(`${paidWhole}\n`, 'iso-8859-1');
    expect(item).toMatchObject({ record: { name: 'Ekström' } });
    const bytes = Buffer.from(`${paidWhole}\n`, 'latin1');
    const wrong = await Array.fromAsync(readRecords(specs, decodeText(chunksOf(bytes), { encoding: 'utf-8', maxBytes: 1000 })));
    expect(wrong).toMatchObject([{ kind: 'broken', finding: { code: 'TEXT-NOT-UTF-8', line: 1 } }]);
  });

  test('the types follow the table', () => {
    expectTypeOf<ToyRecord['kind']>().toEqualTypeOf<'opening' | 'payment' | 'reversal' | 'closing'>();
    expectTypeOf<ValuesOf<typeof reversal>>().toEqualTypeOf<{
      readonly amount: bigint;
      readonly booked: IsoDate;
      readonly card: string | null;
    }>();
  });

  test('a line that is short, long or of no record; the next is read again', async () => {
    expect(await findingsOf(`${opened}\n${paid}\n2 oops\n${opened}x\n\n${opened}`)).toMatchObject([
      { code: 'FIXED-LENGTH', line: 2, column: 40, facts: { length: '39', expected: '40' } },
      { code: 'FIXED-RECORD', line: 3, column: 1, value: '2 oops' },
      { code: 'FIXED-LENGTH', line: 4, column: 41, facts: { length: '41', expected: '40' } },
      { code: 'FIXED-RECORD', line: 5, column: 1, value: '' },
    ]);
    expect((await read(opened)).at(-1)).toEqual({ kind: 'end', finalNewline: false, lastLine: 1 });
    expect(await read('')).toEqual([{ kind: 'end', finalNewline: true, lastLine: 0 }]);
  });

  test('every field that holds no such value, by its place', async () => {
    const line = '20 00000125000    A-1042261131Ekstr\u0007m 00';
    const facts = { record: 'Payment' };
    expect(await findingsOf(`${line}\n`)).toMatchObject([
      {
        code: 'FIXED-FIELD',
        line: 1,
        column: 3,
        field: 'amount',
        value: ' 00000125000',
        facts: { ...facts, form: 'N 12', last: '14' },
      },
      { code: 'FIXED-FIELD', line: 1, column: 25, field: 'paid', value: '261131', facts: { ...facts, form: 'YYMMDD, or zeros' } },
      { code: 'FIXED-FIELD', line: 1, column: 31, field: 'name', value: 'Ekstr\u0007m ', facts: { ...facts, form: 'AN 8' } },
    ]);
    expect(await findingsOf('01TOY20261301004711X                    \n')).toMatchObject([
      { column: 6, field: 'made', facts: { form: 'YYYYMMDD' } },
      { column: 20, field: 'test', value: 'X', facts: { form: 'T | P' } },
    ]);
  });

  test('an amount above what is accepted anywhere', async () => {
    const large = record({ kind: 'large', code: '1', title: 'Large', length: 21, fields: { amount: amount(20) } });
    const texts = decodeText(chunksOf(Buffer.from(`1${'9'.repeat(20)}\n`)), { encoding: 'utf-8', maxBytes: 100 });
    expect((await Array.fromAsync(readRecords([large], texts)))[0]).toMatchObject({
      findings: [{ code: 'FIXED-FIELD', column: 2 }],
    });
  });

  test('a file without line ends does not fill the memory', async () => {
    const items = await read('2'.repeat(MAX_LINE_CHARACTERS * 20));
    expect(items).toMatchObject([{ kind: 'broken', finding: { code: 'FIXED-LENGTH', line: 1, column: 41 } }]);
  });
});

describe('writing', () => {
  test('fills text with blanks and numbers with zeros', () => {
    expect(writeRecord(opening, { made: isoDate('2026-12-01'), sender: '004711', test: 'live' })).toBe(opened);
    const values = { amount: 125_000n, reference: 'A-1042', paid: isoDate('2026-11-30'), name: 'Ekström' };
    expect(writeRecord(payment, values)).toBe(paidWhole);
    expect(writeRecord(closing, { payments: 2 })).toBe(`9900000002${' '.repeat(30)}`);
  });

  const values: ValuesOf<typeof payment> = { amount: 1n, reference: 'A', paid: null, name: 'B' };
  test.each([
    ['amount', { amount: -1n }],
    ['amount', { amount: 10n ** 13n + 1n }],
    ['reference', { reference: 'longer than ten' }],
    ['reference', { reference: ' A' }],
    ['name', { name: 'A ' }],
    ['name', { name: 'A\nB' }],
    ['paid', { paid: isoDate('2090-01-01') }],
  ])('refuses the %s of %o, and names the field', (name, wrong) => {
    expect(() => writeRecord(payment, { ...values, ...wrong })).toThrow(
      new RegExp(`^payment\\.${name}: .* does not fit a field`, 's'),
    );
  });

  test('refuses digits and counts that do not fill or overfill', () => {
    expect(() => writeRecord(closing, { payments: 123_456_789 })).toThrow('closing.payments');
    expect(() => writeRecord(opening, { made: isoDate('2026-12-01'), sender: '4711', test: 'live' })).toThrow('opening.sender');
  });
});

describe('laws', () => {
  const days = fc.date({ min: new Date('1990-01-01'), max: new Date('2089-12-31'), noInvalidDate: true });
  const day = days.map((value) => isoDate(value.toISOString().slice(0, 10)));
  const words = (width: number) =>
    fc
      .string({ maxLength: width, unit: 'grapheme' })
      .filter((value) => value.length <= width && value.trim() === value && !/[\p{Cc}\u2028\u2029\ufeff]/u.test(value));
  const amounts = fc.bigInt({ min: 0n, max: 999_999_999_999n });
  const figures = (width: number) => fc.stringMatching(new RegExp(`^\\d{${width}}$`));
  const lines = fc.oneof(
    fc
      .record<ValuesOf<typeof opening>>({ made: day, sender: figures(6), test: fc.constantFrom('test', 'live') })
      .map((values) => ({ values: { kind: 'opening' as const, ...values }, line: writeRecord(opening, values) })),
    fc
      .record<ValuesOf<typeof payment>>({ amount: amounts, reference: words(10), paid: fc.option(day), name: words(8) })
      .map((values) => ({ values: { kind: 'payment' as const, ...values }, line: writeRecord(payment, values) })),
    fc
      .record<ValuesOf<typeof reversal>>({ amount: amounts, booked: day, card: fc.option(figures(4)) })
      .map((values) => ({ values: { kind: 'reversal' as const, ...values }, line: writeRecord(reversal, values) })),
    fc
      .record<ValuesOf<typeof closing>>({ payments: fc.nat({ max: 99_999_999 }) })
      .map((values) => ({ values: { kind: 'closing' as const, ...values }, line: writeRecord(closing, values) })),
  );

  test('read(write(v)) = v, write(read(line)) = line, and every line is as wide as its record', async () => {
    await fc.assert(
      fc.asyncProperty(lines, async ({ values, line }) => {
        expect(line).toHaveLength(40);
        const [item] = await read(`${line}\n`);
        expect(item).toEqual({ kind: 'record', record: { ...values, line: 1 } });
      }),
    );
  });

  test('no string crashes the reader, and none is lost: each line is a record or has findings', async () => {
    const content = fc.array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 60 }),
        lines.map(({ line }) => line),
      ),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(content, async (parts) => {
        const items = await read(parts.join('\n'));
        if (items.some((item) => item.kind === 'broken')) return;
        const seen = items.flatMap((item) =>
          item.kind === 'record' ? [item.record.line] : item.kind === 'wrong' ? [item.line] : [],
        );
        const end = items.at(-1);
        expect(end?.kind === 'end' && seen.length === end.lastLine).toBe(true);
        expect(items.every((item) => item.kind !== 'wrong' || item.findings.every((each) => each.line === item.line))).toBe(true);
      }),
    );
  });
});

test('describes itself as a page of the manual', () => {
  expect(describeRecord(opening)).toBe(`### Opening record, 40 characters

| Position | Field | Form |
|---|---|---|
| 1–2 | record code | 01 |
| 3–5 | layout | TOY |
| 6–13 | made | YYYYMMDD |
| 14–19 | sender | N 6 |
| 20–20 | test | T \\| P |
| 21–40 | rest | blank |
`);
});
