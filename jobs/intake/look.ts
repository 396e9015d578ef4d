import { type BigIntStats, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
import { join, isAbsolute, relative } from 'node:path';
import { errnoOf, transferErrorOf } from './durable.ts';
import { setImmediate as breathe } from 'node:timers/promises';

/** One client's folder for incoming files. Senders may write to it, so nothing in it is to be trusted. */
export interface Inbox {
  readonly client: string;
  /** Absolute path; what lies above it is the operator's and never the sender's. */
  readonly folder: string;
}

export type NotAFile = 'symbolic-link' | 'directory' | 'fifo' | 'socket' | 'device';

export interface InboxEntry {
  /** The name's bytes as Latin-1 text: one key per name even where the name is not UTF-8. */
  readonly key: string;
  readonly nameBytes: Buffer;
  readonly name: JudgedName;
  readonly identity: FileIdentity;
  /** More than one link: somebody has another way to the bytes. OpenSSH renames by link and unlink, so it may last a moment only. */
  readonly hardLinked: boolean;
  /** What it is, if no regular file. */
  readonly notAFile?: NotAFile;
}

export interface InboxScan {
  readonly entries: readonly InboxEntry[];
  /** More names than the limit: the rest is seen by later scans, when these have moved on. */
  readonly truncated: boolean;
}

/** Names looked at in one scan; bounds time and memory when 100,000 files arrive at once (XU10). */
export const MAX_ENTRIES_PER_SCAN = 20_000;

/** Lists what lies in an inbox, without opening anything and without following links (IS1). Entries that vanish are left out. */
export async function scanInbox(folder: string, maxEntries = MAX_ENTRIES_PER_SCAN): Promise<InboxScan> {
  const entries: InboxEntry[] = [];
  try {
    for await (const nameBytes of namesIn(folder)) {
      if (entries.length >= maxEntries) return { entries, truncated: true };
      const entry = await lookAt(folder, nameBytes);
      if (entry !== undefined) entries.push(entry);
    }
  } catch (error) {
    throw transferErrorOf(error, `listing ${folder}`);
  }
  return { entries, truncated: false };
}

/** Path of an entry as bytes: a name that is not UTF-8 has no string. */
export const entryPath = (folder: string, nameBytes: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(join(folder, '/')), nameBytes]);

/** Names as bytes and in the order the folder has them, without reading the whole folder into memory. */
async function* namesIn(folder: string): AsyncGenerator<Buffer> {
  // The typing of opendir knows only strings; with this encoding Node gives buffers (tested).
  for await (const { name } of await opendir(folder, { encoding: 'buffer' as BufferEncoding })) {
    yield name as unknown as Buffer;
  }
}

