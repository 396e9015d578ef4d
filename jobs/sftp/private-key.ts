import { open } from 'node:fs/promises';
import type { ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import type { Remote } from '#config/house-config.ts';
import { TransferError } from '../files/transfer-error.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const OPEN_TO_OTHERS = 0o077;

/** Reads and opens the key a remote lets us in with. Neither the key nor its passphrase ever becomes part of a message. */
export async function readPrivateKey(
  { privateKeyFile, passphraseVariable }: Remote,
  environment: Environment,
): Promise<ParsedKey> {
  const text = await readSecretFile(privateKeyFile);
  const passphrase = passphraseVariable === undefined ? undefined : environment[passphraseVariable];
  if (passphraseVariable !== undefined && passphrase === undefined) {
    throw unusable(`The environment has no ${passphraseVariable}.`, 'Set it to the passphrase of the private key.');
  }
  const key = ssh2.utils.parseKey(text, passphrase);
  if (key instanceof Error)
    throw unusable(`The private key ${privateKeyFile} cannot be opened.`, 'Check its format and passphrase.');
  // The typing allows several keys, as a PuTTY file may hold.
  return Array.isArray(key) ? key[0] : key;
}

async function readSecretFile(path: string): Promise<Buffer> {
  const file = await open(path).catch((error: unknown) => {
    throw unusable(`The private key ${path} cannot be read.`, 'Put it there, readable for this program only.', error);
  });
  try {
    if (((await file.stat()).mode & OPEN_TO_OTHERS) !== 0) {
      throw unusable(`The private key ${path} can be read by others.`, 'Give it mode 0600, and consider it known to them.');
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function unusable(problem: string, fix: string, cause?: unknown): TransferError {
  return new TransferError({ reason: 'key-unusable', problem, fix, retry: 'never', alarm: true, cause });
}
