import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand, type Ran } from '../../house/run-command.ts';

const law = (...words: readonly string[]): Promise<Ran> =>
  // A database that nobody serves: none of these commands asks for one.
  runCommand(['law', ...words], {
    KUVERT_NOW: '2026-11-22T09:00:00Z',
    KUVERT_DATABASE_URL: 'postgres://nobody@127.0.0.1:1/kuvert',
    KUVERT_HOME: join(tmpdir(), 'kuvert-law-needs-no-home'),
  });
const json = async (...words: readonly string[]): Promise<unknown> =>
  JSON.parse((await law(...words, '--json')).stdout) as unknown;
const vector = ['interest', '--amount', '10000.00', '--due', '2025-05-31', '--paid', '2025-08-15'];
const consumerFile = new URL('../../../config/policies/se-consumer.yaml', import.meta.url).pathname;

describe('law show', () => {
  test('gives every row of a kind, with its source', async () => {
    const { code, stdout } = await law('show', '--kind', 'reminder-fee-max');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^KIND +VALUE +UNIT +FROM +TO +MARK +SOURCE$/m);
    expect(stdout).toMatch(/50\.00 +SEK +2003-07-01 +2013-03-15 +V +förordning \(1981:1057\)/);
    expect(stdout).toMatch(/60\.00 +SEK +2013-03-16 +– +V +lag \(1981:739\)/);
  });

  test('gives the rate of one day', async () => {
    expect(await json('show', '--country', 'SE', '--kind', 'late-interest-rate', '--date', '2025-06-30')).toMatchObject([
      { kind: 'late-interest-rate', value: '11', unit: 'percent', from: '2025-01-01', to: '2025-06-30', confidence: 'S' },
    ]);
  });

  test('gives the whole law of today, and of another day what was in force then', async () => {
    const today = (await json('show')) as readonly { readonly kind: string; readonly value: string }[];
    expect(today.find(({ kind }) => kind === 'vat-reduced-food')?.value).toBe('6');
    const before = (await json('show', '--date', '2010-10-01')) as typeof today;
    expect(before.map(({ kind }) => kind)).not.toContain('b2b-late-compensation');
    expect(before.find(({ kind }) => kind === 'collection-letter-fee-max')?.value).toBe('160.00');
  });

  test('names every kind that law kinds lists', async () => {
    const kinds = (await json('kinds')) as readonly { readonly kind: string }[];
    const table = await law('kinds');
    expect(kinds.length).toBeGreaterThan(20);
    for (const { kind } of kinds) {
      expect(table.stdout).toContain(kind);
      expect((await law('show', '--kind', kind)).code).toBe(0);
    }
  });
});

describe('law interest', () => {
  test('explains vector 1 of the reference', async () => {
    const { code, stdout } = await law(...vector);
    expect(code).toBe(0);
    expect(stdout).toMatch(/2025-06-01 +2025-06-30 +30\/365 +11 +10 000\.00 +90\.4110/);
    expect(stdout).toMatch(/2025-07-01 +2025-08-15 +46\/365 +10 +10 000\.00 +126\.0274/);
    expect(stdout).toContain('Late interest 216.44 (ACT/365F)');
  });

  test('gives exact fractions as text', async () => {
    expect(await json(...vector)).toMatchObject({
      firstDay: '2025-06-01',
      totalAmount: '216.44',
      periods: [{ principalAmount: '10000.00', exact: { numerator: '330000000', denominator: '36500' } }, {}],
    });
  });

  test.each<readonly [string, readonly string[], string]>([
    ['another day count', [...vector, '--day-count', '30E/360'], 'Late interest 216.67 (30E/360)'],
    [
      'an agreed rate',
      ['interest', '--amount', '36500.00', '--due', '2026-01-31', '--paid', '2026-02-10', '--rate', '12.5'],
      '125.00',
    ],
    ['a margin', ['interest', '--amount', '36500.00', '--due', '2026-01-31', '--paid', '2026-02-10', '--margin', '6'], '80.00'],
    [
      'a part payment',
      ['interest', '--amount', '10000.00', '--due', '2026-01-31', '--paid', '2026-03-12', '--payment', '2026-03-02:3857.81'],
      '99.02',
    ],
    [
      'a due date that was not agreed',
      ['interest', '--amount', '36500.00', '--due', '2026-10-01', '--paid', '2026-10-21', '--sent', '2026-09-11'],
      '2026-10-12',
    ],
    [
      'payment in time',
      ['interest', '--amount', '1.00', '--due', '2026-10-01', '--paid', '2026-10-01'],
      'No interest: it would begin on 2026-10-02.',
    ],
    [
      'provisional interest',
      ['interest', '--amount', '36500.00', '--due', '2026-12-21', '--paid', '2027-01-10', '--provisional'],
      'Late interest 100.00 (ACT/365F, provisional: rates are known to 2026-12-31)',
    ],
  ])('counts with %s', async (_name, words, expected) => expect((await law(...words)).stdout).toContain(expected));

  test('refuses a half-year that was not entered, by rule', async () => {
    const { code, stderr } = await law('interest', '--amount', '1.00', '--due', '2026-12-21', '--paid', '2027-01-10');
    expect(code).toBe(3);
    expect(stderr).toContain('X-07: there is no rate of late interest (statutory) for 2027-01-01.');
  });
});

