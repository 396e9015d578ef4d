import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import iconv from 'iconv-lite';
import { parse } from 'yaml';
import type { ConfigProblem } from '#config/config-problem.ts';

const fixtures = new URL('../../fixtures/config/', import.meta.url).pathname;
export const houseFolder = join(fixtures, 'house');
const faultsFolder = join(fixtures, 'faults');

/** One thing done wrong to the sound house, and every problem that must be told of it. */
export interface Fault {
  readonly name: string;
  readonly file: string;
  readonly replace?: string;
  readonly with?: string;
  readonly create?: string;
  readonly remove?: string;
  readonly saveAs?: string;
  readonly expected: readonly string[];
}

export const readFaults = (): readonly Fault[] =>
  readdirSync(faultsFolder)
    .toSorted()
    .map((name) => ({
      name: name.replace('.yaml', ''),
      ...(parse(readFileSync(join(faultsFolder, name), 'utf8'), { schema: 'failsafe' }) as Omit<Fault, 'name'>),
    }));

/** A copy of the sound house in a temporary folder, gone when the scope ends. */
export function copyHouse(): Disposable & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'kuvert-config-'));
  cpSync(houseFolder, folder, { recursive: true });
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true }) };
}

export function applyFault(folder: string, fault: Fault): void {
  const path = join(folder, fault.file);
  if (fault.remove !== undefined) return rmSync(path);
  mkdirSync(dirname(path), { recursive: true });
  if (fault.create !== undefined) return writeFileSync(path, fault.create);
  const before = readFileSync(path, 'utf8');
  if (fault.replace === undefined || !before.includes(fault.replace))
    throw new Error(`${fault.name}: nothing to replace in ${fault.file}`);
  const after = before.replace(fault.replace, () => fault.with ?? '');
  writeFileSync(path, fault.saveAs === undefined ? after : iconv.encode(after, fault.saveAs));
}

/** `clients/nord.yaml:27:7 agreements[0].terms — what is wrong → what to do` */
export const problemLine = ({ file, line, column, path, message, hint }: ConfigProblem, folder: string): string =>
  `${relative(folder, file)}:${line}:${column} ${path === '' ? '' : `${path} `}— ${message} → ${hint}`;
