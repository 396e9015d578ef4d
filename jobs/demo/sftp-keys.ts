import { chmod, readFile } from 'node:fs/promises';
import ssh2 from 'ssh2';
import { writeDurably, errnoOf } from '../intake/durable.ts';

export interface KeyPair {
  /** Absolute path of the private key, in OpenSSH's format, mode 0600. */
  readonly privateKeyFile: string;
  /** One line as in `authorized_keys`. */
  readonly publicKey: string;
}

const PRIVATE_MODE = 0o600;
const PUBLIC_MODE = 0o644;

/** The Ed25519 key pair at a path and at `<path>.pub`; made on first use and then kept, so that pinned fingerprints stay true. */
export async function ensureKeyPair(privateKeyFile: string, comment: string): Promise<KeyPair> {
  const publicKeyFile = `${privateKeyFile}.pub`;
  if (!(await isThere(publicKeyFile))) {
    const made = newKeyPair(comment);
    // The public half comes last: with it there, both are.
    await writeDurably(privateKeyFile, made.private, { mode: PRIVATE_MODE });
    await writeDurably(publicKeyFile, `${made.public}\n`, { mode: PUBLIC_MODE });
  }
  await chmod(privateKeyFile, PRIVATE_MODE);
  return { privateKeyFile, publicKey: (await readFile(publicKeyFile, 'utf8')).trim() };
}

const MAX_KEY_TRIES = 20;

/** One key in fifty or so comes out of the library's generator in a form that neither it nor OpenSSH can read; it is thrown away. */
function newKeyPair(comment: string): { readonly private: string; readonly public: string } {
  for (let tries = 0; tries < MAX_KEY_TRIES; tries += 1) {
    const made = ssh2.utils.generateKeyPairSync('ed25519', { comment });
    if (!(ssh2.utils.parseKey(made.private) instanceof Error)) return made;
  }
  throw new Error(`no readable key in ${MAX_KEY_TRIES} tries`);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await readFile(path);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
