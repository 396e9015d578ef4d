import * as fc from 'fast-check';
import { basename, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { MAX_NAME_BYTES, escapeFileName, judgeFileName } from '#jobs/intake/look.ts';

const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

test.each([
  'fakturor-2027-03.csv',
  'Fakturor mars 2027 (2).csv',
  'påminnelser åäö.xml',
  'pa\u030Aminnelser.xml', // as a Mac sends it, in NFD
  'PÅMINNELSER.XML',
  '2027-03-01T10:00:00.csv',
  "Nils' fakturor & övrigt, del 1+2 = allt.csv",
  'счета.csv',
  '請求書.csv',
  'rabatt 10%.csv',
  'a',
  'console.csv',
  'x'.repeat(MAX_NAME_BYTES),
])('XP1: %j is taken as it is', (name) => {
  expect(judgeFileName(bytes(name))).toEqual({ kind: 'safe', name });
});

test.each([
  ['..\\x', '..\\x', 'temporary'],
  ['a\\..\\x', 'a\\..\\x', 'path-separator'],
  ['C:\\x', 'C:\\x', 'path-separator'],
  ['c:x', 'c:x', 'drive-letter'],
  ['CON', 'CON', 'device-name'],
  ['con.csv', 'con.csv', 'device-name'],
  ['LPT1.txt', 'LPT1.txt', 'device-name'],
  ['x'.repeat(MAX_NAME_BYTES + 1), '201 bytes', 'too-long'],
  ['å'.repeat(127), '254 bytes', 'too-long'],
  ['a\nb.csv', 'newline', 'control-character'],
  ['a\u001b[2J.csv', 'escape', 'control-character'],
  ['a\u202evsc.exe', 'right-to-left override', 'invisible-character'],
  ['a\u200fb.csv', 'right-to-left mark', 'invisible-character'],
  ['a\u200bb.csv', 'zero width space', 'invisible-character'],
  ['\ufeffa.csv', 'byte order mark', 'invisible-character'],
  ['a\u2028b.csv', 'line separator', 'invisible-character'],
  ['-rf', 'leading dash', 'leading-dash'],
  ['−rf', 'leading minus', 'leading-dash'],
  ['%2e%2e%2fx', '%2e%2e', 'percent-encoded-path'],
  ['a%00.csv', '%00', 'percent-encoded-path'],
  [' a.csv', 'leading space', 'outer-space'],
  ['a.csv ', 'trailing space', 'outer-space'],
  ['a.csv.', 'trailing dot', 'trailing-dot'],
  ['a;rm x.csv', 'semicolon', 'unusual-character'],
  ['a`x`.csv', 'backquote', 'unusual-character'],
  ['$(x).csv', 'dollar', 'unusual-character'],
  ['a|b.csv', 'pipe', 'unusual-character'],
  ['a*.csv', 'star', 'unusual-character'],
  ['a"b.csv', 'quote', 'unusual-character'],
  ['a😀.csv', 'emoji', 'unusual-character'],
  ['a\ue000.csv', 'private use', 'unusual-character'],
])('XP1: %j (%s) is %s', (name, _title, verdict) => {
  const judged = judgeFileName(bytes(name));
  expect(judged.kind === 'unsafe' ? judged.problem : judged.kind).toBe(verdict);
});

test.each(
  [
    [0xff, 0x2e, 0x63],
    [0x61, 0xc3, 0x28],
    [0xed, 0xa0, 0x80],
    [0xc0, 0xaf],
    [0xf5, 0x80, 0x80, 0x80],
  ].map((one) => ({ one })),
)('XP1: $one is no UTF-8', ({ one }) => {
  expect(judgeFileName(Uint8Array.from(one))).toMatchObject({ kind: 'unsafe', problem: 'not-utf-8' });
});

test.each([
  '.',
  '..',
  '.hidden',
  '.x.csv.swp',
  'x.csv.part',
  'x.csv.PART',
  'x.csv.filepart',
  'x.tmp',
  'x.crdownload',
  'x.csv~',
  '../x',
  '.kuvert-1.tmp',
])('XU5: %j waits for its real name', (name) => {
  expect(judgeFileName(bytes(name)).kind).toBe('temporary');
});

test.each([
  ['åäö ÅÄÖ é.csv', 'åäö ÅÄÖ é.csv'],
  ['a\nb', 'a\\u{a}b'],
  ['a\\b', 'a\\u{5c}b'],
  ['a\u202eb', 'a\\u{202e}b'],
  ['😀', '\\u{1f600}'],
  ['счет', '\\u{441}\\u{447}\\u{435}\\u{442}'],
])('%j is shown as %j', (name, shown) => {
  expect(escapeFileName(bytes(name))).toBe(shown);
});

test('bytes that are no UTF-8 are shown as codes', () => {
  expect(escapeFileName(Uint8Array.of(0x61, 0xff, 0x0a, 0x5c))).toBe('a\\xff\\x0a\\x5c');
});

test('any bytes: judging never fails, what is shown is harmless, and what is safe stays in its folder', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (name) => {
      const judged = judgeFileName(name);
      expect(escapeFileName(name)).toMatch(/^[ -~À-ÿ]*$/);
      if (judged.kind !== 'safe') return;
      expect(resolve('/srv/in', judged.name)).toBe(join('/srv/in', judged.name));
      expect(basename(judged.name)).toBe(judged.name);
      expect(Buffer.from(judged.name, 'utf8')).toEqual(Buffer.from(name));
    }),
    { numRuns: 5_000 },
  );
});

test('any text: a safe name is one path component of plain characters', () => {
  const { failed, counterexample } = fc.check(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (name) => {
      const judged = judgeFileName(bytes(name));
      return judged.kind !== 'safe' || !/[\p{Cc}\p{Cf}\p{Co}\p{Cn}/\\"`$|<>*?]/u.test(judged.name);
    }),
    { numRuns: 3_000 },
  );
  expect([failed, counterexample]).toEqual([false, null]);
});
