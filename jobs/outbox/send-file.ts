import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { hashFile, TransferError, replaceDurably, unlinkIfThere, errnoOf, type TransferReason } from '../intake/durable.ts';
import { type Place, withRemoteFolder } from './open-remote.ts';
import type { Environment } from './sftp.ts';
import type { RemoteFolder } from './remote-folder.ts';
import { access } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Retry } from '#engine/operating-error.ts';

export interface OutgoingFile {
  /** Absolute path; its folder must be ours to write to. */
  readonly path: string;
  /** Name at the remote; the same file always has the same name, and no other file ever has it (IF6). */
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Whether a marker `<name>.ok` follows the file: who fetches files takes none before its marker is there (XO2). */
  readonly marker?: boolean;
}

export interface SentFile {
  /** `already-sent`: an earlier attempt had got through, though we never heard of it. */
  readonly outcome: 'sent' | 'already-sent';
}

/**
 * Sends a file so that it is seen at the remote whole, under its name, once. It is written under a temporary name, its size asked,
 * then renamed, and its size asked again; the marker comes last. Whatever an earlier attempt may have done is settled by asking the
 * remote, never by assuming. All failures are operating errors that say whether and when to try again.
 */
export async function sendFile(place: Place, file: OutgoingFile, environment: Environment = process.env): Promise<SentFile> {
  assert.match(file.name, /^[^./][^/]*$/, 'a name at the remote');
  await demandUnchanged(file);
  return withRemoteFolder(place, environment, async (folder) => {
    const outcome = (await isThere(folder, file)) ? 'already-sent' : await sendNew(folder, file);
    if (file.marker === true) await sendMarker(folder, file);
    await endPublishing(file.path);
    return { outcome };
  });
}

/** What is sent is what was booked: size and hash of the row, not whatever lies in the outbox by now (IF6). */
async function demandUnchanged({ path, sha256, bytes }: OutgoingFile): Promise<void> {
  const found = await hashFile(path).catch((error: unknown) => {
    throw sourceChanged(path, 'cannot be read', error);
  });
  if (found.sha256 !== sha256 || found.bytes !== bytes)
    throw sourceChanged(path, `is ${found.bytes} bytes, SHA-256 ${found.sha256}`);
}

async function isThere(folder: RemoteFolder, file: OutgoingFile): Promise<boolean> {
  const marked = file.marker === true && (await hasMarker(folder, file));
  const found = await folder.stat(file.name);
  if (found === undefined) {
    // The receiver took the file away and left the marker.
    if (marked) return true;
    await demandNeverSeen(folder, file);
    return false;
  }
  if (found.kind !== 'file' || found.bytes !== file.bytes)
    throw nameTaken(folder, file.name, `it is a ${found.kind} of ${found.bytes} bytes`);
  if (!marked && (await hashRemote(folder, file.name)) !== file.sha256)
    throw nameTaken(folder, file.name, 'it has other content');
  return true;
}

/**
 * Nothing is there, although an earlier attempt was about to make it visible. If the temporary file still is, it did not come so
 * far. Else it may have been seen and taken: only the receiver knows, and a second print run costs more than a question.
 */
async function demandNeverSeen(folder: RemoteFolder, file: OutgoingFile): Promise<void> {
  if (!(await wasPublishing(file.path)) || (await folder.stat(temporaryName(file.name))) !== undefined) return;
  throw new TransferError({
    reason: 'outcome-unknown',
    problem: `${file.name} may have been taken by ${folder.place} already; nothing is left there to tell.`,
    fix: `Ask the receiver. If it never came, remove ${publishNotePath(file.path)} and send it again.`,
    retry: 'never',
    alarm: true,
  });
}

async function sendNew(folder: RemoteFolder, file: OutgoingFile): Promise<'sent'> {
  const temporary = temporaryName(file.name);
  // What an attempt that broke off left; a new one gets an inode of its own even if a lost writer is still at it.
  await folder.remove(temporary);
  await folder.write(temporary, unchangedContent(file), file.bytes);
  await demandSize(folder, temporary, file);
  await beginPublishing(file.path, folder.place);
  await folder.rename(temporary, file.name);
  // Gone already: the receiver is quick. The whole file was renamed, so the whole file was taken.
  if ((await folder.stat(file.name)) !== undefined) await demandSize(folder, file.name, file);
  return 'sent';
}

/** The file's bytes; the stream fails at its end, before anything is visible, if they are not the ones that were booked. */
async function* unchangedContent({ path, sha256 }: OutgoingFile): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Uint8Array);
    yield chunk as Uint8Array;
  }
  if (hash.digest('hex') !== sha256) throw sourceChanged(path, 'changed while it was sent');
}

