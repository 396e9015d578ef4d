import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findingCodes, findingTexts } from '#engine/finding.ts';
import { languages } from '#engine/language.ts';
import { wrongImports } from './import-directions.ts';
import { CODE_FOLDERS, codeOf, importsOf, listFiles, readSourceFiles, ROOT, type SourceFile } from './source-files.ts';

const MAX_FILE_LINES = 400;
const sources = readSourceFiles(CODE_FOLDERS);
const tests = readSourceFiles(['test']);
const pure = sources.filter(
  ({ path }) => /^(engine|formats|layouts)\//.test(path) && !/^(engine\/store|layouts\/spool)\//.test(path),
);

/** `path:line` of every place in the files' code that the pattern matches. */
function places(files: readonly SourceFile[], pattern: RegExp): readonly string[] {
  return files.flatMap(({ path, code }) =>
    code.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );
}

describe('the checks themselves see what they look for', () => {
  test.each([
    ['engine/money.ts', '#formats/csv/columns.ts'],
    ['engine/money.ts', '../config/load-config.ts'],
    ['engine/money.ts', 'node:fs'],
    ['engine/money.ts', 'zod'],
    ['engine/money.ts', './store/files.ts'],
    ['engine/law/interest.ts', '../countries/se/law.ts'],
    ['engine/countries/se/sweden.ts', '../no/law.ts'],
    ['jobs/runs/gate.ts', '#engine/countries/se/sweden.ts'],
    ['engine/store/files.ts', '#jobs/daemon.ts'],
    ['engine/store/files.ts', 'pg-boss'],
    ['formats/csv/read.ts', 'node:fs/promises'],
    ['formats/csv/read.ts', '#engine/store/files.ts'],
    ['formats/csv/read.ts', '#layouts/page/page.ts'],
    ['layouts/page/page.ts', 'node:fs'],
    ['layouts/spool/spool.ts', '#formats/csv/columns.ts'],
    ['config/load-config.ts', '#jobs/daemon.ts'],
    ['jobs/daemon.ts', '#test/db/test-database.ts'],
    ['jobs/cli/payout.ts', '#engine/store/payouts.ts'],
    ['jobs/cli/payout.ts', '../payout/send-payouts.ts'],
    ['jobs/cli/payout.ts', 'pg'],
  ])('%s may not import %s', (path, specifier) => {
    expect(wrongImports({ path, imports: [specifier] })).toEqual([specifier]);
  });

  test('every form of import is read, comments and strings are not code', () => {
    const text = `import a from 'a';\nimport type { B } from './b.ts';\nimport './c.ts';\nexport { d } from 'd';
      const e = await import('e'); // import f from 'f'\n/* import g from 'g' */ const h = 'Date.now()';`;
    expect(importsOf(text)).toEqual(['a', './b.ts', './c.ts', 'd', 'e']);
    expect(codeOf(text)).not.toMatch(/Date|'f'/);
  });

  test('there is something to check', () => {
    expect(sources.length).toBeGreaterThan(100);
    expect(tests.length).toBeGreaterThan(20);
  });
});

