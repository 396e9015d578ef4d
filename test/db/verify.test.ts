import { appendFile, chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rehearse } from '#engine/store/database.ts';
import { storeInvariants } from '#engine/store/invariants.ts';
import { archivedPath } from '#jobs/intake/archive.ts';
import { openInnerHouse, NOW, type InnerHouse } from '../house/inner-house.ts';
import { runCommand, type Ran } from '../house/run-command.ts';
import { trialCsv } from '../house/trial-csv.ts';

let inner: InnerHouse;
let archived: string;
beforeAll(async () => {
  inner = await openInnerHouse({ printing: true });
  const content = trialCsv(
    { Number: 'V-1' },
    { Number: 'V-2', Name: 'Låtsasbolaget AB', Debtor: 'D2' },
    { Number: 'V-3', Company: '559998-1114', Endpoint: '0007:5599981114', 'Their reference': 'A Provsson' },
    { Number: 'V-4', Price: '0,00', Payable: '0,00', Mode: 'monitor-only' },
    { Number: 'V-5', Issued: 'yesterday' },
  );
  const { file } = await inner.takeIn('provet', 'base.csv', content);
  await inner.takeIn('provet', 'again.csv', content);
  archived = archivedPath(inner.house.home, file.sha256);
});
afterAll(() => inner.close());

const verify = async (): Promise<Ran> =>
  runCommand(['verify'], {
    KUVERT_HOME: inner.house.home,
    KUVERT_CONFIG: join(inner.folder, 'config'),
    KUVERT_DATABASE_URL: inner.databaseUrl,
    KUVERT_NOW: NOW.toISOString(),
  });

/** Ids of the invariants that a run of `kuvert verify` said fail. */
const failedIn = ({ stdout }: Ran): readonly string[] => [...stdout.matchAll(/^FAIL (\w+)/gm)].map((match) => match[1] ?? '');

test('a sound house is found sound, with exit code 0', async () => {
  const ran = await verify();
  expect(failedIn(ran)).toEqual([]);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toMatch(/All \d+ invariants hold\./);
});

const GUARDED = ['file', 'ledger_transaction', 'posting'];

describe('what somebody did to the tables, past their guards, is found by exactly the invariant it breaks', () => {
  const invoice = (number: string): string => `(select id from invoice where number = '${number}')`;
  test.each<readonly [title: string, id: string, titles: RegExp, sql: string]>([
    [
      'a posting that is tied to no receivable',
      'IL5',
      /begin with its principal/,
      `update posting set receivable_id = null where receivable_id = (select id from receivable where invoice_id = ${invoice('V-1')})`,
    ],
    [
      'a booked invoice said to be delivered only',
      'IL5',
      /every kept invoice/,
      `update invoice set mode = 'distribute-only' where number = 'V-1'`,
    ],
    [
      'a receivable gone',
      'IL5',
      /every kept invoice/,
      `update posting set receivable_id = null where receivable_id is not null; delete from receivable where invoice_id = ${invoice('V-2')};
       update posting set receivable_id = r.id from receivable r join ledger_transaction t on t.invoice_id = r.invoice_id
         where posting.transaction_id = t.id and posting.account = 'receivable'`,
    ],
    ['a file number skipped', 'IL6', /no gaps/, `update number_series set next = next + 1 where series = 'file:provet'`],
    ['a job number skipped', 'IL6', /no gaps/, `update number_series set next = next + 1 where series = 'spool'`],
    [
      'a reference for an invoice of nothing',
      'IL6',
      /payment reference/,
      `insert into payment_reference (scheme, account, reference, invoice_id) values ('bankgiro', '1', '2', ${invoice('V-4')})`,
    ],
    ['a floating-point column', 'IL8', /floating-point/, 'alter table invoice add column discount real'],
    [
      'a file settled before it came',
      'IF2',
      /state and times/,
      `update file set settled_at = received_at - interval '1 second' where number = 1`,
    ],
    [
      'a counter raised',
      'IF3',
      /by count and amount/,
      'update file set documents_rejected = documents_rejected + 1 where number = 1',
    ],
    [
      'an amount raised by an öre',
      'IF3',
      /by count and amount/,
      'update file set amount_accepted = amount_accepted + 1 where number = 1',
    ],
    [
      'two documents that changed their outcomes',
      'IF3',
      /every accepted document is an invoice/,
      `update file_document set outcome = case number when 'V-1' then 'rejected' else 'accepted' end where number in ('V-1', 'V-5')`,
    ],
    [
      'a repetition that counts as new',
      'IF4',
      /read once/,
      `drop index file_content_once; update file set state = 'rejected', duplicate_of = null, documents_duplicate = 0, amount_duplicate = 0,
         amounts_unknown = 0 where number = 2`,
    ],
    ['a receipt gone', 'IF5', /receipt/, `delete from outbound where kind = 'receipt' and name like '%000001-%.csv'`],
    ['an invoice without delivery', 'ID1', /exactly one delivery/, `delete from document where channel = 'einvoice'`],
    [
      'an invoice delivered twice',
      'ID1',
      /exactly one delivery/,
      `drop index document_primary; insert into document (id, invoice_id, client_id, channel, channel_reason, channel_facts, layout, state, decided_at)
         select 'again', invoice_id, client_id, channel, channel_reason, channel_facts, layout, 'waiting', decided_at from document where channel = 'einvoice'`,
    ],
    ['a letter more in a job’s totals', 'ID3', /totals/, 'update spool set letters = letters + 1'],
    ['a piece number skipped', 'ID4', /pieces without gaps/, 'update document set piece = piece + 1 where piece = 2'],
    ['a letter released in no file', 'ID4', /released/, 'update document set outbound_id = null where piece = 1'],
  ])('%s: %s', async (_title, id, titles, sql) => {
    const failed = await rehearse(inner.house.database, async (tx) => {
      for (const table of GUARDED) await tx.query(`alter table ${table} disable trigger user`);
      await tx.query(sql);
      for (const table of GUARDED) await tx.query(`alter table ${table} enable trigger user`);
      const found = [];
      for (const invariant of storeInvariants) {
        const violations = await invariant.find(tx);
        if (violations.length > 0) found.push(invariant);
      }
      return found;
    });
    expect(failed.map((invariant) => invariant.id)).toEqual([id]);
    expect(failed[0]?.title).toMatch(titles);
  });

  test('and the command ends with 1 and says which', async () => {
    const raise = (by: number): Promise<unknown> => inner.rows(`update spool set sheets = sheets + ${by}`);
    await raise(1);
    const ran = await verify();
    await raise(-1);
    expect(ran.code).toBe(1);
    expect(failedIn(ran)).toEqual(['ID3']);
    expect(ran.stdout).toMatch(/FAIL ID3 .*\n {10}print job 1: /);
  });
});