/** A server may accept every byte and keep fewer (XO3). */
async function demandSize(folder: RemoteFolder, name: string, { bytes }: OutgoingFile): Promise<void> {
  const found = await folder.stat(name);
  if (found?.kind === 'file' && found.bytes === bytes) return;
  throw new TransferError({
    reason: 'remote-size-differs',
    problem: `${folder.place} keeps ${found === undefined ? 'nothing' : `${found.bytes} bytes`} as ${name}, sent were ${bytes}.`,
    fix: 'Ask its owner about space and quota.',
    retry: 'later',
    alarm: true,
  });
}

async function hashRemote(folder: RemoteFolder, name: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of folder.read(name)) hash.update(chunk);
  return hash.digest('hex');
}

function sourceChanged(path: string, how: string, cause?: unknown): TransferError {
  return new TransferError({
    reason: 'source-changed',
    problem: `The outgoing file ${path} ${how}.`,
    fix: 'Restore it from the backup or render it again; what was booked is what must be sent.',
    retry: 'never',
    alarm: true,
    cause,
  });
}

interface Marked {
  readonly name: string;
  readonly sha256: string;
}

export const markerName = (name: string): string => `${name}.ok`;

/** A line that `sha256sum --check` understands, so that the receiver can prove what it fetched. */
export const markerText = ({ name, sha256 }: Marked): string => `${sha256}  ${name}\n`;

/** More than any marker has; what is longer is no marker. */
const MAX_MARKER_BYTES = 1_024;

/** True if the file's marker is there; a marker for other content is an operating error. */
async function hasMarker(folder: RemoteFolder, file: Marked): Promise<boolean> {
  const name = markerName(file.name);
  const found = await folder.stat(name);
  if (found === undefined) return false;
  if (found.kind === 'file' && found.bytes <= MAX_MARKER_BYTES && (await readText(folder, name)) === markerText(file))
    return true;
  throw nameTaken(folder, name, 'it belongs to other content');
}

/** Puts the marker in place if it is not there: the last sign of a file, given only when the file is whole. */
async function sendMarker(folder: RemoteFolder, file: Marked): Promise<void> {
  if (await hasMarker(folder, file)) return;
  const name = markerName(file.name);
  const content = Buffer.from(markerText(file), 'utf8');
  await folder.remove(temporaryName(name));
  await folder.write(temporaryName(name), once(content), content.byteLength);
  await folder.rename(temporaryName(name), name);
  if (await hasMarker(folder, file)) return;
  throw nameTaken(folder, name, 'it vanished as soon as it was written');
}

function nameTaken(folder: RemoteFolder, name: string, why: string): TransferError {
  return new TransferError({
    reason: 'name-taken',
    problem: `${name} at ${folder.place} is not ours: ${why}.`,
    fix: 'Find out who wrote it; nothing there is overwritten.',
    retry: 'never',
    alarm: true,
  });
}

async function readText(folder: RemoteFolder, name: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of folder.read(name)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

async function* once(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}

const NOTE_MODE = 0o640;

/** Beside the file to send, hidden: it is there from before the file can be seen at the remote until we know that it was. */
const publishNotePath = (path: string): string => join(dirname(path), `.${basename(path)}.publishing`);

/** Writes down, lasting through a crash, that from now on the receiver may have the file. */
async function beginPublishing(path: string, place: string): Promise<void> {
  await replaceDurably(publishNotePath(path), `${place}\n`, { mode: NOTE_MODE });
}

async function wasPublishing(path: string): Promise<boolean> {
  try {
    await access(publishNotePath(path));
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function endPublishing(path: string): Promise<void> {
  await unlinkIfThere(publishNotePath(path));
}

/** What a file is called until it is whole: hidden, and with an ending that every pick-up program leaves alone. */
const temporaryName = (name: string): string => `.${name}.tmp`;

export interface FailedAttempt {
  /** 1 after the first failure. */
  readonly attempt: number;
  readonly retry: Exclude<Retry, 'never'>;
  readonly reason?: TransferReason;
  /** At least 0 and less than 1; spreads many files that failed together. */
  readonly jitter: number;
}

interface Pace {
  readonly firstSeconds: number;
  readonly mostSeconds: number;
}

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3_600;
const paces: Readonly<Record<FailedAttempt['retry'], Pace>> = {
  soon: { firstSeconds: 5, mostSeconds: 5 * MINUTE_SECONDS },
  later: { firstSeconds: MINUTE_SECONDS, mostSeconds: HOUR_SECONDS },
};
/** Few tries an hour: servers lock an account, or ban an address, after a handful of refused logins in ten minutes (XO5). */
const refusedLogin: Pace = { firstSeconds: 15 * MINUTE_SECONDS, mostSeconds: 4 * HOUR_SECONDS };

/** Seconds until the next attempt: doubled each time up to a ceiling, of which the jitter takes up to half away. */
export function backOffSeconds({ attempt, retry, reason, jitter }: FailedAttempt): number {
  const { firstSeconds, mostSeconds } = reason === 'login-refused' ? refusedLogin : paces[retry];
  const longest = Math.min(mostSeconds, firstSeconds * 2 ** (attempt - 1));
  return Math.ceil(longest * (1 - jitter / 2));
}
