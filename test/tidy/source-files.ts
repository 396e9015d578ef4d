import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

export const ROOT = new URL('../..', import.meta.url).pathname;

/** The folders that hold code or what belongs to it. Another top folder is a decision for engine/DECISIONS.md. */
export const CODE_FOLDERS = ['engine', 'formats', 'layouts', 'config', 'jobs'] as const;

export interface SourceFile {
  /** Path from the project's root, with slashes. */
  readonly path: string;
  readonly text: string;
  /** The text without comments and with every string emptied: what is left is code. */
  readonly code: string;
  /** What the file imports, as written, dynamic imports too. */
  readonly imports: readonly string[];
}

/** Every TypeScript file under the folders. */
export function readSourceFiles(folders: readonly string[]): readonly SourceFile[] {
  return listFiles(folders)
    .filter((path) => path.endsWith('.ts'))
    .map((path) => {
      const text = readFileSync(join(ROOT, path), 'utf8');
      return { path, text, code: codeOf(text), imports: importsOf(text) };
    });
}

/** Every file under the folders, as paths from the root. */
export function listFiles(folders: readonly string[]): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(ROOT, join(entry.parentPath, entry.name))),
  );
}

const token = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"/g;

/** Template texts stay: the code inside `${}` matters, and a word too many in a text is a false alarm one sees. */
export const codeOf = (text: string): string =>
  text.replaceAll(token, (found) => (found.startsWith('/') ? found.replaceAll(/[^\n]/g, ' ') : "''"));

export function importsOf(text: string): readonly string[] {
  const withoutComments = text.replaceAll(token, (found) => (found.startsWith('/') ? '' : found));
  const found = withoutComments.matchAll(/(?:^(?:import|export)\b[^;'"]*\bfrom |^import |\bimport\()'([^']+)'/gm);
  return Array.from(found, ([, specifier = '']) => specifier);
}
