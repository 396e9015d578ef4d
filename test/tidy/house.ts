import { dirname, join } from 'node:path';
import type { SourceFile } from './source-files.ts';

/** Words of a country, a bank standard or a network (design.md §8), as code or text says them. Comments may. */
const ownedWords =
  /(?<![A-Za-z]|sv-)(?:SEK?|OCR)(?![A-Za-z])|[Bb]ankgiro|BANKGIRO|[Pp]lusgiro|PLUSGIRO|[Ll]uhn|(?<![A-Za-z])(?:ocr|camt|pain)(?![a-z])|Camt(?![a-z])|CAMT|Pain\d|[Pp]eppol|PEPPOL/;

/** Where each may be said: its own folders, the table that plugs it in, and the demo's fiction. */
const owners = [
  /^engine\/countries\/[a-z]+\//,
  /^engine\/findings\//,
  // The rules of EN 16931 and of those who receive by it are named by their ids.
  /^engine\/rules\//,
  // Lists of ISO standards name every country and currency.
  /^engine\/(?:code-lists(?:\/[a-z-]+)?|money)\.ts$/,
  /^formats\/(?:peppol|iso20022|[a-z]{2})\//,
  /^layouts\/slips\//,
  /^jobs\/house\/parts\.ts$/,
  /^jobs\/demo\//,
];

/** `path:line word` of every owned word that a general file says. */
export function ownedWordsIn(files: readonly Pick<SourceFile, 'path' | 'text'>[]): readonly string[] {
  return files
    .filter(({ path }) => !owners.some((owner) => owner.test(path)))
    .flatMap(({ path, text }) =>
      withoutComments(text)
        .split('\n')
        .flatMap((line, index) => {
          const found = ownedWords.exec(line);
          return found ? [`${path}:${index + 1} ${found[0]}`] : [];
        }),
    );
}

const withoutComments = (text: string): string =>
  text.replaceAll(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/[^\n]*/g, (found) => found.replaceAll(/[^\n]/g, ' '));

/** Each file with the files of the house it imports, types included. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

export function importGraph(files: readonly Pick<SourceFile, 'path' | 'imports'>[]): ImportGraph {
  const known = new Set(files.map(({ path }) => path));
  return new Map(
    files.map(({ path, imports }) => [
      path,
      imports.flatMap((specifier) => target(path, specifier)).filter((to) => known.has(to)),
    ]),
  );
}

const target = (path: string, specifier: string): readonly string[] => {
  if (specifier.startsWith('#')) return [specifier.slice(1)];
  return specifier.startsWith('.') ? [join(dirname(path), specifier)] : [];
};

/** The circles of imports: each strongly connected set of more than one file, or a file that imports itself (Tarjan 1972). */
export function circles(graph: ImportGraph): readonly (readonly string[])[] {
  const indexOf = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const found: string[][] = [];
  const visit = (path: string): void => {
    indexOf.set(path, indexOf.size);
    lowest.set(path, indexOf.get(path) ?? 0);
    stack.push(path);
    for (const to of graph.get(path) ?? []) {
      if (!indexOf.has(to)) visit(to);
      if (stack.includes(to)) lowest.set(path, Math.min(lowest.get(path) ?? 0, lowest.get(to) ?? 0));
    }
    if (lowest.get(path) !== indexOf.get(path)) return;
    const circle = stack.splice(stack.indexOf(path));
    if (circle.length > 1 || (graph.get(path) ?? []).includes(path)) found.push(circle);
  };
  for (const path of graph.keys()) if (!indexOf.has(path)) visit(path);
  return found;
}

/** Files with one importer and few lines: names, not ideas. Commands, country tables and texts are lists of such on purpose. */
export function fragments(files: readonly Pick<SourceFile, 'path' | 'imports' | 'text'>[], minLines: number): readonly string[] {
  const importers = new Map<string, number>();
  for (const [from, targets] of importGraph(files)) {
    // What is plugged in is listed in one place by design.
    const weight = /^jobs\/house\/parts\.ts$|^layouts\/slips\/slips\.ts$/.test(from) ? 2 : 1;
    for (const to of new Set(targets)) importers.set(to, (importers.get(to) ?? 0) + weight);
  }
  const exempt = /^jobs\/cli\/|^engine\/countries\/|\/texts\/|^jobs\/demo\/|\.d\.ts$/;
  return files
    .filter(({ path, text }) => !exempt.test(path) && importers.get(path) === 1 && lines(text) < minLines)
    .map(({ path, text }) => `${path} (${lines(text)} lines)`);
}

const lines = (text: string): number => text.split('\n').length - 1;
