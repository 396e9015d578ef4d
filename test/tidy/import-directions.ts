import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path';
import type { SourceFile } from './source-files.ts';

/** What one folder may import (design.md §2): folders of the house, packages, modules of Node. */
interface Direction {
  readonly folder: string;
  readonly house: readonly string[];
  readonly packages: readonly string[] | 'any';
  readonly node: readonly string[] | 'any';
}

const PURE_NODE = ['node:stream', 'node:string_decoder', 'node:util', 'node:buffer'];

/** The first row whose folder holds the file counts. */
const directions: readonly Direction[] = [
  { folder: 'engine/store/', house: ['engine/'], packages: ['pg'], node: 'any' },
  { folder: 'engine/', house: ['engine/'], packages: [], node: [] },
  {
    folder: 'formats/',
    house: ['engine/', 'formats/'],
    packages: ['saxes', 'iconv-lite', 'zod'],
    node: [...PURE_NODE, 'node:crypto'],
  },
  {
    folder: 'layouts/spool/',
    house: ['engine/', 'layouts/'],
    packages: ['pdfkit', 'fontkit', 'archiver', 'yauzl'],
    node: 'any',
  },
  {
    folder: 'layouts/',
    house: ['engine/', 'layouts/'],
    packages: ['pdfkit', 'fontkit', 'pngjs', 'svgpath', '@expo-google-fonts/source-sans-3'],
    node: [...PURE_NODE, 'node:crypto', 'node:zlib', 'node:module'],
  },
  { folder: 'config/', house: ['engine/', 'config/'], packages: ['zod', 'yaml', 'saxes', 'svgpath'], node: 'any' },
  // Who asks sees only the desk: no transaction, no store, no composition of answers.
  {
    folder: 'jobs/cli/',
    house: ['engine/', 'jobs/desk/', 'jobs/cli/'],
    packages: ['yargs', 'cli-table3'],
    node: ['node:fs/promises', 'node:path'],
  },
  { folder: 'jobs/', house: ['engine/', 'formats/', 'layouts/', 'config/', 'jobs/'], packages: 'any', node: 'any' },
];

/** Outside itself and jobs nobody knows the store: it is the only SQL; and in jobs not who only asks the desk. */
const mayKnowStore = (path: string): boolean =>
  path.startsWith('engine/store/') || (path.startsWith('jobs/') && !path.startsWith('jobs/cli/'));

/** The imports of a file that go in a forbidden direction. */
export function wrongImports(file: Pick<SourceFile, 'path' | 'imports'>): readonly string[] {
  const direction = directions.find(({ folder }) => file.path.startsWith(folder));
  if (direction === undefined) return [];
  return file.imports.filter((specifier) => !isAllowed(file.path, specifier, direction));
}

function isAllowed(path: string, specifier: string, { house, packages, node }: Direction): boolean {
  if (isBuiltin(specifier)) return node === 'any' || node.includes(specifier);
  const target = houseTarget(path, specifier);
  if (target === undefined) return packages === 'any' || packages.includes(packageName(specifier));
  const known = house.some((folder) => target.startsWith(folder));
  return (
    known && (mayKnowStore(path) || !target.startsWith('engine/store/')) && (!isCountry(target) || mayKnowCountry(path, target))
  );
}

/** A country is known to itself and to the one file that plugs it in; everybody else asks the parts. */
const isCountry = (path: string): boolean => path.startsWith('engine/countries/');
const mayKnowCountry = (path: string, target: string): boolean =>
  path === 'jobs/house/parts.ts' || path.split('/').slice(0, 3).join('/') === target.split('/').slice(0, 3).join('/');

/** The imported file's path from the root, or undefined for a package. */
function houseTarget(path: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.slice(1);
  return specifier.startsWith('.') ? join(dirname(path), specifier) : undefined;
}

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