async function lookAt(folder: string, nameBytes: Buffer): Promise<InboxEntry | undefined> {
  try {
    const stats = await lstat(entryPath(folder, nameBytes), { bigint: true });
    const kind = fileKindOf(stats);
    return {
      key: nameBytes.toString('latin1'),
      nameBytes,
      name: judgeFileName(nameBytes),
      identity: identityOf(stats),
      hardLinked: kind === 'file' && stats.nlink > 1n,
      ...(kind === 'file' ? {} : { notAFile: kind }),
    };
  } catch (error) {
    // The sender may rename or delete what waits (XU5, XU6).
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** What kind of thing a look found. */
export function fileKindOf(stats: BigIntStats): NotAFile | 'file' {
  if (stats.isFile()) return 'file';
  if (stats.isSymbolicLink()) return 'symbolic-link';
  if (stats.isDirectory()) return 'directory';
  if (stats.isFIFO()) return 'fifo';
  return stats.isSocket() ? 'socket' : 'device';
}

/** What is known about one name over several looks; times are of a steady clock of ours, in milliseconds. */
export interface Watched {
  readonly identity: FileIdentity;
  readonly firstSeenAt: number;
  /** When the bytes were first seen as they are now. */
  readonly unchangedSince: number;
  /** Looks that found the bytes as they are now. */
  readonly looks: number;
}

/**
 * Joins a new look with the earlier ones. Names that are gone are forgotten. The sender's clock plays no part: file times are
 * compared with each other only, and time passes by our clock (XU11).
 */
export function lookAgain(
  earlier: ReadonlyMap<string, Watched>,
  seen: Iterable<{ readonly key: string; readonly identity: FileIdentity }>,
  now: number,
): Map<string, Watched> {
  const watched = new Map<string, Watched>();
  for (const { key, identity } of seen) {
    const before = earlier.get(key);
    watched.set(
      key,
      before !== undefined && untouched(before.identity, identity)
        ? { ...before, looks: before.looks + 1 }
        : { identity, firstSeenAt: before?.firstSeenAt ?? now, unchangedSince: now, looks: 1 },
    );
  }
  return watched;
}

/** At rest: found the same by at least two looks over the whole settling time. */
export function isSettled(watched: Watched, now: number, settleMilliseconds: number): boolean {
  return watched.looks >= 2 && now - watched.unchangedSince >= settleMilliseconds;
}

/**
 * Which bytes a path stood for at one look. Times are the file system's own, in nanoseconds as decimal text, and are only ever
 * compared for equality: a sender's clock may be wrong by years. The whole is plain JSON, so it can outlive the program.
 */
export interface FileIdentity {
  readonly device: string;
  readonly inode: string;
  readonly bytes: number;
  readonly modifiedNanoseconds: string;
  /** Changed by every write, rename, link and attribute change; a sender cannot set it. */
  readonly changedNanoseconds: string;
}

export function identityOf(stats: BigIntStats): FileIdentity {
  return {
    device: String(stats.dev),
    inode: String(stats.ino),
    bytes: Number(stats.size),
    modifiedNanoseconds: String(stats.mtimeNs),
    changedNanoseconds: String(stats.ctimeNs),
  };
}

/** Same inode and nobody wrote to it. Renaming is allowed: it moves the change time on most file systems. */
export function sameContent(left: FileIdentity, right: FileIdentity): boolean {
  return (
    left.device === right.device &&
    left.inode === right.inode &&
    left.bytes === right.bytes &&
    left.modifiedNanoseconds === right.modifiedNanoseconds
  );
}

/** Same inode, not written to, renamed, linked or given other attributes. */
export function untouched(left: FileIdentity, right: FileIdentity): boolean {
  return sameContent(left, right) && left.changedNanoseconds === right.changedNanoseconds;
}

/** What a sender's file name is to us. */
type JudgedName =
  | { readonly kind: 'safe'; readonly name: string }
  /** Still being written by a well-behaved program, or hidden: not looked at until it gets its real name. */
  | { readonly kind: 'temporary'; readonly escaped: string }
  | { readonly kind: 'unsafe'; readonly escaped: string; readonly problem: NameProblem };

export const nameProblems = [
  'not-utf-8',
  'too-long',
  'control-character',
  'invisible-character',
  'path-separator',
  'percent-encoded-path',
  'drive-letter',
  'device-name',
  'leading-dash',
  'outer-space',
  'trailing-dot',
  'unusual-character',
] as const;
export type NameProblem = (typeof nameProblems)[number];

/** A received name lives on in receipts, which add their own endings within the 255 bytes a file system allows. */
export const MAX_NAME_BYTES = 200;

/**
 * Judges a name as it lies on disk, in bytes. Letters of any language, in any normal form, are welcome: a Mac sends `å` as two
 * code points, and a claim has a folder of its own, so twins by case or normal form cannot collide there. Refused is what could
 * mean something to a shell, a path, a terminal or another operating system (reliability XP1).
 */
export function judgeFileName(bytes: Uint8Array): JudgedName {
  const escaped = escapeFileName(bytes);
  const name = decodeUtf8(bytes);
  if (isTemporary(name ?? escaped)) return { kind: 'temporary', escaped };
  if (name === undefined) return { kind: 'unsafe', escaped, problem: 'not-utf-8' };
  if (bytes.byteLength > MAX_NAME_BYTES) return { kind: 'unsafe', escaped, problem: 'too-long' };
  const problem = problemPatterns.find(([, pattern]) => pattern.test(name))?.[0];
  return problem === undefined ? { kind: 'safe', name } : { kind: 'unsafe', escaped, problem };
}

const problemPatterns: readonly (readonly [NameProblem, RegExp])[] = [
  ['control-character', /\p{Cc}/u],
  // Format characters include the bidirectional marks that make `gpj.exe` out of `exe.jpg`; line and paragraph separators too.
  ['invisible-character', /[\p{Cf}\p{Zl}\p{Zp}]/u],
  ['path-separator', /[/\\]/u],
  ['percent-encoded-path', /%(?:2e|2f|5c|00|25)/iu],
  ['drive-letter', /^[a-z]:/iu],
  ['device-name', /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(?:[.:].*)?$/iu],
  ['leading-dash', /^[-–—−]/u],
  ['outer-space', /^\s|\s$/u],
  ['trailing-dot', /\.$/u],
  ['unusual-character', /[^\p{L}\p{M}\p{N} ._\-–—+,=@#&()[\]'!~%§:]/u],
];

/** Endings that upload programs give a file until it is whole (WinSCP, rsync, browsers, editors), and hidden names. */
const TEMPORARY_NAME = /^\.|~$|\.(?:part|partial|filepart|tmp|temp|crdownload|download|upload|uploading|swp|swx)$/iu;

/** True for a name that says of itself that the file is not finished. */
export const isTemporary = (name: string): boolean => TEMPORARY_NAME.test(name);

/** The name as text that cannot hurt a terminal or a log: anything but plain Latin letters, digits and signs is written as a code. */
export function escapeFileName(bytes: Uint8Array): string {
  const name = decodeUtf8(bytes);
  if (name === undefined) return [...bytes].map(escapeByte).join('');
  return name.replaceAll(NOT_PLAIN_CHARACTER, escapeCharacter);
}

const NOT_PLAIN_CHARACTER = /[^ -[\]-~À-ÖØ-öø-ÿ]/gu;
const escapeCharacter = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
const escapeByte = (byte: number): string =>
  byte >= 0x20 && byte < 0x7f && byte !== 0x5c ? String.fromCodePoint(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Access mode bits of open(2): 0 read, 1 write, 2 both. */
const ACCESS_MODE_MASK = 0o3;
const PROCESS_FOLDER = /^\d+$/;

/**
 * Paths under `folder` that some process has open for writing, as Linux shows them in /proc: the only sign that an upload which
 * has paused will go on (XU2). Only processes of the same user are visible without CAP_SYS_PTRACE, so an empty answer proves
 * nothing; settling and the comparison at archiving stand without it. Elsewhere than on Linux the answer is always empty.
 *
 * The kernel answers these reads from memory, some ten times faster than a turn through the thread pool takes; so one process is
 * looked through at a time, and others get a turn in between.
 */
export async function openForWritingUnder(folder: string, procFolder = '/proc'): Promise<ReadonlySet<string>> {
  const paths = new Set<string>();
  for (const processId of namesOrNone(procFolder)) {
    if (!PROCESS_FOLDER.test(processId)) continue;
    for (const path of writtenBy(join(procFolder, processId), folder)) paths.add(path);
    await breathe();
  }
  return paths;
}

function writtenBy(processFolder: string, folder: string): readonly string[] {
  return namesOrNone(join(processFolder, 'fd')).flatMap((descriptor) => {
    const path = ifReadable(() => readlinkSync(join(processFolder, 'fd', descriptor)));
    if (path === undefined || !isUnder(folder, path)) return [];
    const facts = ifReadable(() => readFileSync(join(processFolder, 'fdinfo', descriptor), 'utf8')) ?? '';
    const flags = /^flags:\s*([0-7]+)$/m.exec(facts)?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & ACCESS_MODE_MASK) !== 0 ? [path] : [];
  });
}

function isUnder(folder: string, path: string): boolean {
  // Sockets and pipes have names without a slash in front.
  if (!isAbsolute(path)) return false;
  const within = relative(folder, path);
  return within !== '' && !within.startsWith('..') && !isAbsolute(within);
}

const namesOrNone = (folder: string): readonly string[] => ifReadable(() => readdirSync(folder)) ?? [];

const UNREADABLE: ReadonlySet<string> = new Set(['ENOENT', 'ESRCH', 'EACCES', 'EPERM', 'ENOTDIR', 'EINVAL']);

/** Processes end while we look, and others' are closed to us. */
function ifReadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (UNREADABLE.has(errnoOf(error) ?? '')) return undefined;
    throw error;
  }
}
