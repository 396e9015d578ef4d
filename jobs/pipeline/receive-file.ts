import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { finding, type Finding } from '#engine/finding.ts';
import { inTransaction } from '#engine/store/database.ts';
import { loadFileByClaim, registerFile, type FileRow, type ReceivedFile } from '#engine/store/files.ts';
import { archiveFile, type ArchivedFile, dropClaim } from '../intake/archive.ts';
import { hashFile } from '../intake/durable.ts';
import type { House } from '../house/house.ts';
import type { ClaimedFile } from '../intake/folders.ts';
import { judgeFileName } from '../intake/look.ts';
import { quarantineClaim, type QuarantinedFile } from '../intake/quarantine.ts';

/**
 * Takes a claimed file into the house: archived under its hash, registered once, claim dropped. Killed anywhere it is safe to repeat:
 * the archive is write-once and the claim registers once. Empty and alien files, and bytes that changed after the claim, are
 * registered as quarantined.
 */
export async function receiveFile(house: House, claim: ClaimedFile): Promise<FileRow> {
  if (claim.identity.bytes > house.config.limits.maxFileBytes) return await quarantine(house, claim, 'too-large');
  const archived = await archiveFile(house.home, claim);
  if (archived.kind === 'changed-after-claim') {
    // A claim that is gone was taken in by another daemon, or by this one's other loop, between the look and the opening.
    const registered = await inTransaction(house.database, (tx) => loadFileByClaim(tx, claim.claimId));
    return registered ?? (await quarantine(house, claim, 'changed-after-claim'));
  }
  const foreign = archived.bytes === 0 ? 'empty' : await foreignKindOf(archived);
  if (foreign !== undefined) return await quarantine(house, claim, foreign === 'empty' ? 'empty' : 'alien', foreign);
  const file = await register(house, {
    client: claim.client,
    claimId: claim.claimId,
    name: claim.name,
    sha256: archived.sha256,
    bytes: archived.bytes,
    receivedAt: new Date(claim.claimedAtMilliseconds),
  });
  const dropped = await dropClaim(house.home, claim, archived);
  // What came after the registered bytes was never part of the file; it is kept for a person to look at.
  if (dropped.kind === 'changed-after-claim') {
    house.log.error('file.late-bytes', { client: file.client, file: file.number, name: file.name });
    await quarantineClaim(house.home, claim, { reason: 'changed-after-claim', nowMilliseconds: house.clock().getTime() });
  }
  return file;
}

async function quarantine(house: House, claim: ClaimedFile, reason: QuarantinedFile['reason'], kind?: string): Promise<FileRow> {
  const put = await quarantineClaim(house.home, claim, { reason, nowMilliseconds: house.clock().getTime() });
  return await receiveQuarantined(house, put, kind);
}

/** Registers a file that lies in the quarantine, so that its sender gets a receipt and an operator sees it. */
export async function receiveQuarantined(house: House, put: QuarantinedFile, kind?: string): Promise<FileRow> {
  const names = (await readdir(put.folder)).filter((name) => !name.startsWith('.'));
  const [content] = names;
  const digest = content === undefined ? { sha256: EMPTY_SHA256, bytes: 0 } : await hashFile(join(put.folder, content));
  house.log.warn('file.quarantined', { client: put.client, name: put.escapedName, reason: put.reason });
  const received = {
    client: put.client,
    claimId: put.claimId,
    name: put.escapedName,
    ...digest,
    receivedAt: new Date(put.quarantinedAtMilliseconds),
  };
  return await register(house, received, [quarantineFinding(house, put, kind)]);
}

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Why a file that nobody else can touch would be quarantined, as `receiveFile` and the inbox do; none if it would be read. */
export async function unfitFindings(
  house: House,
  { name, path, bytes }: { readonly name: string; readonly path: string; readonly bytes: number },
): Promise<readonly Finding[]> {
  const judged = judgeFileName(Buffer.from(name));
  if (judged.kind === 'unsafe')
    return [quarantineFinding(house, { reason: judged.problem, escapedName: judged.escaped }, undefined)];
  const file = { escapedName: name };
  if (bytes > house.config.limits.maxFileBytes) return [quarantineFinding(house, { ...file, reason: 'too-large' }, undefined)];
  if (bytes === 0) return [quarantineFinding(house, { ...file, reason: 'empty' }, undefined)];
  const kind = await foreignKindOf({ path });
  return kind === undefined ? [] : [quarantineFinding(house, { ...file, reason: 'alien' }, kind)];
}

type Unfit = Pick<QuarantinedFile, 'reason' | 'escapedName'>;

function quarantineFinding(house: House, { reason, escapedName }: Unfit, kind: string | undefined): Finding {
  switch (reason) {
    case 'empty':
      return finding('FILE-EMPTY');
    case 'too-large':
      return finding('FILE-TOO-LARGE', { facts: { maxBytes: String(house.config.limits.maxFileBytes) } });
    case 'alien':
      return finding('FILE-ALIEN', { facts: { kind: kind ?? '' } });
    case 'changed-after-claim':
    case 'swapped':
    case 'hard-link':
    case 'unreadable':
      return finding('FILE-NOT-TRUSTED', { facts: { reason } });
    default:
      return finding('FILE-NAME-UNSAFE', { value: escapedName, facts: { reason } });
  }
}

async function register(house: House, received: ReceivedFile, quarantineFindings: readonly Finding[] = []): Promise<FileRow> {
  const file = await inTransaction(house.database, async (tx) => {
    const registered = await registerFile(tx, received, quarantineFindings);
    const queue = registered.state === 'archived' ? 'settle' : 'receipt';
    await house.queues.send(tx, queue, { file: registered.id.toString() });
    return registered;
  });
  const { client, number, name, bytes, sha256, state } = file;
  house.log.info('file.received', { client, file: number, name, bytes, sha256, state });
  return file;
}

async function foreignKindOf({ path }: Pick<ArchivedFile, 'path'>): Promise<string | undefined> {
  const handle = await open(path);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return foreignKind(buffer.subarray(0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** Bytes of a file's start that tell its kind. */
const HEAD_BYTES = 8;

/** First bytes of kinds of file that never are invoice data here; texts are told apart by their readers, not by guessing. */
const signatures: readonly (readonly [string, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['gzip', [0x1f, 0x8b]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['Microsoft Office', [0xd0, 0xcf, 0x11, 0xe0]],
  ['program', [0x7f, 0x45, 0x4c, 0x46]],
  ['program', [0x4d, 0x5a, 0x90]],
];

/** The kind of a file that cannot be invoice data, by its first bytes; undefined for anything that may be text (fault XU15). */
const foreignKind = (head: Uint8Array): string | undefined =>
  signatures.find(([, signature]) => signature.every((byte, index) => head[index] === byte))?.[0];