describe('what somebody did to the files is found by exactly the invariant it breaks, with exit code 1', () => {
  const outbox = (name: string): string => join(inner.house.home, 'outbox', name);
  const outName = async (like: string): Promise<string> => {
    const [row] = await inner.rows<{ name: string }>('select name from outbound where name like $1', [like]);
    return outbox(row?.name ?? '');
  };

  test.each<
    readonly [title: string, ids: readonly string[], path: () => Promise<string>, damage: (path: string) => Promise<void>]
  >([
    ['an archived file gone', ['IF1'], async () => archived, (path) => rm(path)],
    ['a bit of an archived file turned', ['IF1'], async () => archived, (path) => turnBit(path)],
    ['a receipt gone', ['IF6'], () => outName('%.receipt.json'), (path) => rm(path)],
    ['a receipt added to', ['IF6'], () => outName('%.receipt.csv'), (path) => appendFile(path, ' ')],
    ['an e-invoice changed', ['IF6'], () => outName('%.xml'), (path) => turnBit(path)],
    // The archive's hash is recorded, and what is inside is compared as well.
    ['a print job gone', ['IF6', 'ID2'], () => outName('%.zip'), (path) => rm(path)],
    ['a bit of a print job turned', ['IF6', 'ID2'], () => outName('%.zip'), (path) => turnBit(path)],
  ])('%s: %o', async (_title, ids, pathOf, damage) => {
    const path = await pathOf();
    const whole = await readFile(path);
    await chmod(path, 0o640);
    await damage(path);
    const ran = await verify();
    await writeFile(path, whole);
    expect(failedIn(ran)).toEqual(ids);
    expect(ran.code).toBe(1);
  });

  test.each([['archive/ab/abcd'], ['outbox/print/J0099.zip'], ['outbox/clients/provet/unknown.json']])(
    '%s, which nobody knows of: IF7',
    async (name) => {
      const path = join(inner.house.home, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, 'x');
      const ran = await verify();
      await rm(path);
      expect(failedIn(ran)).toEqual(['IF7']);
      expect(ran.stdout).toContain(name);
      expect(ran.code).toBe(1);
    },
  );

  test('a letter that does not say what the ledger says: ID2', async () => {
    const swap = `update payment_reference set reference = reverse(reference) where invoice_id = (select id from invoice where number = 'V-1')`;
    await inner.rows(swap);
    const ran = await verify();
    await inner.rows(swap);
    expect(failedIn(ran)).toEqual(['ID2']);
    const [row] = await inner.rows<{ id: string }>(
      `select d.id from document d join invoice i on i.id = d.invoice_id where i.number = 'V-1'`,
    );
    expect(ran.stdout).toContain(`document ${row?.id}: printed`);
    expect(ran.code).toBe(1);
  });

  test('and mended, the house is sound again', async () => {
    expect(failedIn(await verify())).toEqual([]);
  });
});

/** In the middle, as a failing disk does it. */
async function turnBit(path: string): Promise<void> {
  const bytes = await readFile(path);
  const middle = bytes.byteLength >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  await writeFile(path, bytes);
}
