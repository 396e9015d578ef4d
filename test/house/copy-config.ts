import { appendFile, cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = new URL('../..', import.meta.url).pathname;

/** How the configuration of a test differs from the one that comes with Kuvert: by file, its text rewritten. */
export type ConfigChanges = Readonly<Record<string, (text: string) => string>>;

/**
 * Copies the configuration that comes with Kuvert, with the clients `provet` and `provhus` that only tests have, and changes it. Throws
 * if a change changes nothing: a test that relies on it would prove nothing.
 */
export async function copyConfig(folder: string, changes: ConfigChanges = {}): Promise<void> {
  await cp(join(ROOT, 'config'), folder, { recursive: true, filter: (path) => !path.endsWith('.ts') });
  await cp(join(import.meta.dirname, 'clients'), join(folder, 'clients'), { recursive: true });
  // A list of its own, to stand under the accounts of the configuration.
  const accounts = await readFile(join(import.meta.dirname, 'bank-accounts.yaml'), 'utf8');
  await appendFile(join(folder, 'bank-accounts.yaml'), `\n${accounts.replaceAll(/^(?=.)/gm, '  ')}`);
  for (const [name, change] of Object.entries(changes)) await changeFile(join(folder, name), change);
}

/** Rewrites one file of a configuration. */
export async function changeFile(path: string, change: (text: string) => string): Promise<void> {
  const before = await readFile(path, 'utf8');
  const after = change(before);
  if (after === before) throw new Error(`the change of ${path} changes nothing`);
  await writeFile(path, after);
}
