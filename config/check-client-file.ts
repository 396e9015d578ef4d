import type { Parts } from '#engine/sockets/parts.ts';
import { basename, dirname, join, resolve } from 'node:path';
import { idOf, listConfigFolder } from './config-folder.ts';
import { inOrder, type ConfigProblem } from './config-problem.ts';
import { loadClients } from './load-clients.ts';
import { loadPrinters } from './load-config.ts';
import { loadPolicies } from './load-policies.ts';
import { readConfigFile } from './read-config-file.ts';
import { bureauSchema } from './schema/bureau-schema.ts';
import { idShape } from './schema/fields.ts';

/**
 * Checks one client's file as it would be with the others of the house: `path` stands in for the file of the same name there, or is a
 * new client. Only problems of the file itself and of logos beside it are told.
 */
export async function checkClientFile(path: string, configFolder: string, parts: Parts): Promise<readonly ConfigProblem[]> {
  if (!path.endsWith('.yaml') || !idShape.test(idOf(path))) {
    const hint = 'Name it after the client, with lower case letters, digits and hyphens: grona-dalen.yaml.';
    return [{ file: path, line: 1, column: 1, path: '', message: 'The file name is no client id.', hint }];
  }
  const printers = await loadPrinters(join(configFolder, 'printers'));
  const others = await listConfigFolder(join(configFolder, 'clients'), ['.svg', '.png']);
  // The file comes last, so that a conflict with another client is told of it and not of the other.
  const paths = [...others.paths.filter((other) => basename(other) !== basename(path)), path];
  const { file: bureau } = await readConfigFile(join(configFolder, 'bureau.yaml'), bureauSchema);
  const policies = await loadPolicies(join(configFolder, 'policies'), parts);
  const surroundings = { parts, printers: printers.ids, policies, licences: bureau?.value.licences };
  const { problems } = await loadClients(paths, surroundings);
  const otherFiles = new Set(paths.slice(0, -1).map((other) => resolve(other)));
  const folder = resolve(dirname(path));
  return inOrder(problems.filter(({ file }) => resolve(dirname(file)) === folder && !otherFiles.has(resolve(file))));
}
