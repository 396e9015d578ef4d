import { TransferError } from '../files/transfer-error.ts';
import type { RemoteFolder } from '../sftp/remote-folder.ts';
import { temporaryName } from './temporary-name.ts';

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
export async function hasMarker(folder: RemoteFolder, file: Marked): Promise<boolean> {
  const name = markerName(file.name);
  const found = await folder.stat(name);
  if (found === undefined) return false;
  if (found.kind === 'file' && found.bytes <= MAX_MARKER_BYTES && (await readText(folder, name)) === markerText(file))
    return true;
  throw nameTaken(folder, name, 'it belongs to other content');
}

/** Puts the marker in place if it is not there: the last sign of a file, given only when the file is whole. */
export async function sendMarker(folder: RemoteFolder, file: Marked): Promise<void> {
  if (await hasMarker(folder, file)) return;
  const name = markerName(file.name);
  const content = Buffer.from(markerText(file), 'utf8');
  await folder.remove(temporaryName(name));
  await folder.write(temporaryName(name), once(content), content.byteLength);
  await folder.rename(temporaryName(name), name);
  if (await hasMarker(folder, file)) return;
  throw nameTaken(folder, name, 'it vanished as soon as it was written');
}

export function nameTaken(folder: RemoteFolder, name: string, why: string): TransferError {
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