describe('directions (design.md §2)', () => {
  test('no file imports what its folder may not', () => {
    expect(sources.flatMap((file) => wrongImports(file).map((specifier) => `${file.path} imports ${specifier}`))).toEqual([]);
  });

  test('the core knows no clock, chance, environment or outside world', () => {
    expect(
      places(pure, /\bDate\.now\b|\bnew Date\(\s*\)|\bDate\(\)|Math\.random|randomUUID|randomBytes|performance\.now/),
    ).toEqual([]);
    expect(places(pure, /\bprocess\.|\bsetTimeout\(|\bsetInterval\(|\bfetch\(/)).toEqual([]);
  });

  test('the store takes its time and chance from its callers', () => {
    const store = sources.filter(({ path }) => path.startsWith('engine/store/'));
    expect(places(store, /\bDate\.now\b|\bnew Date\(\s*\)|Math\.random|randomUUID|\bprocess\./)).toEqual([]);
  });
});

describe('money is never a floating-point number (IL8)', () => {
  /** Check digits are counted from single digits, never from amounts. */
  const money = sources.filter(({ path }) => /^(engine|formats|layouts)\//.test(path) && path !== 'engine/check-digits.ts');
  const amountWord = /amount|total|price|minor|rate\b|rates\b|quantity|vat|sum\b|fee|charge|allowance|discount|interest|payable/i;

  test('parseFloat and toFixed are nowhere in engine and formats', () => {
    expect(places(money, /\bparseFloat\b|\.toFixed\(|\.toPrecision\(/).filter((place) => !place.startsWith('layouts/'))).toEqual(
      [],
    );
  });

  test('Number() and Math.round() touch no amount', () => {
    expect(
      places(money, /\bNumber\(|\bMath\.round\(|\bNumber\.parseFloat\b/).filter((place) =>
        amountWord.test(place.slice(place.indexOf(' '))),
      ),
    ).toEqual([]);
  });
});

describe('names and sizes', () => {
  test('files are under 400 lines', () => {
    const long = [...sources, ...tests].filter(({ text }) => text.split('\n').length - 1 > MAX_FILE_LINES);
    expect(long.map(({ path }) => path)).toEqual([]);
  });

  const forbidden = /^(process|handle|handler|manage|manager|util|utils|helper|helpers|data|info)$/i;
  const words = (name: string): readonly string[] => name.split(/[^A-Za-z]+|(?<=[a-z0-9])(?=[A-Z])/);
  /** Words of a standard: handles of the SFTP protocol, data codewords of ISO/IEC 18004. */
  const fixedNames = new Set(['SftpHandles', 'newHandles', 'sftp-handles.ts', 'dataWordsOf']);

  test('no file or folder is named with a word that says nothing', () => {
    const named = sources.flatMap(({ path }) => path.split('/').map((part) => ({ path, part })));
    const bad = named.filter(
      ({ part }) => !fixedNames.has(part) && words(part.replace(/\.ts$/, '')).some((word) => forbidden.test(word)),
    );
    expect([...new Set(bad.map(({ path }) => path))]).toEqual([]);
  });

  test('no exported name holds such a word, nor the word customer', () => {
    const names = sources.flatMap(({ path, code }) =>
      Array.from(code.matchAll(/^export (?:async )?(?:const|function|interface|type|class) (\w+)/gm), ([, name = '']) => ({
        path,
        name,
      })),
    );
    const isBad = (name: string): boolean => words(name).some((word) => forbidden.test(word) || /^customers?$/i.test(word));
    const bad = names.filter(({ name }) => !fixedNames.has(name) && !/DataMatrix/i.test(name) && isBad(name));
    expect(bad).toEqual([]);
  });

  test('no barrel files: nothing is only passed on', () => {
    expect(places(sources, /^export (\*|\{[^}]*\}|type \{[^}]*\}) from/)).toEqual([]);
  });
});

describe('findings', () => {
  const codes = Object.keys(findingCodes) as (keyof typeof findingCodes)[];
  const builtIn = new Set(['value', 'field', 'line', 'column']);
  const folder = join(ROOT, 'fixtures/findings');
  const exceptionsFile = join(folder, 'without-fixture.json');
  const exceptions = existsSync(exceptionsFile)
    ? (JSON.parse(readFileSync(exceptionsFile, 'utf8')) as Record<string, string>)
    : {};
  const provoked = existsSync(folder) ? readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()) : [];

  test.each(codes)('%s is told in every language, with the same facts', (code) => {
    const factsIn = (text: string): Set<string> => new Set(Array.from(text.matchAll(/\{(\w+)\}/g), ([, fact = '']) => fact));
    const { rule, facts } = findingCodes[code];
    const [first, ...others] = languages.map((language) => findingTexts[language][code]);
    expect(rule).not.toBe('');
    for (const { message, hint } of [first!, ...others]) {
      for (const text of [message, hint]) expect(text).toMatch(/^[\p{Lu}\d"„”{].*[.:}]$|\{\w+\}/su);
      expect(factsIn(message)).toEqual(factsIn(first!.message));
      const own = [...factsIn(`${message} ${hint}`)].filter((fact) => !builtIn.has(fact));
      expect(own.toSorted()).toEqual([...facts].toSorted());
    }
    for (const { message } of others) expect(message).not.toBe(first!.message);
  });

  test('every code has a fixture that provokes it, or a reason why no file can', () => {
    const known = new Set([...provoked.map(({ name }) => name), ...Object.keys(exceptions)]);
    expect(codes.filter((code) => !known.has(code))).toEqual([]);
  });

  test('every fixture and every reason is of a code that exists', () => {
    const declared = new Set<string>(codes);
    expect([...provoked.map(({ name }) => name), ...Object.keys(exceptions)].filter((name) => !declared.has(name))).toEqual([]);
    expect(Object.entries(exceptions).filter(([, reason]) => reason.length < 20)).toEqual([]);
  });

  test('every code is raised somewhere', () => {
    const raising = sources.filter(({ path }) => !path.startsWith('engine/findings/')).map(({ text }) => text);
    const said = new Set(
      raising.flatMap((text) => Array.from(text.matchAll(/'([A-Z0-9]+(?:-[A-Z0-9]+)+)'/g), ([, code = '']) => code)),
    );
    expect(codes.filter((code) => !said.has(code))).toEqual([]);
  });
});

describe('the project', () => {
  const topFolders = ['engine', 'formats', 'layouts', 'jobs', 'config', 'test', 'fixtures'];
  const leftOutside = new Set(['node_modules', 'var', 'coverage']);

  test('has the top folders of the design and no other', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && !entry.name.startsWith('.'),
    );
    const names = folders.map(({ name }) => name).filter((name) => !leftOutside.has(name));
    expect(names.sort()).toEqual([...topFolders].sort());
  });

  test('explains each top folder in a README', () => {
    expect(topFolders.filter((folder) => !existsSync(join(ROOT, folder, 'README.md')))).toEqual([]);
  });

  test('names no machine of ours', () => {
    const machinePath = /(?<![\w.])\/(work|root|home\/[a-z]+)\//;
    const text = /\.(ts|json|md|ya?ml|sql|csv|xml|txt|svg)$/;
    const files = [...listFiles(topFolders).filter((path) => text.test(path)), 'package.json', 'tsconfig.json', '.ci/run'];
    const self = 'test/tidy/tidy.test.ts';
    expect(files.filter((path) => path !== self && machinePath.test(readFileSync(join(ROOT, path), 'utf8')))).toEqual([]);
  });

  test('locks versions, not registries', () => {
    expect(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).not.toContain('"resolved"');
  });

  test('leaves no test out and none alone', () => {
    expect(places(tests, /\.(only|skip|todo)\(/).filter((place) => !place.startsWith('test/tidy/'))).toEqual([]);
  });

  test('leaves nothing for later', () => {
    expect(
      [...sources, ...tests]
        .filter(({ path, text }) => path !== 'test/tidy/tidy.test.ts' && /\b(TODO|FIXME)\b/.test(text))
        .map(({ path }) => path),
    ).toEqual([]);
  });
});
