import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgencyItem } from '#engine/sockets/format.ts';
import { readAgencyReceipt } from '#formats/collection/agency-files.ts';
import { chunksOf } from '../chunks.ts';

async function read(text: string): Promise<AgencyItem[]> {
  const items: AgencyItem[] = [];
  for await (const item of readAgencyReceipt(chunksOf(new TextEncoder().encode(text)))) items.push(item);
  return items;
}

const HEADINGS = 'client;case;status;reference;reason';

describe('a collection agency’s receipt', () => {
  test('tells of each case by itself', async () => {
    const text = [
      HEADINGS,
      'vattnet;1;accepted;AG-1;',
      'vattnet; 2 ;rejected;;missing id',
      'byra;12;closed;AG-9;paid',
      'END;3',
      '',
    ].join('\r\n');
    expect(await read(text)).toEqual([
      { kind: 'answer', answer: { line: 2, client: 'vattnet', case: 1, status: 'accepted', reference: 'AG-1' } },
      { kind: 'answer', answer: { line: 3, client: 'vattnet', case: 2, status: 'rejected', reason: 'missing id' } },
      { kind: 'answer', answer: { line: 4, client: 'byra', case: 12, status: 'closed', reference: 'AG-9', reason: 'paid' } },
    ]);
  });

  test.each([
    ['a case that is no number', 'vattnet;x;accepted;;'],
    ['case nought', 'vattnet;0;accepted;;'],
    ['no client', ';1;accepted;;'],
    ['a status of its own', 'vattnet;1;ok;;'],
    ['a rejection without a reason', 'vattnet;1;rejected;AG-1;'],
    ['too little', 'vattnet;1'],
  ])('refuses a row with %s, and only that', async (_name, row) => {
    const items = await read([HEADINGS, row, 'vattnet;7;accepted;;', 'END;2', ''].join('\n'));
    expect(items.map((item) => (item.kind === 'answer' ? item.answer.case : item.finding.code))).toEqual(['AGENCY-ROW', 7]);
  });

  test('whatever the text, it ends, and a whole file is never made of a part', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
        const items = await read(text);
        expect(items.findIndex((item) => item.kind === 'broken')).toBeOneOf([-1, items.length - 1]);
      }),
    );
    const whole = [HEADINGS, 'vattnet;1;accepted;AG-1;', 'vattnet;2;closed;;', 'END;2'].join('\n');
    for (let length = 0; length < whole.length; length += 1)
      expect((await read(whole.slice(0, length))).at(-1)?.kind, `${length} characters`).toBe('broken');
  });
});
