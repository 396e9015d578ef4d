import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate, readMigrations } from '#engine/store/migrate.ts';
import { canonicalDigest } from '#engine/store/digest.ts';
import { changeFile } from '../house/copy-config.ts';
import { runCommand, type Ran } from '../house/run-command.ts';
import { dumpHome, loadHome } from './home-dump.ts';
import { createEmptyDatabase, type TestDatabase } from './test-database.ts';

const MIGRATIONS_FOLDER = new URL('../../engine/store/migrations/', import.meta.url).pathname;
/** A home as commit 4eab1d3 left it, before identity was decided rather than a side effect; its README says what happened in it. */
const LEFT = new URL('../../fixtures/homes/4eab1d3/', import.meta.url).pathname;
const SCHEMA_OF_ITS_TIME = 2;

let folder: string;
let database: TestDatabase;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kuvert-upgrade-'));
  for (const name of ['archive', 'outbox']) await cp(join(LEFT, name), join(folder, 'home', name), { recursive: true });
  for (const name of ['inbox', 'quarantine', 'work']) await mkdir(join(folder, 'home', name), { recursive: true });
  await cp(join(LEFT, 'config'), join(folder, 'config'), { recursive: true });
  database = await createEmptyDatabase();
  const migrations = (await readMigrations(MIGRATIONS_FOLDER)).slice(0, SCHEMA_OF_ITS_TIME);
  await migrate(database.pool, { migrations, views: { sql: '', sha256: '' }, fill: () => Promise.resolve() });
  await loadHome(database.pool, join(LEFT, 'database.jsonl.gz'));
});

