import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isoDate } from '#engine/iso-date.ts';
import { makePrintStatus } from '#jobs/demo/files/print-status.ts';

/**
 * Plays the files that a demo's home received, one by one and on a clock that stands still, through the doors of two checkouts (command
 * line, inboxes, daemon), and compares what they put into their out-folders, byte by byte:
 *
 *     node test/compare/compare-checkouts.ts DEMO_HOME WORK_FOLDER OLD_CHECKOUT NEW_CHECKOUT
 *
 * WORK_FOLDER must not exist; the two homes are left in it. Ends with 1 and the names of the files that differ.
 */

/** A file as the demo's home received it. */
interface Received {
  readonly sender: string;
  readonly name: string;
  readonly path: string;
  readonly at: string;
}

interface Side {
  readonly checkout: string;
  readonly home: string;
  /** Print jobs that the print house has answered. */
  readonly answered: Set<string>;
}

const QUIET_MILLISECONDS = 4_000;
const POLL_MILLISECONDS = 500;
const PATIENCE_MILLISECONDS = 180_000;
const PLANNER = 'Anna Operatör';
const APPROVER = 'Bodil Granskare';

/** What people ordered in the demo, by day; made before the first file of a later day. */
const orders: readonly { readonly on: string; readonly words: readonly string[] }[] = [
  { on: '2026-10-05', words: ['run', 'payout', '--who', PLANNER] },
  { on: '2026-10-05', words: ['payout', 'list'] },
  { on: '2026-10-06', words: ['run', 'reminder', '--who', PLANNER] },
  { on: '2026-10-22', words: ['run', 'collection', '--who', PLANNER] },
  { on: '2026-11-03', words: ['run', 'collection', '--who', PLANNER] },
  { on: '2026-11-06', words: ['run', 'payout', '--who', PLANNER] },
];

async function filesOf(demoHome: string): Promise<readonly Received[]> {
  const receipts = (await listFiles(join(demoHome, 'outbox'))).filter((path) => path.endsWith('.receipt.json'));
  const received = await Promise.all(
    receipts.map(async (path): Promise<Received> => {
      const { file } = JSON.parse(await readFile(path, 'utf8')) as {
        file: { name: string; sha256: string; receivedAt: string };
      };
      const archived = (await listFiles(join(demoHome, 'archive'))).find((entry) => entry.includes(file.sha256));
      if (!archived) throw new Error(`the archive does not hold ${file.name}`);
      return { sender: path.split('/').at(-2) ?? '', name: file.name, path: archived, at: file.receivedAt };
    }),
  );
  // A print house's answer is made from the jobs that the replay itself makes.
  return received.filter(({ sender }) => sender !== 'print-house').sort((a, b) => (a.at + a.name < b.at + b.name ? -1 : 1));
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

const environment = (side: Side, now: string): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  KUVERT_HOME: side.home,
  KUVERT_CONFIG: join(side.checkout, 'config'),
  KUVERT_NOW: now,
});

