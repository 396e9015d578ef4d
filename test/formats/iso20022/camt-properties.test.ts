import * as fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { camtText, detailsText, entryText, readItems, readWhole, reference } from './camt-text.ts';
import { chunksOf } from '../chunks.ts';
import { readPain002 } from '#formats/iso20022/read-pain002.ts';

const folder = new URL('../../../fixtures/iso20022/camt/', import.meta.url);
const files = readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder))] as const);
const small = readFileSync(new URL('camt054v08-no-kid.xml', folder));

test.each(files)('%s: one byte at a time gives the same items', async (_name, content) => {
  expect(await readItems(content, {}, 1)).toEqual(await readItems(content));
});

test('chunks of any size give the same items', async () => {
  const expected = await readItems(small);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: small.length }), async (size) => {
      expect(await readItems(small, {}, size)).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

test('a file that is cut anywhere before its end is broken, and only at its end', async () => {
  const end = small.lastIndexOf('>');
  for (let length = 0; length <= end; length += 1) {
    const items = await readItems(small.subarray(0, length));
    expect([length, items.at(-1)?.kind, items.filter(({ kind }) => kind === 'broken').length]).toEqual([length, 'broken', 1]);
  }
  expect((await readItems(small.subarray(0, end + 1))).at(-1)?.kind).toBe('block-end');
});

test('a byte that is changed never throws, and a broken file ends with its finding', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: small.length - 1 }), fc.nat({ max: 255 }), async (at, byte) => {
      const changed = Uint8Array.from(small);
      changed[at] = byte;
      const items = await readItems(changed);
      const broken = items.findIndex(({ kind }) => kind === 'broken');
      expect(broken === -1 || broken === items.length - 1).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test('any bytes and any text end as broken, in both readers', async () => {
  const content = fc.oneof(
    fc.uint8Array(),
    fc.string().map((text) => Buffer.from(text)),
    fc.string().map((text) => Buffer.from(camtText([text]).slice(0, -12))),
  );
  await fc.assert(
    fc.asyncProperty(content, async (bytes) => {
      expect((await readItems(bytes)).at(-1)?.kind).toBe('broken');
      expect((await readPain002(chunksOf(bytes), { encoding: 'utf-8' })).kind).toBe('broken');
    }),
  );
});

interface Payment {
  readonly ore: number;
  readonly ref: string;
}

const payment: fc.Arbitrary<Payment> = fc.record({ ore: fc.integer({ min: 1, max: 1e9 }), ref: fc.stringMatching(/^\d{4,20}$/) });
const kronor = (ore: number): string => `${Math.floor(ore / 100)}.${String(ore % 100).padStart(2, '0')}`;
const entryOf = (payments: readonly Payment[]): string =>
  entryText({
    amount: kronor(payments.reduce((total, { ore }) => total + ore, 0)),
    details: payments.map(({ ore, ref }) => detailsText(kronor(ore), { behind: reference(ref) })),
  });

describe('the same payments', () => {
  const days = fc.array(fc.array(payment, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  const content = async (entries: readonly string[]): Promise<unknown> => {
    const { transactions, totals, findings } = await readWhole(camtText(entries));
    const told = transactions.map(({ amount, references }) => `${amount} ${references[0]?.value}`).toSorted();
    return [told, totals[0]?.creditAmount, totals[0]?.entries, findings];
  };

  test('are read from entries in any order', async () => {
    const shuffled = days.chain((entries) =>
      fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length, maxLength: entries.length })),
    );
    await fc.assert(
      fc.asyncProperty(shuffled, async ([entries, other]) => {
        const expected = entries.flat();
        const sum = expected.reduce((total, { ore }) => total + BigInt(ore), 0n);
        const told = expected.map(({ ore, ref }) => `${ore} ${ref}`).toSorted();
        expect(await content(other.map(entryOf))).toEqual([told, sum, entries.length, []]);
      }),
      { numRuns: 100 },
    );
  });

  test('are read from one NtryDtls or from several', async () => {
    await fc.assert(
      fc.asyncProperty(days, async (entries) => {
        const joined = entries.map(entryOf);
        const split = joined.map((text) => text.replaceAll('</TxDtls><TxDtls>', '</TxDtls></NtryDtls><NtryDtls><TxDtls>'));
        expect(await content(split)).toEqual(await content(joined));
      }),
      { numRuns: 50 },
    );
  });

  test('one entry more adds exactly that entry', async () => {
    await fc.assert(
      fc.asyncProperty(days, fc.array(payment, { minLength: 1, maxLength: 3 }), async (entries, more) => {
        const first = await readWhole(camtText(entries.map(entryOf)));
        const second = await readWhole(camtText([...entries, more].map(entryOf)));
        const strip = (item: object): object => ({ ...item, line: 0 });
        expect(second.transactions.slice(0, first.transactions.length).map(strip)).toEqual(first.transactions.map(strip));
        expect(second.transactions).toHaveLength(first.transactions.length + more.length);
      }),
      { numRuns: 50 },
    );
  });
});