afterEach(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const kuvert = (now: string, ...words: readonly string[]): Promise<Ran> =>
  runCommand(words, {
    KUVERT_HOME: join(folder, 'home'),
    KUVERT_CONFIG: join(folder, 'config'),
    KUVERT_DATABASE_URL: database.url,
    KUVERT_NOW: now,
  });

/** The file of 1 September again, with other bytes: blanks at the end of a text, and one invoice changed where the test says so. */
async function resend(change: (text: string) => string): Promise<string> {
  const path = join(folder, 'avgifter-igen.csv');
  await cp(join(LEFT, 'archive/7d/7d5a9694ace0429e7a6d901f666e37e5259b6c5afdb8bba25d0780e65ffcbc52'), path);
  const before = await readFile(path, 'latin1');
  const after = change(before);
  expect(after).not.toBe(before);
  await chmod(path, 0o644);
  await writeFile(path, after, 'latin1');
  return path;
}

const received = (ran: Ran): unknown => {
  const { receipt } = JSON.parse(ran.stdout) as { receipt: { documents: Record<string, { count: number }> } };
  return Object.fromEntries(Object.entries(receipt.documents).map(([what, { count }]) => [what, count]));
};

describe('a home of commit 4eab1d3', () => {
  test('opens, every invariant holds, nothing is judged changed, and its work goes on', async () => {
    expect(await kuvert('2026-10-07T07:00:00Z', 'migrate')).toMatchObject({ code: 0, stderr: '' });
    const verified = await kuvert('2026-10-07T07:05:00Z', 'verify');
    expect(verified).toMatchObject({ code: 0, stderr: '' });
    expect(verified.stdout).toMatch(/All \d+ invariants hold\./);

    // Two lines change places: other bytes, the same four invoices.
    const again = await resend((text) => text.replace(/(1003;[^\r\n]*\r?\n)(1004;[^\r\n]*\r?\n)/, '$2$1'));
    const resent = await kuvert('2026-10-07T07:10:00Z', 'ingest', again, '--client', 'vattnet', '--json');
    expect(received(resent)).toEqual({ accepted: 0, rejected: 0, duplicate: 4, held: 0 });

    const first = await database.pool.query(
      `select (select count(*)::int from invoice where digest_version = 0) as invoices,
         (select count(*)::int from file_document where digest_version = 0) as documents,
         (select count(*)::int from debtor_version where digest_version = 0) as debtors,
         (select count(*)::int from agreement where digest_version = 0) as agreements,
         (select count(*)::int from debtor_version where version > 1) as changed`,
    );
    expect(first.rows).toEqual([{ invoices: 0, documents: 0, debtors: 0, agreements: 0, changed: 0 }]);

    // What is new is booked after what was there.
    const fresh = await resend((text) =>
      text
        .replace(/^(?:1001|1002|1003);[^\r\n]*\r?\n/gm, '')
        .replace(/^1004;2026-09-01/m, '1005;2026-10-07')
        .replace('SLUT;4;3250,00', 'SLUT;1;250,00'),
    );
    const booked = await kuvert('2026-10-07T07:20:00Z', 'ingest', fresh, '--client', 'vattnet', '--json');
    expect(received(booked)).toEqual({ accepted: 1, rejected: 0, duplicate: 0, held: 0 });
    // The 77.00 of nobody are tied by hand, and the next payout run pays them out.
    const act = ['--client', 'vattnet', '--who', 'Anna Operatör', '--reason', 'prov'];
    expect((await kuvert('2026-10-07T08:00:00Z', 'payment', 'allocate', '3', '--invoice', '1004', ...act)).stderr).toBe('');
    expect((await kuvert('2026-10-14T09:00:00Z', 'run', 'payout', ...act, '--override')).stderr).toBe('');
    const settled = await database.pool.query('select number from settlement order by number');
    expect(settled.rows).toHaveLength(2);
    expect((await kuvert('2026-10-14T10:00:00Z', 'verify')).stdout).toMatch(/All \d+ invariants hold\./);
  });

  test('an invoice that really says something else under its number is refused', async () => {
    const changed = await resend((text) =>
      text
        .replace('1;st;1000,00;1000,00;25;0,00;1250,00', '1;st;1040,00;1040,00;25;0,00;1300,00')
        .replace('SLUT;4;3250,00', 'SLUT;4;3300,00'),
    );
    const resent = await kuvert('2026-10-07T07:10:00Z', 'ingest', changed, '--client', 'vattnet', '--json');
    expect(resent.code).toBe(1);
    expect(received(resent)).toEqual({ accepted: 0, rejected: 1, duplicate: 3, held: 0 });
  });

  test('an agreement that was changed with the program is refused, an ended one is not', async () => {
    const file = join(folder, 'config/clients/vattnet.yaml');
    await changeFile(file, (text) => text.replace('reminder: 12.00', 'reminder: 13.00'));
    const refused = await kuvert('2026-10-07T07:00:00Z', 'migrate');
    expect(refused.code).toBe(3);
    expect(refused.stderr).toContain('Agreement version 1 of client vattnet has been used and now says something else.');
    await changeFile(file, (text) =>
      text
        .replace('reminder: 13.00', 'reminder: 12.00')
        .replace('validFrom: 2026-01-01', 'validFrom: 2026-01-01\n    validTo: 2026-12-31'),
    );
    expect(await kuvert('2026-10-07T07:05:00Z', 'migrate')).toMatchObject({ code: 0, stderr: '' });
  });

  test('after the upgrade an agreement is what its file says: order and remarks are nothing, a term is', async () => {
    expect((await kuvert('2026-10-07T07:00:00Z', 'migrate')).code).toBe(0);
    const file = join(folder, 'config/clients/vattnet.yaml');
    await changeFile(file, (text) =>
      text
        .replace('    product: service\n    country: SE\n', '    country: SE # the law of\n    product: service\n')
        .replace('paymentSlip: yes\n      paymentQr: yes', 'paymentQr: yes\n      paymentSlip: yes'),
    );
    expect(await kuvert('2026-10-07T07:05:00Z', 'migrate')).toMatchObject({ code: 0, stderr: '' });
    await changeFile(file, (text) => text.replace('paymentDays: 30', 'paymentDays: 28'));
    expect((await kuvert('2026-10-07T07:10:00Z', 'migrate')).code).toBe(3);
  });

  test('a policy that the agreement names is part of what was agreed', async () => {
    expect((await kuvert('2026-10-07T07:00:00Z', 'migrate')).code).toBe(0);
    await changeFile(join(folder, 'config/policies/se-consumer-handover.yaml'), (text) =>
      text.replace(/tolerance: [\d.]+/, 'tolerance: 3.00'),
    );
    expect((await kuvert('2026-10-07T07:10:00Z', 'migrate')).code).toBe(3);
  });
});

test('what is dumped is what was loaded, row by row', async () => {
  const path = join(folder, 'again.jsonl.gz');
  await dumpHome(database.pool, path);
  const rowsOf = async (file: string): Promise<readonly string[]> =>
    gunzipSync(await readFile(file))
      .toString('utf8')
      .split('\n')
      .filter((line) => !/^\{"table":"(?:migration|view_source)"/.test(line))
      .toSorted();
  expect(await rowsOf(path)).toEqual(await rowsOf(join(LEFT, 'database.jsonl.gz')));
});

test('a digest is of what is said, not of the order in which a program holds it (SHA-256 by sha256sum)', () => {
  // printf 'submission 1\n{"a":[{"x":"12.50","y":1}],"b":"å"}' | sha256sum
  const digest = 'a4b8dda1efac6539bc09da274f88f0b133fa01ffc0bb818a8bd0a7c122a07ec2';
  expect(canonicalDigest('submission', 1, { b: 'å', a: [{ y: 1, x: 1250n }] })).toBe(digest);
  expect(canonicalDigest('submission', 1, { a: [{ x: 1250n, y: 1 }], b: 'å', c: undefined })).toBe(digest);
  expect(canonicalDigest('submission', 2, { a: [{ x: 1250n, y: 1 }], b: 'å' })).not.toBe(digest);
  expect(canonicalDigest('claim-order', 1, { a: [{ x: 1250n, y: 1 }], b: 'å' })).not.toBe(digest);
  expect(canonicalDigest('submission', 1, { a: [{ x: 1251n, y: 1 }], b: 'å' })).not.toBe(digest);
});
