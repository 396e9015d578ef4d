import { existsSync } from 'node:fs';

/** Reference material beside the checkout; tests that need it say so loudly where it is absent. */
const root = new URL('../../../shared/', import.meta.url);

/** A file or folder of the shared material, or undefined, with a warning, where it is not there. */
export function shared(path: string): URL | undefined {
  const url = new URL(path, root);
  if (existsSync(url)) return url;
  console.warn(`SKIPPED: ${url.pathname} is not there`);
  return undefined;
}
