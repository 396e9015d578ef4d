import { isAlias, isCollection, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document, visit, type Node } from 'yaml';
import type { ConfigProblem } from './config-problem.ts';

/** A parsed YAML file that still knows where everything stood. */
export interface YamlSource {
  readonly file: string;
  /** Maps, lists and texts: no value has been given a type yet. */
  readonly value: unknown;
  readonly document: Document;
  readonly lines: LineCounter;
}

export type YamlPath = readonly PropertyKey[];

/**
 * Parses one YAML document. Every scalar stays the text it was written as (the failsafe schema): `NO` is no boolean, `007` keeps its
 * zeros and `12.50` never becomes a floating point number; the schema reads each value as what it is meant to be.
 */
export function parseYaml(
  file: string,
  text: string,
): { readonly source?: YamlSource; readonly problems: readonly ConfigProblem[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const refused = (offset: number, message: string, hint: string) => ({
    problems: [{ file, ...placeOf(lines, offset), path: '', message, hint }],
  });
  // What the parser says after its first error is mostly a consequence of it.
  const [error] = document.errors;
  if (error) {
    const message = `This is no YAML (${error.code}): ${error.message}`;
    return refused(error.pos[0], message, 'Look at indentation, quotes and colons on this line and the one before it.');
  }
  try {
    return { source: { file, value: document.toJS(), document, lines }, problems: [] };
  } catch (cause) {
    // Aliases are resolved only now: one may have no anchor, or stand for too much.
    const message = `The aliases cannot be resolved: ${(cause as Error).message}.`;
    return refused(firstAlias(document), message, 'Write the values out, or set the anchor (&name) before its alias (*name).');
  }
}

/** Where the first alias without an anchor stands, else the first alias. */
function firstAlias(document: Document): number {
  const offsets: number[] = [];
  visit(document, {
    Alias: (_key, node) => {
      const offset = startOf(node) ?? 0;
      if (node.resolve(document) !== undefined) return void offsets.push(offset);
      offsets.unshift(offset);
      return visit.BREAK;
    },
  });
  return offsets[0] ?? 0;
}

/** A problem at a path of the file: at the value, or at the key if the value is missing or `at` says so. */
export function problemAt(
  source: YamlSource,
  { path, at = 'value', message, hint }: { path: YamlPath; at?: 'key' | 'value'; message: string; hint: string },
): ConfigProblem {
  return {
    file: source.file,
    ...placeOf(source.lines, offsetOf(source.document, path, at)),
    path: pathText(path),
    message,
    hint,
  };
}

function placeOf(lines: LineCounter, offset: number): { readonly line: number; readonly column: number } {
  const { line, col } = lines.linePos(offset);
  // An offset before the first character that the parser saw has line 0.
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/**
 * Where the node of a path starts: a value on its key's line at the value, a block of lines at its key. A missing key is reported at the key
 * its map belongs to. An alias is followed to where its lines are.
 */
function offsetOf(document: Document, path: YamlPath, at: 'key' | 'value'): number {
  let node: unknown = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [depth, segment] of path.entries()) {
    const child = childOf(node, segment);
    if (child === undefined) return offset;
    const value = isAlias(child.value) ? child.value.resolve(document) : child.value;
    const isLast = depth === path.length - 1;
    const wantsKey = !isLast || at === 'key' || isAlias(child.value) || (isCollection(value) && value.flow !== true);
    offset = (wantsKey ? child.key : startOf(value)) ?? child.key ?? offset;
    node = value;
  }
  return offset;
}

function childOf(node: unknown, segment: PropertyKey): { readonly key: number | undefined; readonly value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(segment));
    return pair && { key: startOf(pair.key), value: pair.value };
  }
  if (isSeq(node) && typeof segment === 'number' && segment < node.items.length) {
    const value = node.items[segment];
    return { key: startOf(value), value };
  }
  return undefined;
}

const startOf = (node: unknown): number | undefined => (node as Node | null | undefined)?.range?.[0];

function pathText(path: YamlPath): string {
  return path
    .map((segment, index) => (typeof segment === 'number' ? `[${segment}]` : `${index === 0 ? '' : '.'}${String(segment)}`))
    .join('');
}
