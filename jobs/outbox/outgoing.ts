import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inTransaction, type Tx } from '#engine/store/database.ts';
import {
  isPlanned,
  loadUnwritten,
  planOutbound,
  setWritten,
  type OutboundRow,
  type OutboundKind,
} from '#engine/store/outbound.ts';
import { moveDurably, unlinkIfThere, writeDurably, type Content, hashFile, errnoOf } from '../intake/durable.ts';
import type { House } from '../house/house.ts';
import type { HouseConfig, Receiver } from '#config/house-config.ts';
import { channelOf, type Channel } from '#engine/sockets/channel.ts';

/** A file that is to leave the house under a final name. */
export interface Outgoing {
  /** An `OutboundKind`, or the id of the channel that made it. */
  readonly kind: string;
  readonly client: string;
  readonly file: bigint | null;
  /** Path below the outbox, with `/`. */
  readonly name: string;
  readonly remote: string | null;
}

const FILE_MODE = 0o640;

/**
 * Leaving the house takes three steps, so that a final name is never seen before the database knows its bytes, and a crash between
 * any two is repaired by the next: the bytes are staged in the work folder; the plan is committed with everything it belongs to; the
 * staged file gets its final name.
 */
export async function stageOutgoing(
  house: House,
  tx: Tx,
  outgoing: Outgoing,
  content: Content,
): Promise<{ readonly outbound: bigint; readonly sha256: string; readonly bytes: number }> {
  const path = await freeStagedPath(house, tx, outgoing.name);
  const { sha256, bytes } = await writeDurably(path, content, { mode: FILE_MODE });
  const outbound = await planStaged(house, tx, outgoing, { sha256, bytes });
  return { outbound, sha256, bytes };
}

/** As `stageOutgoing`, for a file that was made on disk already: it is moved. */
export async function stageMade(
  house: House,
  tx: Tx,
  outgoing: Outgoing,
  made: { readonly path: string; readonly sha256: string; readonly bytes: number },
): Promise<bigint> {
  const path = await freeStagedPath(house, tx, outgoing.name);
  await moveDurably(made.path, path);
  return planStaged(house, tx, outgoing, made);
}

/**
 * Where a file is staged. What an attempt that was never committed left there goes: after an upgrade the same letters may make other
 * bytes. The caller holds the lock of what the file is made from, so nobody else stages under this name now.
 */
async function freeStagedPath(house: House, tx: Tx, name: string): Promise<string> {
  const path = stagedPath(house.home, name);
  await mkdir(dirname(path), { recursive: true });
  if (!(await isPlanned(tx, name))) await unlinkIfThere(path);
  return path;
}

async function planStaged(
  house: House,
  tx: Tx,
  outgoing: Outgoing,
  { sha256, bytes }: { readonly sha256: string; readonly bytes: number },
): Promise<bigint> {
  const [id] = await planOutbound(tx, [{ ...outgoing, sha256, bytes }], house.clock());
  if (id === undefined) throw new Error(`outbound file ${outgoing.name} was not planned`);
  return id;
}

/** Gives every planned file its final name, after the plan was committed, and wakes the dispatch. One that cannot get it stops no other. */
export async function releaseOutgoing(house: House): Promise<void> {
  const planned = await inTransaction(house.database, loadUnwritten);
  const written: OutboundRow[] = [];
  const troubles: unknown[] = [];
  for (const row of planned) {
    await giveFinalName(house, row).then(
      () => written.push(row),
      (error: unknown) => troubles.push(error),
    );
  }
  if (written.length > 0) await recordWritten(house, written);
  if (troubles.length > 0) throw troubles[0];
}

const recordWritten = (house: House, written: readonly OutboundRow[]): Promise<void> =>
  inTransaction(house.database, async (tx) => {
    const ids = written.map((row) => row.id);
    await setWritten(tx, ids, house.clock());
    for (const remote of new Set(written.map((row) => row.remote))) {
      if (remote !== null) await house.queues.send(tx, 'dispatch', { remote });
    }
  });

async function giveFinalName(house: House, row: OutboundRow): Promise<void> {
  const final = outboxPath(house.home, row.name);
  await mkdir(dirname(final), { recursive: true });
  try {
    await moveDurably(stagedPath(house.home, row.name), final);
  } catch (error) {
    // Another daemon was quicker, or a crash came between the name and its record: the file must lie there whole.
    if (errnoOf(error instanceof Error ? error.cause : error) !== 'ENOENT') throw error;
    const found = await hashFile(final);
    if (found.sha256 !== row.sha256) throw new Error(`outbox file ${row.name} is not what was planned`, { cause: error });
  }
}

/** Where an outbound file lies: its name below the home's outbox. */
export const outboxPath = (home: string, name: string): string => join(home, 'outbox', ...name.split('/'));

/** Where files wait for their final names. */
export const stagingFolder = (home: string): string => join(home, 'work', 'outgoing');

const stagedPath = (home: string, name: string): string =>
  join(stagingFolder(home), createHash('sha256').update(name).digest('hex'));

const PRINT_HOUSE = 'print-house';
const ACCESS_POINT = 'access-point';
const BANK = 'bank';
const COLLECTION_AGENCY = 'collection-agency';

/** The name of the remote that takes files of a kind, kept with each file; null if none is configured: they stay in the outbox. */
export function remoteFor(config: HouseConfig, kind: OutboundKind, client: string): string | null {
  switch (kind) {
    case 'spool':
      return config.remotes.printHouse ? PRINT_HOUSE : null;
    case 'payment-file':
      return config.remotes.bank ? BANK : null;
    case 'collection':
      return config.remotes.collectionAgency ? COLLECTION_AGENCY : null;
    case 'receipt':
    case 'settlement':
    case 'report':
      return config.remotes.deliveries.has(client) ? `client:${client}` : null;
  }
}

export function remoteNamed(config: HouseConfig, name: string): Receiver | undefined {
  if (name === PRINT_HOUSE) return config.remotes.printHouse;
  if (name === ACCESS_POINT) return config.remotes.accessPoint;
  if (name === BANK) return config.remotes.bank;
  if (name === COLLECTION_AGENCY) return config.remotes.collectionAgency;
  return name.startsWith('client:') ? config.remotes.deliveries.get(name.slice('client:'.length)) : undefined;
}

/** Where the files of a channel go: to the remote of that name, or to the channel itself where it sends them; else they stay in the outbox. */
export function channelRemote(config: HouseConfig, id: string): string | null {
  const { remote, send } = channelOf(config.parts, id);
  if (send !== undefined) return `${CHANNEL}${id}`;
  return remote !== undefined && remoteNamed(config, remote) !== undefined ? remote : null;
}

/** The channel that sends the files of a remote itself; undefined: it is a server. */
export const senderNamed = (config: HouseConfig, name: string): Channel['send'] =>
  name.startsWith(CHANNEL) ? channelOf(config.parts, name.slice(CHANNEL.length)).send : undefined;

const CHANNEL = 'channel:';
