import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { chunksOf } from '../chunks.ts';
import { decodeText, invalidUtf8Offset, cleanText } from '#formats/text/decode.ts';
import type { Encoding } from '#engine/csv-mapping.ts';

const KILOBYTE = 1024;

/** The text, and the finding that ended it, if any. */
async function decode(bytes: Uint8Array, encoding: Encoding, chunk = KILOBYTE) {
  let text = '';
  for await (const item of decodeText(chunksOf(bytes, chunk), { encoding, maxBytes: 10 * KILOBYTE })) {
    if (item.kind === 'broken') return { text, ...item.finding };
    text += item.text;
  }
  return { text };
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const utf8 = (text: string): Buffer => Buffer.from(text, 'utf8');
const bytes = (...values: number[]): Buffer => Buffer.from(values);

const faults: readonly (readonly [
  name: string,
  encoding: Encoding,
  content: Buffer,
  code: string,
  line: number,
  offset: number,
])[] = [
  ['latin1 that is called UTF-8', 'utf-8', latin('a\nräka'), 'TEXT-NOT-UTF-8', 2, 3],
  ['CP850 that is called UTF-8', 'utf-8', bytes(0x72, 0x84, 0x6b), 'TEXT-NOT-UTF-8', 1, 1],
  ['UTF-8 that ends inside a character', 'utf-8', utf8('räka').subarray(0, 2), 'TEXT-NOT-UTF-8', 1, 1],
  ['an overlong form', 'utf-8', bytes(0x41, 0xc0, 0xaf), 'TEXT-NOT-UTF-8', 1, 1],
  ['a surrogate', 'utf-8', bytes(0x41, 0xed, 0xa0, 0x80), 'TEXT-NOT-UTF-8', 1, 1],
  ['mixed', 'utf-8', Buffer.concat([utf8('å\nä\n'), latin('ö')]), 'TEXT-NOT-UTF-8', 3, 6],
  ['UTF-16 with its mark', 'utf-8', Buffer.from('\uFEFFabc', 'utf16le'), 'TEXT-UTF-16', 1, 0],
  ['UTF-16 big endian', 'iso-8859-1', bytes(0xfe, 0xff, 0, 0x61), 'TEXT-UTF-16', 1, 0],
  ['UTF-16 without mark', 'utf-8', Buffer.from('abcd', 'utf16le'), 'TEXT-UTF-16', 1, 1],
  ['a NUL', 'utf-8', utf8('rad ett är lång\nrad två \0'), 'TEXT-NUL', 2, 27],
  ['a NUL in latin1', 'iso-8859-1', latin('rad ett är lång nog\n\0'), 'TEXT-NUL', 2, 20],
  ['a mark inside', 'utf-8', utf8('å\n\uFEFFb'), 'TEXT-MARK-INSIDE', 2, 3],
  ['UTF-8 that is called latin1', 'iso-8859-1', utf8('a\nräka'), 'TEXT-LOOKS-UTF-8', 2, 3],
  ['UTF-8 that is called Windows-1252', 'windows-1252', utf8('Ö'), 'TEXT-LOOKS-UTF-8', 1, 0],
  ['UTF-8 with mark that is called latin1', 'iso-8859-1', utf8('\uFEFFabc'), 'TEXT-LOOKS-UTF-8', 1, 0],
  ['a Windows sign in latin1', 'iso-8859-1', bytes(0x61, 0x80), 'TEXT-NO-CHARACTER', 1, 1],
  ['a hole of Windows-1252', 'windows-1252', bytes(0x61, 0x0a, 0x81), 'TEXT-NO-CHARACTER', 2, 2],
  ['too large', 'utf-8', Buffer.alloc(11 * KILOBYTE, 'a'), 'FILE-TOO-LARGE', 1, 10 * KILOBYTE],
];

test.each(faults)('%s breaks the file with line and offset', async (_name, encoding, content, code, line, offset) => {
  for (const chunk of [1, 2, 3, KILOBYTE]) {
    const result = await decode(content, encoding, chunk);
    expect(result).toMatchObject({ code, line });
    // A file is too large wherever its chunks end.
    expect(result).toMatchObject(code === 'FILE-TOO-LARGE' ? {} : { facts: { offset: String(offset) } });
  }
});

test('the finding says what the file looks like, but nothing is guessed', async () => {
  expect(await decode(latin('räka'), 'utf-8')).toMatchObject({ text: '', facts: { hintEncoding: 'ISO-8859-1 / Windows-1252' } });
});

test.each(['iso-8859-1', 'windows-1252'] as const)('%s: letters and signs', async (encoding) => {
  expect(await decode(latin('Åäö Ææøé§°'), encoding)).toEqual({ text: 'Åäö Ææøé§°' });
});

test('windows-1252 has signs where latin1 has none', async () => {
  expect(await decode(bytes(0x80, 0x96, 0x99), 'windows-1252')).toEqual({ text: '€–™' });
});

test('UTF-8 text comes out as it went in, whatever the chunks', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 9 }), async (text, chunk) => {
      const sound = text.replaceAll(/[\0\uFEFF]|\p{Surrogate}/gu, '');
      expect(await decode(utf8(sound), 'utf-8', chunk)).toEqual({ text: sound });
      expect(await decode(utf8(`\uFEFF${sound}`), 'utf-8', chunk)).toEqual({ text: sound });
    }),
  );
});

test('the offset of invalid UTF-8 is where the platform stops decoding', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (content) => {
      const offset = invalidUtf8Offset(content);
      const decodes = (end: number): boolean => {
        try {
          new TextDecoder('utf-8', { fatal: true }).decode(content.subarray(0, end));
          return true;
        } catch {
          return false;
        }
      };
      expect(decodes(offset)).toBe(true);
      expect(offset === content.length || !decodes(content.length)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test('cleaned text can stand in XML and on paper', () => {
  expect(cleanText(' a\u0000b\u000bc \r\n d\te ')).toEqual({ text: 'abc \n d\te', removed: true });
  expect(cleanText('👩‍🚀 \ud800')).toEqual({ text: '👩‍🚀', removed: true });
  expect(cleanText('a\r\nb')).toEqual({ text: 'a\nb', removed: false });
});