describe('law policy', () => {
  test('shows the timetable of a claim', async () => {
    const { code, stdout } = await law('policy', consumerFile, '--due', '2026-09-01');
    expect(code).toBe(0);
    expect(stdout).toMatch(/reminder +5 days after the due date +10 days +60\.00 +– +2026-09-07 +2026-09-17/);
    expect(stdout).toMatch(/demand +21 days after the due date +10 days +180\.00 +needed +2026-09-22 +2026-10-02/);
    expect(stdout).toContain('An application could be filed on 2026-10-09 at the earliest.');
  });

  test('shows it without dates too, and as JSON', async () => {
    expect((await law('policy', consumerFile)).stdout).not.toContain('LAST DAY');
    expect(await json('policy', consumerFile, '--due', '2026-10-01')).toMatchObject({
      valid: true,
      policy: { debtorClass: 'consumer', minimumClaimAmount: '100.00' },
      schedule: [
        { document: 'reminder', date: '2026-10-06', deadline: '2026-10-16' },
        { date: '2026-10-22' },
        { date: '2026-11-03' },
      ],
      filingFrom: '2026-11-09',
    });
  });

  test('ends with 1 at a policy that breaks the law, and says where', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kuvert-law-'));
    try {
      const path = join(folder, 'greedy.yaml');
      writeFileSync(path, readFileSync(consumerFile, 'utf8').replace('fee: 180.00', 'fee: 190.00'));
      const { code, stdout, stderr } = await law('policy', path);
      expect([code, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(
        /greedy\.yaml:\d+:\d+ steps\[1\]\.fee\n +A collection fee of 190\.00 is above the law's 180\.00 .*\(rule SE-03\)\./,
      );
      expect(await json('policy', path)).toMatchObject({ valid: false, problems: [{ path: 'steps[1].fee' }] });
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('wrong usage ends with 2 and teaches', () => {
  test.each<readonly [string, readonly string[]]>([
    ['Name what to do: kinds, show, interest or policy.', []],
    ['There is no kind reminder-fee; kuvert law kinds lists them.', ['show', '--kind', 'reminder-fee']],
    ['--date 2026-02-30 is no day; write an existing one as 2026-11-22.', ['show', '--date', '2026-02-30']],
    [
      'There is no row of b2b-late-compensation for 2013-03-15',
      ['show', '--kind', 'b2b-late-compensation', '--date', '2013-03-15'],
    ],
    ['--amount 10 000,00 is no amount', ['interest', '--amount', '10 000,00', '--due', '2026-01-31', '--paid', '2026-03-02']],
    [
      '--rate 12% is no percentage',
      ['interest', '--amount', '1.00', '--due', '2026-01-31', '--paid', '2026-03-02', '--rate', '12%'],
    ],
    ['mutually exclusive', [...vector, '--rate', '12', '--margin', '6']],
    ['The part payments are more than the principal.', [...vector, '--payment', '2025-06-10:10000.01']],
    ['Choices: "ACT/365F"', [...vector, '--day-count', 'ACT/364']],
    ['Choices: "SE"', ['kinds', '--country', 'XX']],
  ])('%s', async (message, words) => {
    const { code, stdout, stderr } = await law(...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
  });
});

test.each([[], ['kinds'], ['show'], ['interest'], ['policy']])('law %s --help says what it is for', async (...words) => {
  const { code, stdout } = await law(...words, '--help');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^kuvert law/);
  expect(stdout).toContain('--json');
});
