import { describe, expect, test } from 'vitest';
import { circles, fragments, importGraph, ownedWordsIn } from './house.ts';
import { CODE_FOLDERS, readSourceFiles } from './source-files.ts';

const MIN_LINES_OF_ONE_IMPORTER = 80;
const product = readSourceFiles(CODE_FOLDERS).filter(({ path }) => !path.startsWith('jobs/demo/'));

describe('the checks themselves see what they look for', () => {
  test.each([
    [`const country = 'SE';`, 'SE'],
    [`if (currency === 'SEK') pay();`, 'SEK'],
    ['const branch = `SE:${kind}`;', 'SE'],
    [`kind === 'bankgiro'`, 'bankgiro'],
    ['readonly plusgiro?: string;', 'plusgiro'],
    ['const bankgiroSlip = 1;', 'bankgiro'],
    [`const label = 'OCR-nummer';`, 'OCR'],
    ['import { luhn } from "./x.ts";', 'luhn'],
    ['const ok = isLuhnValid(text);', 'Luhn'],
    ['const block = readCamt(file);', 'Camt'],
    [`format: 'camt.054'`, 'camt'],
    [`format: 'pain.001'`, 'pain'],
    ['writePain001(order)', 'Pain0'],
    ['const peppol = 1;', 'peppol'],
    ['checkPeppolRules()', 'Peppol'],
  ])('%s in a general file is found', (text, word) => {
    expect(ownedWordsIn([{ path: 'engine/enrich.ts', text }])).toEqual([`engine/enrich.ts:1 ${word}`]);
    expect(ownedWordsIn([{ path: 'engine/countries/xx/rules.ts', text }])).toEqual([]);
  });

  test.each([
    '// the Swedish SE:BANKGIRO',
    '/** OCR-nummer */',
    'const painted = 1;',
    'const SERIES = 2;',
    'await house.close();',
    'campaign()',
  ])('%s is none', (text) => {
    expect(ownedWordsIn([{ path: 'engine/enrich.ts', text }])).toEqual([]);
  });

  test('circles are found, those of types too', () => {
    const file = (path: string, ...imports: string[]) => ({ path, imports });
    expect(
      circles(
        importGraph([file('a/x.ts', './y.ts'), file('a/y.ts', '#b/z.ts'), file('b/z.ts', '#a/x.ts'), file('b/w.ts', './z.ts')]),
      ),
    ).toEqual([['a/x.ts', 'a/y.ts', 'b/z.ts']]);
    expect(circles(importGraph([file('a/x.ts', './y.ts'), file('a/y.ts')]))).toEqual([]);
  });

  test('a short file with one importer is a fragment', () => {
    const file = (path: string, text: string, ...imports: string[]) => ({ path, text, imports });
    const files = [
      file('a/x.ts', '1\n', './y.ts', './z.ts'),
      file('a/y.ts', '1\n2\n3\n'),
      file('a/z.ts', '1\n2\n'),
      file('b/v.ts', '1\n', '#a/z.ts'),
    ];
    expect(fragments(files, 4)).toEqual(['a/y.ts (3 lines)']);
    expect(fragments(files, 3)).toEqual([]);
  });
});

/** Upper limits; a house that needs more files is a decision for engine/DECISIONS.md. */
const left = { files: 400, circles: 0, fragments: 0, words: 0 };

describe('the house (design.md §7, §8)', () => {
  test('has few files of its own, tests and demo apart', () => {
    expect(product.length).toBeLessThanOrEqual(left.files);
    expect(product.length).toBeGreaterThan(100);
  });

  test('has no circle of imports, types included', () => {
    const found = circles(importGraph(product));
    expect(found.length, JSON.stringify(found, null, 1)).toBeLessThanOrEqual(left.circles);
  });

  test(`has no file under ${MIN_LINES_OF_ONE_IMPORTER} lines with one importer`, () => {
    const found = fragments(product, MIN_LINES_OF_ONE_IMPORTER);
    expect(found.length, found.join('\n')).toBeLessThanOrEqual(left.fragments);
  });

  test('says words of a country, a bank standard or a network only where they belong', () => {
    const found = ownedWordsIn(product);
    expect(found.length, found.join('\n')).toBeLessThanOrEqual(left.words);
  });
});
