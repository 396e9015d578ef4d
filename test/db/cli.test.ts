import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changeFile, copyConfig } from '../house/copy-config.ts';
import { NOW } from '../house/inner-house.ts';
import { runCommand, type Ran } from '../house/run-command.ts';
import { trialCsv } from '../house/trial-csv.ts';
import { createTestDatabase, type TestDatabase } from './test-database.ts';

/** Nobody listens there, so a command that needs no database proves it. */
const UNREACHABLE = 'postgres://nobody:secret@127.0.0.1:1/kuvert';

let folder: string;
let database: TestDatabase;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kuvert-cli-'));
  database = await createTestDatabase();
  await copyConfig(join(folder, 'config'));
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const environment = (databaseUrl: string): Readonly<Record<string, string>> => ({
  KUVERT_HOME: join(folder, 'home'),
  KUVERT_CONFIG: join(folder, 'config'),
  KUVERT_DATABASE_URL: databaseUrl,
  KUVERT_NOW: NOW.toISOString(),
});
const kuvert = (...words: readonly string[]): Promise<Ran> => runCommand(words, environment(database.url));
const withoutDatabase = (...words: readonly string[]): Promise<Ran> => runCommand(words, environment(UNREACHABLE));
const given = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};
const json = (ran: Ran): unknown => JSON.parse(ran.stdout);

const commands = [
  ['demo'],
  ['daemon'],
  ['status'],
  ['ingest'],
  ['read'],
  ['convert'],
  ['formats'],
  ['client'],
  ['client', 'check'],
  ['law'],
  ['law', 'kinds'],
  ['law', 'show'],
  ['law', 'interest'],
  ['law', 'policy'],
  ['file'],
  ['file', 'retry'],
  ['outbox'],
  ['outbox', 'retry'],
  ['trace'],
  ['invoice'],
  ['invoice', 'show'],
  ['invoice', 'credit'],
  ['invoice', 'defer'],
  ['invoice', 'dispute'],
  ['invoice', 'hold'],
  ['invoice', 'promise'],
  ['invoice', 'release'],
  ['invoice', 'write-off'],
  ['invoice', 'paid'],
  ['payment'],
  ['payment', 'list'],
  ['payment', 'show'],
  ['payment', 'allocate'],
  ['payment', 'refund'],
  ['payment', 'undo'],
  ['payout'],
  ['payout', 'list'],
  ['payout', 'show'],
  ['payout', 'approve'],
  ['payout', 'cancel'],
  ['statement'],
  ['ageing'],
  ['run'],
  ['run', 'reminder'],
  ['run', 'collection'],
  ['run', 'payout'],
  ['run', 'list'],
  ['run', 'show'],
  ['run', 'approve'],
  ['run', 'undo'],
  ['explain'],
  ['assessment'],
  ['assessment', 'list'],
  ['assessment', 'confirm'],
  ['assessment', 'decline'],
  ['verify'],
  ['migrate'],
];

describe('help', () => {
  test.each([[], ...commands])('kuvert %s %s --help says what it is for', async (...words) => {
    const { code, stdout, stderr } = await withoutDatabase(...words.filter((word) => word !== undefined), '--help');
    expect(code).toBe(0);
    expect(stdout.startsWith(`kuvert ${words[0] ?? 'COMMAND'}`)).toBe(true);
    expect(stdout).toContain('--json');
    expect(stderr).toBe('');
  });

  test('every command of the list was asked', async () => {
    const { stdout } = await withoutDatabase('--help');
    const listed = [...stdout.matchAll(/^ {2}kuvert (\w+)/gm)].map((match) => match[1]);
    expect(new Set(listed)).toEqual(new Set(commands.map(([command]) => command)));
  });
});

