import type { FileHandle } from 'node:fs/promises';
import ssh2, { type Attributes, type FileEntry, type SFTPWrapper } from 'ssh2';
import { errnoOf } from '../intake/durable.ts';
import { type SftpHandles, newHandles } from './sftp-handles.ts';
import * as operations from './sftp-operations.ts';
import { RefusedPathError, visiblePath } from './sftp-tree.ts';

const { STATUS_CODE } = ssh2.utils.sftp;

type Reply =
  | { readonly kind: 'done' }
  | { readonly kind: 'end' }
  | { readonly kind: 'handle'; readonly handle: Buffer }
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'attributes'; readonly attributes: Attributes }
  | { readonly kind: 'names'; readonly names: FileEntry[] };

const done: Reply = { kind: 'done' };
const end: Reply = { kind: 'end' };

/** Serves one SFTP channel from a folder. What is not named here is refused by the library: above all making and reading links. */
export function serveSftp(sftp: SFTPWrapper, root: string): void {
  const handles = newHandles();
  const answer = (request: number, work: () => Promise<Reply>): void => {
    void answerOnce(sftp, request, work);
  };
  serveHandles(sftp, handles, answer);
  sftp
    .on('OPEN', (id, path, flags) =>
      answer(id, async () => ({ kind: 'handle', handle: await keepFile(handles, await operations.openFile(root, path, flags)) })),
    )
    .on('OPENDIR', (id, path) =>
      answer(id, async () => ({ kind: 'handle', handle: handles.keepFolder(await operations.listFolder(root, path)) })),
    )
    .on('LSTAT', (id, path) =>
      answer(id, async () => ({ kind: 'attributes', attributes: await operations.statPath(root, path) })),
    )
    .on('STAT', (id, path) => answer(id, async () => ({ kind: 'attributes', attributes: await operations.statPath(root, path) })))
    .on('SETSTAT', (id, path, attributes) =>
      answer(id, () => operations.setAttributesOf(root, path, attributes).then(() => done)),
    )
    .on('REALPATH', (id, path) => answer(id, async () => ({ kind: 'names', names: [nameOnly(visiblePath(path))] })))
    .on('REMOVE', (id, path) => answer(id, () => operations.removeFile(root, path).then(() => done)))
    .on('RENAME', (id, from, to) => answer(id, () => operations.renamePath(root, { from, to }).then(() => done)))
    .on('MKDIR', (id, path) => answer(id, () => operations.makeFolderIn(root, path).then(() => done)))
    .on('RMDIR', (id, path) => answer(id, () => operations.removeFolder(root, path).then(() => done)))
    // The client has said its last word and waits for ours.
    .on('end', () => sftp.end())
    .on('close', () => void handles.closeAll());
}

type Answer = (request: number, work: () => Promise<Reply>) => void;

function serveHandles(sftp: SFTPWrapper, handles: SftpHandles, answer: Answer): void {
  sftp
    .on('READ', (id, handle, offset, length) => answer(id, () => read(handles.file(handle), { offset, length })))
    .on('WRITE', (id, handle, offset, bytes) => answer(id, () => handles.write(handle, bytes, offset).then(() => done)))
    .on('FSTAT', (id, handle) =>
      answer(id, async () => ({ kind: 'attributes', attributes: operations.attributesOf(await handles.file(handle).stat()) })),
    )
    .on('FSETSTAT', (id, handle, attributes) =>
      answer(id, () => operations.setAttributes(handles.file(handle), attributes).then(() => done)),
    )
    .on('READDIR', (id, handle) => answer(id, async () => nextNames(handles.entries(handle))))
    .on('CLOSE', (id, handle) => answer(id, () => handles.close(handle).then(() => done)));
}

/** A file that finds no room among the handles is closed again. */
async function keepFile(handles: SftpHandles, file: FileHandle): Promise<Buffer> {
  try {
    return handles.keepFile(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}

const MAX_READ_BYTES = 256 * 1024;

async function read(file: FileHandle, { offset, length }: { readonly offset: number; readonly length: number }): Promise<Reply> {
  const wanted = Math.min(length, MAX_READ_BYTES);
  const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(wanted), 0, wanted, offset);
  return bytesRead === 0 ? end : { kind: 'bytes', bytes: buffer.subarray(0, bytesRead) };
}

const NAMES_PER_REPLY = 100;

function nextNames(entries: FileEntry[]): Reply {
  return entries.length === 0 ? end : { kind: 'names', names: entries.splice(0, NAMES_PER_REPLY) };
}

/** The protocol wants attributes with every name; for a resolved path nobody reads them (§6.11). */
function nameOnly(filename: string): FileEntry {
  return { filename, longname: filename, attrs: {} as FileEntry['attrs'] };
}

/** Each request gets exactly one answer, whatever happens; none once the client is gone. */
async function answerOnce(sftp: SFTPWrapper, request: number, work: () => Promise<Reply>): Promise<void> {
  try {
    send(sftp, request, await work());
  } catch (error) {
    sftp.status(request, statusFor(error));
  }
}

function send(sftp: SFTPWrapper, request: number, reply: Reply): void {
  switch (reply.kind) {
    case 'done':
      return sftp.status(request, STATUS_CODE.OK);
    case 'end':
      return sftp.status(request, STATUS_CODE.EOF);
    case 'handle':
      return sftp.handle(request, reply.handle);
    case 'bytes':
      return sftp.data(request, reply.bytes);
    case 'attributes':
      return sftp.attrs(request, reply.attributes);
    case 'names':
      return sftp.name(request, reply.names);
  }
}

const statuses: ReadonlyMap<string | undefined, number> = new Map([
  ['ENOENT', STATUS_CODE.NO_SUCH_FILE],
  ['EACCES', STATUS_CODE.PERMISSION_DENIED],
  ['EPERM', STATUS_CODE.PERMISSION_DENIED],
  ['ELOOP', STATUS_CODE.PERMISSION_DENIED],
]);

function statusFor(error: unknown): number {
  if (error instanceof RefusedPathError) return STATUS_CODE.PERMISSION_DENIED;
  return statuses.get(errnoOf(error)) ?? STATUS_CODE.FAILURE;
}
