import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { camtText, detailsText, entryText, money, readItems, readWhole, reference } from './camt-text.ts';
import { isoDate } from '#engine/iso-date.ts';
import { MAX_HELD_ELEMENTS } from '#formats/iso20022/camt-entry.ts';
import { MAX_BANK_TEXT_CHARACTERS, MAX_PART_ELEMENTS } from '#formats/iso20022/message-reader.ts';
import { readCamt } from '#formats/iso20022/read-camt.ts';
import { camt054Chunks } from '#jobs/demo/files/bank-file.ts';

const details = detailsText('1.00', { behind: reference('1234566') });
/** TxDtls, AmtDtls, TxAmt, Amt, RmtInf, Strd, CdtrRefInf, Tp, CdOrPrtry, Cd, Ref. */
const ELEMENTS = 11;
const MANY = Math.ceil(MAX_HELD_ELEMENTS / ELEMENTS) + 5;
const many = Array.from({ length: MANY }, () => details);
const last = async (text: string): Promise<unknown> => {
  const item = (await readItems(text, {}, 1 << 16)).at(-1);
  return item?.kind === 'broken' ? item.finding.code : item?.kind;
};

describe('an entry of more transactions than are kept', () => {
  test('is streamed: transactions come before the entry has ended, and it agrees', async () => {
    const { transactions, entries } = await readWhole(camtText([entryText({ amount: `${MANY}.00`, details: many })]));
    expect(transactions).toHaveLength(MANY);
    expect(transactions.at(-1)).toMatchObject({ ordinal: MANY, amount: 100n });
    expect(entries).toMatchObject([{ verdict: 'agrees', transactions: MANY, amount: BigInt(MANY) * 100n }]);
  });

  test('whose sum is wrong closes as unusable', async () => {
    const { entries } = await readWhole(camtText([entryText({ amount: `${MANY}.01`, details: many })]));
    expect(entries).toMatchObject([{ verdict: 'unusable', findings: [{ code: 'CAMT-ENTRY-SUM' }] }]);
  });

  test('whose own terms come too late breaks the file, whether they are needed or not', async () => {
    const head = `${money('Amt', `${MANY}.00`)}<CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>`;
    const entry = (before: string, behind: string): string =>
      `<Ntry>${before}<NtryDtls>${many.join('')}</NtryDtls>${behind}</Ntry>`;
    expect(await last(camtText([entry('', head)]))).toBe('CAMT-ENTRY-ORDER');
    expect(await last(camtText([entry(head, '<BookgDt><Dt>2026-11-20</Dt></BookgDt>')]))).toBe('CAMT-ENTRY-ORDER');
    expect(await last(camtText([entry(head, '<AddtlNtryInf>x</AddtlNtryInf>')]))).toBe('block-end');
  });

  test('that cannot be read gives nothing', async () => {
    const { transactions, totals } = await readWhole(camtText([entryText({ amount: 'x', details: many })]));
    expect([transactions.length, totals[0]?.findings.map(({ code }) => code)]).toEqual([0, ['CAMT-ENTRY-UNREADABLE']]);
  });
});

test('a part of too many elements, a text of too many characters break the file', async () => {
  const parts = `<RmtInf>${'<Strd/>'.repeat(MAX_PART_ELEMENTS)}</RmtInf>`;
  expect(await last(camtText([entryText({ details: [detailsText('1.00', { behind: parts })] })]))).toBe('BANK-PART-SIZE');
  const text = `<AddtlTxInf>${'x'.repeat(MAX_BANK_TEXT_CHARACTERS + 5000)}</AddtlTxInf>`;
  expect(await last(camtText([entryText({ details: [detailsText('1.00', { behind: text })] })]))).toBe('XML-TEXT-TOO-LONG');
});

test('elements that are not read may be deep and many, up to the depth of every file', async () => {
  const deep = (depth: number): string => `<SplmtryData>${'<x>'.repeat(depth)}${'</x>'.repeat(depth)}</SplmtryData>`;
  expect(await last(camtText([entryText({ text: deep(50) + '<y/>'.repeat(MAX_PART_ELEMENTS) })]))).toBe('block-end');
  expect(await last(camtText([entryText({ text: deep(70) })]))).toBe('XML-TOO-DEEP');
});

/** What is reachable, after a full collection. */
function heapAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

test('memory does not grow with the file', async () => {
  const PAYMENTS = 40_000;
  const MEBIBYTE = 1024 * 1024;
  const file = camt054Chunks({
    messageId: 'M1',
    account: { iban: 'SE4550000000058398257466', currency: 'SEK' },
    bookingDate: isoDate('2026-11-20'),
    createdAt: '2026-11-20T17:05:00+01:00',
    payments: Array.from({ length: PAYMENTS }, (_, index) => ({
      amount: 100n,
      bankgiro: '9912346',
      payerName: 'Betalare med ett långt namn',
      servicerReference: `BK${index}`,
      text: 'x'.repeat(140),
      ocr: '1234566',
    })),
  });
  let bytes = 0;
  async function* counted(): AsyncGenerator<Uint8Array> {
    for (const chunk of file) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  const heaps: number[] = [];
  let count = 0;
  for await (const item of readCamt(counted(), { encoding: 'utf-8', allowNoNamespace: false })) {
    if (item.kind !== 'transaction') continue;
    count += 1;
    if (count % (PAYMENTS / 4) === 0) heaps.push(heapAfterCollection());
  }
  expect([count, heaps.length]).toEqual([PAYMENTS, 4]);
  expect(bytes).toBeGreaterThan(20 * MEBIBYTE);
  // From the first quarter to the end three quarters of the file were read: 18 MiB.
  expect(heaps[3]! - heaps[0]!).toBeLessThan(4 * MEBIBYTE);
});
