import { mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_STABILITY_SECONDS, openTestHouse, type Daemon, type TestHouse } from '../house/test-house.ts';
import { trialCsv } from '../house/trial-csv.ts';
import { startSshd, whyNoSshd, type SshdAccount } from './sshd-harness.ts';

const why = await whyNoSshd();
if (why !== undefined) console.warn(`SKIPPED: no daemon behind a real sshd: ${why}`);

/** Acceptance of issue 2: so long after the last byte the client has its receipt, with the configuration that comes with Kuvert. */
const RECEIPT_MILLISECONDS = 10_000;
const LOOK_MILLISECONDS = 50;

describe.skipIf(why !== undefined)('a client uploads by the sftp program into a chroot that a daemon watches', () => {
  let house: TestHouse;
  let sshd: SshdAccount;
  let daemon: Daemon;
  beforeAll(async () => {
    sshd = await startSshd();
    house = await openTestHouse({ stabilitySeconds: DEFAULT_STABILITY_SECONDS });
    // The operator's link from the house to the chroot, which must be on the same file system.
    await mkdir(join(house.home, 'inbox'), { recursive: true });
    await symlink(sshd.inbox, join(house.home, 'inbox', 'provet'));
    daemon = await house.startDaemon();
  });
  afterAll(async () => {
    await daemon.end('SIGTERM');
    await house.close();
    await sshd.stop();
  });

  const upload = async (name: string, content: string): Promise<string> => {
    const path = join(house.home, name);
    await writeFile(path, content);
    return path;
  };
  const receiptsOf = async (name: string): Promise<readonly string[]> =>
    (await readdir(join(house.home, 'outbox', 'clients', 'provet'))).filter((each) => each.includes(name));

  /** Milliseconds until the receipt lies there in both forms. */
  async function untilReceipt(name: string, patience: number): Promise<number> {
    const began = performance.now();
    while ((await receiptsOf(name)).length < 2) {
      if (performance.now() - began > patience) throw new Error(`no receipt of ${name}: ${daemon.printed()}`);
      await sleep(LOOK_MILLISECONDS);
    }
    return performance.now() - began;
  }

  test.each([
    ['put under its own name', (path: string) => [`put ${path} whole-1.csv`], 'whole-1.csv'],
    [
      'put under a temporary name and renamed',
      (path: string) => [`put ${path} x.part`, 'rename x.part whole-2.csv'],
      'whole-2.csv',
    ],
  ])('%s, the receipt is there within ten seconds of the last byte', async (_title, commands, name) => {
    const path = await upload(name, trialCsv({ Number: name }));
    await sshd.sftp(...commands(path));
    const milliseconds = await untilReceipt(name, 2 * RECEIPT_MILLISECONDS);
    console.log(`receipt after ${Math.round(milliseconds)} ms`);
    expect(milliseconds).toBeLessThan(RECEIPT_MILLISECONDS);
    const found = await house.database.query('select state, documents_accepted from file where name = $1', [name]);
    expect(found.rows).toEqual([{ state: 'booked', documents_accepted: 1 }]);
  });

  test('half uploaded and waiting for its rename, a file is left alone; resumed and renamed it is booked once', async () => {
    const content = trialCsv({ Number: 'half' });
    await sshd.sftp(`put ${await upload('half-1', content.slice(0, 120))} half.csv.filepart`);
    await sleep(2 * DEFAULT_STABILITY_SECONDS * 1_000);
    expect(await receiptsOf('half')).toEqual([]);
    expect(await readdir(sshd.inbox)).toEqual(['half.csv.filepart']);
    // `reput` goes on where the earlier attempt ended.
    await sshd.sftp(`reput ${await upload('half-2', content)} half.csv.filepart`, 'rename half.csv.filepart half.csv');
    await untilReceipt('half.csv', 2 * RECEIPT_MILLISECONDS);
    const found = await house.database.query('select state, documents_accepted from file where name = $1', ['half.csv']);
    expect(found.rows).toEqual([{ state: 'booked', documents_accepted: 1 }]);
  });

  test('the client finds nothing of what was taken, and the house is sound', async () => {
    expect(await readdir(sshd.inbox)).toEqual([]);
    const verified = await house.kuvert('verify');
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('invariants hold') as string });
  });
});
