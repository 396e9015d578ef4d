import { lstat } from 'node:fs/promises';
import { join, posix } from 'node:path';

/** A path a client may not use; it learns no more than that. */
export class RefusedPathError extends Error {
  override readonly name = 'RefusedPathError';
}

/** The path as the client sees it: absolute in its own tree, without `.` and `..`, which cannot lead above the root. */
export function visiblePath(requested: string): string {
  if (requested.includes('\0')) throw new RefusedPathError('NUL in a path');
  return posix.resolve('/', requested);
}

/**
 * Where a client's path lies on disk, always inside the root (IS1): `..` ends at the root, and a link on the way is refused. The
 * last component is not looked at; whoever opens it does so without following links.
 */
export async function pathInside(root: string, requested: string): Promise<string> {
  const components = visiblePath(requested)
    .split('/')
    .filter((component) => component !== '');
  let path = root;
  for (const folder of components.slice(0, -1)) {
    path = join(path, folder);
    if (!(await lstat(path)).isDirectory()) throw new RefusedPathError('not a folder');
  }
  return components.length === 0 ? root : join(path, components.at(-1) ?? '');
}