describe('wrong usage ends with 2 and teaches', () => {
  test.each<readonly [string, readonly string[]]>([
    ['Name a command', []],
    ['Did you mean ingest?', ['ingset', 'x.csv']],
    ['Not enough', ['ingest', '--client', 'provet']],
    ['client', ['ingest', 'x.csv']],
    ['bogus', ['status', '--bogus']],
    ['to', ['convert', 'x.csv', '--client', 'provet']],
    ['Choices: "peppol"', ['convert', 'x.csv', '--to', 'pdf']],
    ['Name what to do', ['file']],
    ['is no file', ['read', '/nowhere/x.csv', '--client', 'provet']],
    ['There is no client nobody; there are byra', ['read', 'package.json', '--client', 'nobody']],
    ['add --client', ['read', 'package.json', '--as', 'csv']],
    ['kuvert formats lists them', ['read', 'package.json', '--as', 'pdf']],
    ['Say what it is: --client ID, or --as FORMAT', ['read', 'package.json']],
  ])('%s', async (message, words) => {
    const { code, stdout, stderr } = await withoutDatabase(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    // A person who mistyped wants a sentence, not our stack.
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  test.each<readonly [string, Readonly<Record<string, string>>]>([
    ['KUVERT_NOW', { KUVERT_NOW: 'yesterday' }],
    ['KUVERT_DATABASE_URL', { KUVERT_DATABASE_URL: 'mysql://me:secret@host/kuvert' }],
  ])('an environment variable that cannot be used is named: %s', async (name, wrong) => {
    const { code, stderr } = await runCommand(['status'], { ...environment(UNREACHABLE), ...wrong });
    expect(code).toBe(2);
    expect(stderr).toContain(name);
    expect(stderr).not.toContain('secret');
  });
});

describe('without a database', () => {
  const content = trialCsv(
    { Number: 'R-1', Company: '559998-1114', Endpoint: '0007:5599981114', 'Their reference': 'A Provsson' },
    { Number: 'R-2', Price: 'much' },
  );

  test('formats lists what is read and written', async () => {
    const table = await withoutDatabase('formats');
    expect(table.code).toBe(0);
    expect(table.stdout).toMatch(/^FORMAT +READS +WRITES/m);
    const ids = (json(await withoutDatabase('formats', '--json')) as { readonly id: string }[]).map((format) => format.id);
    for (const id of ids) expect(table.stdout).toContain(id);
    expect(ids).toEqual(expect.arrayContaining(['csv', 'peppol']));
  });

  test('read shows documents and findings, one JSON a line, and ends with 1 if one is refused', async () => {
    const { code, stdout } = await withoutDatabase('read', await given('read.csv', content), '--client', 'provet');
    expect(code).toBe(1);
    const [first, second] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(first).toMatchObject({
      outcome: 'accepted',
      line: 2,
      number: 'R-1',
      invoice: { totals: { payableAmount: '1250.00' } },
    });
    expect(second).toMatchObject({
      outcome: 'rejected',
      line: 3,
      findings: [{ code: 'CSV-NOT-A-NUMBER', field: 'Price', value: 'much' }],
    });
  });

  test('convert writes an e-invoice, which read reads back, and does not overwrite', async () => {
    const out = join(folder, 'converted');
    const path = await given('convert.csv', content.replace('much', '1000,00'));
    const converted = await withoutDatabase('convert', path, '--client', 'provet', '--to', 'peppol', '--out', out);
    expect(converted).toMatchObject({ code: 0, stderr: '' });
    expect((await readdir(out)).sort()).toEqual(['R-1.xml', 'R-2.xml']);
    const back = await withoutDatabase('read', join(out, 'R-1.xml'));
    expect(back.code).toBe(0);
    expect(JSON.parse(back.stdout)).toMatchObject({ number: 'R-1', invoice: { totals: { payableAmount: '1250.00' } } });
    const again = await withoutDatabase('convert', path, '--client', 'provet', '--to', 'peppol', '--out', out);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain('exists');
  });

  test('client check finds the configuration in order, and a broken file by file, line and column', async () => {
    expect(await withoutDatabase('client', 'check')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('in order') as string,
    });
    const text = await readFile(join(folder, 'config/clients/provet.yaml'), 'utf8');
    const path = await given('provet.yaml', text.replace('paymentDays: 15', 'paymentDays: fifteen'));
    const line = text.split('\n').findIndex((row) => row.includes('paymentDays')) + 1;
    const broken = await withoutDatabase('client', 'check', path);
    expect(broken.code).toBe(1);
    expect(broken.stderr).toMatch(
      new RegExp(`^${path}:${line}:\\d+ agreements\\[0\\]\\.terms\\.paymentDays\\n {4}\\S.*\\n {4}\\S`),
    );
    const asJson = await withoutDatabase('client', 'check', path, '--json');
    expect(asJson.code).toBe(1);
    expect(json(asJson)).toMatchObject({
      valid: false,
      problems: [{ file: path, line, path: 'agreements[0].terms.paymentDays' }],
    });
  });

  test.each([['status'], ['verify'], ['migrate'], ['daemon'], ['trace', 'X-1'], ['file', 'retry', 'provet', '1']])(
    'kuvert %s needs one: 3, with what failed and what to do, and no password',
    async (...words) => {
      for (const name of ['inbox', 'archive', 'outbox']) await mkdir(join(folder, 'home', name), { recursive: true });
      const { code, stderr } = await withoutDatabase(...words);
      expect(code).toBe(3);
      expect(stderr).toContain('127.0.0.1:1');
      expect(stderr.split(/[.!] /).length).toBeGreaterThan(1);
      expect(stderr).not.toContain('secret');
      expect(stderr).not.toMatch(/^\s+at /m);
    },
  );
});

describe('with a database', () => {
  test('migrate brings it up to date', async () => {
    expect(json(await kuvert('migrate', '--json'))).toMatchObject({
      migrations: expect.arrayContaining(['0001-foundations.sql']) as string[],
    });
  });

  test('a dry run books nothing and ends with 0 if all is well, with 1 if not (F08)', async () => {
    const sound = await kuvert('ingest', await given('dry.csv', trialCsv({ Number: 'D-1' })), '--client', 'provet', '--dry-run');
    expect(sound).toMatchObject({ code: 0, stdout: expect.stringContaining('dry run') as string });
    const wrong = await given('wrong.csv', trialCsv({ Number: 'D-1' }, { Number: 'D-2', Issued: '2027-02-29' }));
    const { code, stdout } = await kuvert('ingest', wrong, '--client', 'provet', '--dry-run');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^wrong\.csv:3:3 error CSV-NOT-A-DATE D-2/m);
    expect(stdout).toMatch(/Sample letter: .*\.pdf/);
    const found = await database.pool.query('select from file');
    expect(found.rowCount).toBe(0);
  });

  test('ingest books a file and ends with 0; with 1 where something was refused or is nothing new', async () => {
    const path = await given('one.csv', trialCsv({ Number: 'C-1' }));
    const booked = await kuvert('ingest', path, '--client', 'provet', '--json');
    expect(booked.code).toBe(0);
    expect(json(booked)).toMatchObject({
      dryRun: false,
      receipt: { file: { number: 1, state: 'booked' }, documents: { accepted: { count: 1 } } },
    });
    // The sender's file stays where it is.
    expect(await readFile(path, 'utf8')).toContain('C-1');
    const again = await kuvert('ingest', path, '--client', 'provet');
    expect(again.code).toBe(1);
    expect(again.stdout).toMatch(/File 2 of provet, one\.csv: duplicate/);
    const part = await kuvert(
      'ingest',
      await given('part.csv', trialCsv({ Number: 'C-2' }, { Number: 'C-3', VAT: '24' })),
      '--client',
      'provet',
    );
    expect(part.code).toBe(1);
    expect(part.stdout).toMatch(/accepted +1 +1 250\.00/);
    expect(part.stdout).toMatch(/rejected +1 /);
  });

  test.each<readonly [string, readonly string[]]>([
    ['There is no client nobody; there are byra', ['ingest', 'package.json', '--client', 'nobody']],
    ['is no file', ['ingest', '/nowhere/x.csv', '--client', 'provet']],
    ['has no file 99', ['file', 'retry', 'provet', '99']],
    ['There is no remote nowhere', ['outbox', 'retry', 'nowhere']],
    ['is booked, not held', ['file', 'retry', 'provet', '1']],
  ])('wrong usage that only the house can see ends with 2: %s', async (message, words) => {
    const { code, stderr } = await kuvert(...words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });

  test('status, trace and verify print tables, and JSON that says the same', async () => {
    const status = await kuvert('status');
    expect(status.code).toBe(0);
    expect(status.stdout).toMatch(/provet +booked +2 /);
    expect(json(await kuvert('status', '--json'))).toMatchObject({
      files: expect.arrayContaining([
        expect.objectContaining({ client: 'provet', state: 'booked', files: '2' }) as unknown,
      ]) as unknown[],
      queues: expect.any(Array) as unknown[],
    });
    const trace = await kuvert('trace', 'C-1');
    expect(trace.code).toBe(0);
    expect(trace.stdout).toMatch(/^invoice C-1 of provet$/m);
    for (const step of ['received', 'accepted', 'booked', 'receipt', 'channel', 'planned', 'made', 'released']) {
      expect(trace.stdout).toMatch(new RegExp(`^2026-11-21 10:00:00 +${step} `, 'm'));
    }
    expect(json(await kuvert('trace', 'provet/1', '--json'))).toMatchObject([
      { subject: 'file provet/1', steps: [{ step: 'received' }, { step: 'booked' }] },
    ]);
    const verdicts = json(await kuvert('verify', '--json')) as { readonly id: string; readonly violations: readonly string[] }[];
    expect(verdicts.length).toBeGreaterThan(20);
    expect(verdicts.filter((verdict) => verdict.violations.length > 0)).toEqual([]);
  });

  test('trace of what is not there ends with 1', async () => {
    expect(await kuvert('trace', 'NOBODY')).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Nothing goes by NOBODY') as string,
    });
  });

  test('a held file is retried once its agreement is there, by a person who is named in the audit (F01, IS4)', async () => {
    const path = join(folder, 'config/clients/provhus.yaml');
    await changeFile(path, (text) => text.replace('validFrom: 2026-01-01', 'validFrom: 2026-12-01'));
    const held = await kuvert('ingest', await given('held.csv', trialCsv({ Number: 'H-1' })), '--client', 'provhus');
    expect(held.code).toBe(1);
    expect(held.stdout).toContain('FILE-NO-AGREEMENT');
    expect((await kuvert('status')).stdout).toMatch(
      /held file +provhus\/1 held\.csv +FILE-NO-AGREEMENT +kuvert file retry provhus 1/,
    );
    const early = await kuvert('file', 'retry', 'provhus', '1');
    expect(early).toMatchObject({ code: 1, stdout: expect.stringContaining('now held') as string });
    await changeFile(path, (text) => text.replace('validFrom: 2026-12-01', 'validFrom: 2026-01-01'));
    const retried = await kuvert('file', 'retry', 'provhus', '1', '--json');
    expect(retried.code).toBe(0);
    expect(json(retried)).toEqual({ client: 'provhus', number: 1, state: 'booked' });
    const audit = await database.pool.query('select act, subject, who <> $1 as named from audit order by id', ['']);
    expect(audit.rows).toEqual([
      { act: 'file retry', subject: 'provhus/1', named: true },
      { act: 'file retry', subject: 'provhus/1', named: true },
    ]);
  });

  test('a configuration that cannot be used stops every command with 1 and the place', async () => {
    const broken = join(folder, 'broken');
    await copyConfig(broken, { 'limits.yaml': (text) => text.replace('stabilitySeconds: 5', 'stabilitySeconds: soon') });
    const { code, stderr } = await kuvert('status', '--config', broken);
    expect(code).toBe(1);
    expect(stderr).toMatch(/limits\.yaml:\d+:\d+ stabilitySeconds\n/);
  });
});

describe('as a program', () => {
  const run = promisify(execFile);
  const main = new URL('../../jobs/cli/main.ts', import.meta.url).pathname;
  test.each<readonly [number, readonly string[]]>([
    [0, ['formats', '--json']],
    [1, ['client', 'check', '/nowhere/client.yaml']],
    [2, ['no-such-command']],
    [3, ['status']],
  ])('it ends with %i', async (code, words) => {
    await mkdir(join(folder, 'home'), { recursive: true });
    const env = { ...process.env, ...environment(UNREACHABLE) };
    const ended = await run(process.execPath, [main, ...words], { env }).then(
      () => 0,
      (error: { readonly code: number }) => error.code,
    );
    expect(ended).toBe(code);
  });
});
