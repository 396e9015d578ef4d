import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ConfigProblem } from './config-problem.ts';
import { idShape } from './schema/fields.ts';

/** The YAML files of a folder such as `clients`, whose names are the ids of what they describe. */
export interface ConfigFolder {
  readonly paths: readonly string[];
  readonly problems: readonly ConfigProblem[];
}

/** Lists a folder; a file that would silently not be read (`.yml`, a name that is no id) is a problem. */
export async function listConfigFolder(folder: string, beside: readonly string[]): Promise<ConfigFolder> {
  let names: readonly string[];
  try {
    names = (await readdir(folder)).filter((name) => !name.startsWith('.')).toSorted();
  } catch {
    const message = 'The folder is missing or cannot be read.';
    return { paths: [], problems: [problem(folder, message, 'Add it; config/README.md shows every folder.')] };
  }
  const yaml = names.filter((name) => name.endsWith('.yaml'));
  const strangers = names.filter((name) => !name.endsWith('.yaml') && !beside.some((extension) => name.endsWith(extension)));
  const misnamed = yaml.filter((name) => !idShape.test(idOf(name)));
  return {
    paths: yaml.filter((name) => idShape.test(idOf(name))).map((name) => join(folder, name)),
    problems: [
      ...strangers.map((name) =>
        problem(join(folder, name), 'This file is not read.', `Files end in .yaml here; take away what is none.`),
      ),
      ...misnamed.map((name) =>
        problem(
          join(folder, name),
          'This name is no id.',
          'Use lower case letters, digits and hyphens, at most 40: grona-dalen.yaml.',
        ),
      ),
    ],
  };
}

/** `clients/vattnet.yaml` → `vattnet` */
export const idOf = (path: string): string => basename(path, '.yaml');

const problem = (file: string, message: string, hint: string): ConfigProblem => ({
  file,
  line: 1,
  column: 1,
  path: '',
  message,
  hint,
});
