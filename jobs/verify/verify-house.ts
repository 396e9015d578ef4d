import { inTransaction } from '#engine/store/database.ts';
import { storeInvariants } from '#engine/store/invariants.ts';
import type { OpenHome } from '../house/house.ts';
import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { dateInZone } from '#engine/iso-date.ts';
import { MAX_VIOLATIONS } from '#engine/store/invariants/invariant.ts';
import { loadKnownHashes, loadReceivedHashes } from '#engine/store/files.ts';
import { loadOutbound } from '#engine/store/outbound.ts';
import { loadReleasedSpools } from '#engine/store/spools.ts';
import { verifySpoolJob } from '#layouts/spool/verify-spool-job.ts';
import { archivedPath } from '../intake/archive.ts';
import { hashFile, errnoOf } from '../intake/durable.ts';
import { factsOf } from '../pipeline/book-documents.ts';
import { outboxPath } from '../outbox/outgoing.ts';

/** One invariant and where it does not hold; an empty list means that it does. */
export interface Verdict {
  readonly id: string;
  readonly title: string;
  readonly violations: readonly string[];
}

/** Asks every invariant, one after another; `onVerdict` hears of each as it is known. */
export async function verifyHouse(house: OpenHome, onVerdict: (verdict: Verdict) => void): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const add = (verdict: Verdict): void => {
    verdicts.push(verdict);
    onVerdict(verdict);
  };
  for (const { id, title, find } of storeInvariants) {
    add({ id, title, violations: await inTransaction(house.database, find) });
  }
  for (const { id, title, find } of fileInvariants) add({ id, title, violations: await find(house) });
  return verdicts;
}

/** What must hold between the tables and the files on disk. */
export interface FileInvariant {
  readonly id: string;
  readonly title: string;
  readonly find: (house: OpenHome) => Promise<readonly string[]>;
}

const fileInvariants: readonly FileInvariant[] = [
  { id: 'IF1', title: 'every received file lies in the archive under its hash', find: findLostArchived },
  { id: 'IF6', title: 'every outbox file is what was recorded, and every recorded one is there', find: findChangedOutbox },
  { id: 'IF7', title: 'no file lies in archive or outbox that nothing knows of', find: findOrphans },
  { id: 'ID2', title: 'every print job says what manifest and ledger say', find: findWrongSpools },
];

async function findLostArchived(house: OpenHome): Promise<string[]> {
  const violations: string[] = [];
  for (const sha256 of await inTransaction(house.database, loadReceivedHashes)) {
    const found = await digestOf(archivedPath(house.home, sha256));
    if (found?.sha256 !== sha256) violations.push(`archive ${sha256} ${found ? `reads as ${found.sha256}` : 'is missing'}`);
    if (violations.length >= MAX_VIOLATIONS) break;
  }
  return violations;
}

async function findChangedOutbox(house: OpenHome): Promise<string[]> {
  const violations: string[] = [];
  for (const row of await inTransaction(house.database, loadOutbound)) {
    if (row.state === 'planned') continue;
    const found = await digestOf(outboxPath(house.home, row.name));
    if (found?.sha256 !== row.sha256 || found.bytes !== row.bytes) {
      violations.push(`outbox/${row.name} ${found ? 'is not what was recorded' : 'is missing'}`);
    }
    if (violations.length >= MAX_VIOLATIONS) break;
  }
  return violations;
}

async function findOrphans(house: OpenHome): Promise<string[]> {
  const found = await unknownFiles(house);
  if (found.length === 0) return [];
  // A file that is being taken in is in the archive a moment before its row is; what is still unknown then, nobody knows of.
  await sleep(TAKING_IN_MILLISECONDS);
  const still = new Set(await unknownFiles(house));
  return found.filter((path) => still.has(path)).slice(0, MAX_VIOLATIONS);
}

const TAKING_IN_MILLISECONDS = 2_000;

/** Looks at the folders before it asks the tables, since a file that leaves is planned before it is there. */
async function unknownFiles(house: OpenHome): Promise<string[]> {
  const inArchive = await filesUnder(join(house.home, 'archive'));
  const inOutbox = await filesUnder(join(house.home, 'outbox'));
  const received = new Set(await inTransaction(house.database, loadKnownHashes));
  const outbound = new Set((await inTransaction(house.database, loadOutbound)).map((row) => row.name));
  return [
    ...inArchive.filter((path) => !received.has(path.slice(path.lastIndexOf('/') + 1))).map((path) => `archive/${path}`),
    ...inOutbox.filter((path) => !outbound.has(path)).map((path) => `outbox/${path}`),
  ];
}

async function findWrongSpools(house: OpenHome): Promise<string[]> {
  const violations: string[] = [];
  for (const { jobNumber, name, releasedAt } of await inTransaction(house.database, loadReleasedSpools)) {
    const releasedOn = dateInZone(releasedAt, house.config.bureau.timeZone);
    await inTransaction(house.database, async (tx) => {
      const differences = await verifySpoolJob(outboxPath(house.home, name), factsOf(tx, { jobNumber, on: releasedOn }));
      // kuvert trace takes a document's id.
      const of = (id: string | undefined): string => (id === undefined ? '' : `document ${id}: `);
      violations.push(...differences.map((item) => `${name}: ${of(item.documentId)}${item.explanation}`));
    });
    if (violations.length >= MAX_VIOLATIONS) break;
  }
  return violations.slice(0, MAX_VIOLATIONS);
}

const digestOf = (path: string) =>
  hashFile(path).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  });

/** Paths of all files below a folder, relative to it, with `/`; temporary files of writes under way left out. */
async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}