async function kuvert(side: Side, now: string, words: readonly string[]): Promise<string> {
  const program = spawn(process.execPath, ['jobs/cli/main.ts', ...words], {
    cwd: side.checkout,
    env: environment(side, now),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  program.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await once(program, 'close');
  return printed;
}

/** A daemon that works until the out-folders have been at rest for a while; with a file left in an inbox before. */
async function letWork(side: Side, now: string, file?: { sender: string; name: string; write: (path: string) => Promise<void> }) {
  const daemon = spawn(process.execPath, ['jobs/cli/main.ts', 'daemon', '--json'], {
    cwd: side.checkout,
    env: environment(side, now),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(daemon, 'close');
  if (file) {
    const inbox = join(side.home, 'inbox', file.sender);
    await mkdir(inbox, { recursive: true });
    const half = join(side.home, 'inbox', `.${file.name}`);
    await file.write(half);
    await rename(half, join(inbox, file.name));
  }
  const began = Date.now();
  const before = await outFiles(side);
  let last = before;
  let restedSince = Date.now();
  const came = (): boolean => !file || last.some((name) => name.endsWith(`${file.name}.receipt.json`) && !before.includes(name));
  while (!(came() && Date.now() - restedSince > QUIET_MILLISECONDS)) {
    if (Date.now() - began > PATIENCE_MILLISECONDS) throw new Error(`${side.home}: ${file?.name ?? 'work'} has not finished`);
    await sleep(POLL_MILLISECONDS);
    const seen = await outFiles(side);
    if (seen.join() !== last.join()) restedSince = Date.now();
    last = seen;
  }
  daemon.kill('SIGTERM');
  await ended;
}

async function outFiles(side: Side): Promise<string[]> {
  const folder = join(side.home, 'outbox');
  if (!(await stat(folder).catch(() => undefined))) return [];
  return (await listFiles(folder)).map((path) => path.slice(folder.length + 1)).sort();
}

async function printHouseAnswers(side: Side, now: string): Promise<void> {
  const jobs = (await outFiles(side)).filter((name) => /^print\/.*\.zip$/.test(name) && !side.answered.has(name));
  for (const job of jobs) {
    side.answered.add(job);
    const status = await makePrintStatus(join(side.home, 'outbox', job), { on: isoDate(now.slice(0, 10)) });
    const name = `status-${job.slice('print/'.length, -'.zip'.length)}.csv`;
    await letWork(side, now, { sender: 'print-house', name, write: (path) => writeFile(path, status) });
  }
}

async function replay(side: Side, files: readonly Received[]): Promise<void> {
  let due = [...orders];
  for (const [index, file] of files.entries()) {
    const now = `${file.at.slice(0, 10)}T08:${String(index % 60).padStart(2, '0')}:00.000Z`;
    while (due[0] && due[0].on < file.at.slice(0, 10)) {
      const { on, words } = due[0];
      const printed = await kuvert(side, `${on}T12:00:00.000Z`, words);
      await writeFile(join(side.home, `${String(orders.length - due.length)}-${words.join('-')}.out`), printed);
      due = due.slice(1);
      await approvePayouts(side, `${on}T12:10:00.000Z`);
      await letWork(side, `${on}T12:20:00.000Z`);
      await printHouseAnswers(side, `${on}T15:00:00.000Z`);
    }
    console.log(`${side.home} ${now} ${file.sender} ${file.name}`);
    if (['bank', 'collection-agency'].includes(file.sender))
      await letWork(side, now, { sender: file.sender, name: file.name, write: (path) => copyFile(file.path, path) });
    else {
      const given = join(side.home, 'given', file.name);
      await mkdir(join(side.home, 'given'), { recursive: true });
      await copyFile(file.path, given);
      await kuvert(side, now, ['ingest', given, '--client', file.sender]);
    }
    const next = files[index + 1];
    if (next && next.at.slice(0, 10) > file.at.slice(0, 10)) {
      await letWork(side, `${file.at.slice(0, 10)}T11:00:00.000Z`);
      await printHouseAnswers(side, `${file.at.slice(0, 10)}T11:30:00.000Z`);
    }
  }
}

async function approvePayouts(side: Side, now: string): Promise<void> {
  const runs = JSON.parse(await kuvert(side, now, ['run', 'list', '--kind', 'payout', '--json'])) as { id: string }[];
  for (const { id } of runs) await kuvert(side, now, ['run', 'approve', id, '--who', APPROVER]);
}

async function differing(a: Side, b: Side): Promise<readonly string[]> {
  const names = [...new Set([...(await outFiles(a)), ...(await outFiles(b))])].sort();
  const bytes = async (side: Side, name: string): Promise<string> =>
    readFile(join(side.home, 'outbox', name)).then(
      (found) => found.toString('latin1'),
      () => 'absent',
    );
  const found = await Promise.all(names.map(async (name) => ((await bytes(a, name)) === (await bytes(b, name)) ? [] : [name])));
  console.log(`${names.length} files in the out-folders`);
  return found.flat();
}

const [demoHome = '', work = '', oldCheckout = '', newCheckout = ''] = process.argv.slice(2).map((path) => resolve(path));
await mkdir(work);
const side = (name: string, checkout: string): Side => ({ checkout, home: join(work, name), answered: new Set() });
const sides = [side('old', oldCheckout), side('new', newCheckout)] as const;
const files = await filesOf(demoHome);
await Promise.all(sides.map((one) => replay(one, files)));
const different = await differing(...sides);
for (const name of different) console.log(`differs: ${name}`);
await rm(join(work, 'given'), { recursive: true, force: true });
console.log(different.length === 0 ? 'nothing differs' : `${different.length} files differ`);
process.exitCode = different.length === 0 ? 0 : 1;
