import { realpath, lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { transferErrorOf, errnoOf } from './durable.ts';
import { claimFile, type ClaimResult, promoteClaim } from './claim.ts';
import {
  escapeFileName,
  openForWritingUnder,
  type Inbox,
  type InboxEntry,
  scanInbox,
  type Watched,
  isSettled,
  lookAgain,
  type FileIdentity,
  identityOf,
  type NotAFile,
} from './look.ts';
import { homeFolders, contentNameIn, foldersIn, type ClaimedFile } from './folders.ts';
import type { OperatingError } from '#engine/operating-error.ts';
import type { QuarantinedFile } from './quarantine.ts';

export interface RoundSettings extends InboxCallbacks {
  readonly home: string;
  readonly inbox: Inbox;
  readonly clock: InboxClock;
  /** How long a file must look the same before it is taken. */
  readonly settleMilliseconds: number;
  /** How long a file may lie in the inbox without coming to rest or getting its real name before somebody is told. */
  readonly alarmMilliseconds: number;
  /** New and unique on every call, best sortable by time (UUID version 7); names a folder. */
  readonly newClaimId: () => string;
  readonly signal: AbortSignal;
}

/** What one inbox's rounds remember of each other. */
export interface RoundMemory {
  /** By the name's bytes. */
  watched: ReadonlyMap<string, Watched>;
  /** Taken but not at rest, by claim id. */
  restless: ReadonlyMap<string, Watched>;
  /** How long the last look at the folder took, without what was taken from it. */
  lookMilliseconds: number;
  /** What was told once and need not be told again, with the key of the name it was about; the empty key is the inbox itself. */
  readonly told: Map<string, string>;
}

export const newMemory = (): RoundMemory => ({ watched: new Map(), restless: new Map(), lookMilliseconds: 0, told: new Map() });

const WHOLE_INBOX = '';
const CROWDED = 'too-many-entries';

/** After so many claims the inbox is looked at afresh: what was seen at rest long ago may no longer be. */
export const MAX_CLAIMS_PER_ROUND = 200;

/**
 * One look at one inbox: tells what is odd, takes what is at rest and hands it over one by one. Returns how many milliseconds until
 * something may have come to rest; undefined when nothing is on its way there.
 */
export async function runRound(settings: RoundSettings, memory: RoundMemory): Promise<number | undefined> {
  const began = settings.clock.steadyMilliseconds();
  const { entries, truncated } = await scanInbox(settings.inbox.folder);
  const now = settings.clock.steadyMilliseconds();
  memory.lookMilliseconds = now - began;
  memory.watched = lookAgain(memory.watched, entries, now);
  forgetGone(memory, truncated);
  if (truncated) await tellOnce(memory, CROWDED, WHOLE_INBOX, () => settings.onNotice({ inbox: settings.inbox, kind: CROWDED }));
  for (const entry of entries) await tellAbout(entry, settings, memory, now);
  const settled = settledFirstSeenFirst(entries, settings, memory, now);
  await claimSettled(settled.slice(0, MAX_CLAIMS_PER_ROUND), settings, memory);
  memory.restless = await lookAtRestless(settings, memory.restless);
  await promoteRestless(settings, memory.restless, (result) => handOver(result, settings));
  if (settled.length > MAX_CLAIMS_PER_ROUND) return 0;
  return nextSettling(entries, settings, memory, now);
}

const isCandidate = (entry: InboxEntry): boolean => entry.notAFile === undefined && entry.name.kind !== 'temporary';

/** The order files were first seen in; within one look, by name, since folders have no order and the sender's clock is not ours. */
function settledFirstSeenFirst(
  entries: readonly InboxEntry[],
  settings: RoundSettings,
  memory: RoundMemory,
  now: number,
): InboxEntry[] {
  const firstSeen = (entry: InboxEntry): number => memory.watched.get(entry.key)?.firstSeenAt ?? now;
  const settled = entries.filter((entry) => {
    const watched = memory.watched.get(entry.key);
    return isCandidate(entry) && watched !== undefined && isSettled(watched, now, settings.settleMilliseconds);
  });
  return settled.sort((left, right) => firstSeen(left) - firstSeen(right) || (left.key < right.key ? -1 : 1));
}

async function claimSettled(settled: readonly InboxEntry[], settings: RoundSettings, memory: RoundMemory): Promise<void> {
  if (settled.length === 0) return;
  const { home, inbox, clock, newClaimId, signal } = settings;
  // The system shows real paths; the inbox may be reached through a link of the operator's.
  const folder = await realpath(inbox.folder);
  const written = await openForWritingUnder(folder);
  for (const entry of settled) {
    if (signal.aborted) return;
    if (entry.name.kind === 'safe' && written.has(join(folder, entry.name.name))) continue;
    const request = { home, inbox, entry, claimId: newClaimId(), nowMilliseconds: clock.wallMilliseconds() };
    try {
      await handOver(await claimFile(request), settings);
    } catch (error) {
      const trouble = transferErrorOf(error, `taking in ${escapeFileName(entry.nameBytes)}`);
      await tellOnce(memory, `error ${thing(entry)} ${trouble.message}`, entry.key, () => settings.onError(trouble, inbox));
    }
  }
}

async function handOver(result: ClaimResult, { onClaim, onQuarantine }: RoundSettings): Promise<void> {
  if (result.kind === 'claimed') await onClaim(result.claim);
  if (result.kind === 'quarantined') await onQuarantine(result.file);
}

async function tellAbout(entry: InboxEntry, settings: RoundSettings, memory: RoundMemory, now: number): Promise<void> {
  const { inbox, alarmMilliseconds, onNotice, onStuck } = settings;
  const { notAFile } = entry;
  const escapedName = escapeFileName(entry.nameBytes);
  if (notAFile !== undefined) {
    await tellOnce(memory, `notice ${thing(entry)}`, entry.key, () => onNotice({ kind: notAFile, inbox, escapedName }));
    return;
  }
  const waitedMilliseconds = now - (memory.watched.get(entry.key)?.firstSeenAt ?? now);
  if (waitedMilliseconds < alarmMilliseconds) return;
  await tellOnce(memory, `stuck ${thing(entry)}`, entry.key, () =>
    onStuck({ inbox, escapedName, bytes: entry.identity.bytes, waitedMilliseconds }),
  );
}

const thing = (entry: InboxEntry): string => `${entry.key} ${entry.identity.inode}`;

async function tellOnce(memory: RoundMemory, about: string, key: string, tell: () => Promise<void>): Promise<void> {
  if (memory.told.has(about)) return;
  memory.told.set(about, key);
  await tell();
}

/** What has left the inbox may come again, and is then news. */
function forgetGone(memory: RoundMemory, crowded: boolean): void {
  for (const [about, key] of memory.told) {
    if (key !== WHOLE_INBOX ? !memory.watched.has(key) : !crowded) memory.told.delete(about);
  }
}

function nextSettling(
  entries: readonly InboxEntry[],
  settings: RoundSettings,
  memory: RoundMemory,
  now: number,
): number | undefined {
  const inInbox = entries.filter(isCandidate).map((entry) => memory.watched.get(entry.key));
  const waits = [...inInbox, ...memory.restless.values()]
    .filter((watched) => watched !== undefined)
    .map((watched) => watched.unchangedSince + settings.settleMilliseconds - now)
    .filter((wait) => wait > 0);
  return waits.length === 0 ? undefined : Math.min(...waits);
}

/**
 * Looks at what lies in `work/claiming`: files that changed in the moment they were taken, and those of a daemon that was killed in
 * that moment. The same rule of rest holds for them as in the inbox; a claim another daemon is just making is younger than that.
 */
async function lookAtRestless(settings: RoundSettings, earlier: ReadonlyMap<string, Watched>): Promise<Map<string, Watched>> {
  const folder = claimingFolder(settings);
  const seen: { key: string; identity: FileIdentity }[] = [];
  for (const key of await foldersIn(folder)) {
    const identity = await identityIn(join(folder, key));
    if (identity !== undefined) seen.push({ key, identity });
  }
  return lookAgain(earlier, seen, settings.clock.steadyMilliseconds());
}

/** Moves on what has come to rest; a file that still has another link then is put aside. */
async function promoteRestless(
  settings: RoundSettings,
  restless: ReadonlyMap<string, Watched>,
  handOver: (result: ClaimResult) => Promise<void>,
): Promise<void> {
  const { home, inbox, clock, settleMilliseconds } = settings;
  const settled = [...restless].filter(([, watched]) => isSettled(watched, clock.steadyMilliseconds(), settleMilliseconds));
  if (settled.length === 0) return;
  const folder = await realpath(claimingFolder(settings));
  const written = [...(await openForWritingUnder(folder))];
  for (const [claimId, { identity }] of settled) {
    if (written.some((path) => path.startsWith(join(folder, claimId, '/')))) continue;
    const promotion = { home, client: inbox.client, claimId, expected: identity, nowMilliseconds: clock.wallMilliseconds() };
    const result = await promoteClaim(promotion);
    await handOver(result.kind === 'restless' ? await promoteClaim({ ...promotion, reason: 'hard-link' }) : result);
  }
}

const claimingFolder = ({ home, inbox }: RoundSettings): string => join(homeFolders(home).claiming, inbox.client);

/** The identity of a claim's file, or of its folder when the file never came, so that empty folders too are tidied when at rest. */
async function identityIn(folder: string): Promise<FileIdentity | undefined> {
  try {
    const name = await contentNameIn(folder);
    return identityOf(await lstat(name === undefined ? folder : join(folder, name), { bigint: true }));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Time as the inbox needs it; both in milliseconds. */
interface InboxClock {
  /** Since 1970, for what is written down. */
  readonly wallMilliseconds: () => number;
  /** Since any moment, never set back or forward (XM1), for what is waited for. */
  readonly steadyMilliseconds: () => number;
}

/** Something odd lies in an inbox and stays there untouched. */
export type InboxNotice =
  | { readonly kind: NotAFile; readonly inbox: Inbox; readonly escapedName: string }
  | { readonly kind: 'too-many-entries'; readonly inbox: Inbox };

/** A file that does not come to rest, keeps a temporary name, or is held open for writing: an upload that broke off (XU1). */
export interface StuckFile {
  readonly inbox: Inbox;
  readonly escapedName: string;
  readonly bytes: number;
  readonly waitedMilliseconds: number;
}

/** What the watcher tells. Of one inbox's callbacks only one runs at a time, and its next file waits for it; other inboxes go on. */
interface InboxCallbacks {
  /** If it throws, `onError` hears of it and the file stays claimed for `listClaims`. */
  readonly onClaim: (claim: ClaimedFile) => Promise<void>;
  readonly onQuarantine: (file: QuarantinedFile) => Promise<void>;
  /** Once per odd thing. */
  readonly onNotice: (notice: InboxNotice) => Promise<void>;
  /** Once per file. */
  readonly onStuck: (stuck: StuckFile) => Promise<void>;
  /** Once per incident: again only after a round without it. */
  readonly onError: (error: OperatingError, inbox: Inbox) => Promise<void>;
}
