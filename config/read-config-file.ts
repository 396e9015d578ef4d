import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import type { ConfigProblem } from './config-problem.ts';
import { readSchema } from './schema/read-schema.ts';
import { parseYaml, type YamlSource } from './yaml-source.ts';

/** A file that passed its schema, with the source to point into. */
export interface ConfigFile<Value> {
  readonly source: YamlSource;
  readonly value: Value;
}

/** Configuration is written by hand; a file larger than this is something else. */
const MAX_CONFIG_BYTES = 1024 * 1024;

/** Reads one YAML file by its schema. Everything that is wrong with it, also that it is missing, comes back as problems. */
export async function readConfigFile<Value>(
  path: string,
  schema: z.ZodType<Value>,
): Promise<{ readonly file?: ConfigFile<Value>; readonly problems: readonly ConfigProblem[] }> {
  const wholeFile = (message: string, hint: string) => ({
    problems: [{ file: path, line: 1, column: 1, path: '', message, hint }],
  });
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return wholeFile('The file is missing.', 'Add it; config/README.md shows every file.');
    return wholeFile(`The file cannot be read: ${message}`, 'Correct its name or permissions.');
  }
  if (bytes.length > MAX_CONFIG_BYTES)
    return wholeFile(`The file has more than ${MAX_CONFIG_BYTES} bytes.`, 'Is this the right file?');
  const text = decode(bytes);
  if (text === undefined) return wholeFile('The file is not in UTF-8.', 'Save it again with the encoding UTF-8.');
  const { source, problems } = parseYaml(path, text);
  if (source === undefined) return { problems };
  const { value, problems: refusals } = readSchema(schema, source);
  return value === undefined ? { problems: refusals } : { file: { source, value }, problems: [] };
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
