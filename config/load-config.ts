import { dirname, join, resolve } from 'node:path';
import type { PrintProfile } from '#engine/print-profile.ts';
import { checkPrinter } from './checks/check-printer.ts';
import { checkRemotes } from './checks/check-remotes.ts';
import { checkSchedules } from './checks/check-schedules.ts';
import { idOf, listConfigFolder } from './config-folder.ts';
import { inOrder, type ConfigProblem } from './config-problem.ts';
import { countries } from './countries/countries.ts';
import type { HouseConfig, Remotes } from './house-config.ts';
import { loadClients } from './load-clients.ts';
import { readConfigFile, type ConfigFile } from './read-config-file.ts';
import { bureauSchema } from './schema/bureau-schema.ts';
import { limitsSchema } from './schema/limits-schema.ts';
import { printerSchema } from './schema/printer-schema.ts';
import { remotesSchema } from './schema/remotes-schema.ts';
import { schedulesSchema } from './schema/schedules-schema.ts';
import type { z } from 'zod';

/** The configuration of a house, or everything that is wrong with it, in order of file and line. */
export interface LoadedConfig {
  /** Absent exactly if there is a problem: a house never starts with half of its configuration. */
  readonly config?: HouseConfig;
  readonly problems: readonly ConfigProblem[];
}

/** Reads and checks every file of a configuration folder. Wrong content is a problem, never thrown. */
export async function loadConfig(folder: string): Promise<LoadedConfig> {
  const problems: ConfigProblem[] = [];
  const read = async <Value>(name: string, schema: z.ZodType<Value>): Promise<ConfigFile<Value> | undefined> => {
    const { file, problems: found } = await readConfigFile(join(folder, name), schema);
    problems.push(...found);
    return file;
  };
  const bureau = await read('bureau.yaml', bureauSchema);
  const remotes = await read('remotes.yaml', remotesSchema);
  const schedules = await read('schedules.yaml', schedulesSchema);
  const limits = await read('limits.yaml', limitsSchema);
  const printers = await loadPrinters(join(folder, 'printers'));
  const clientFolder = await listConfigFolder(join(folder, 'clients'), ['.svg', '.png']);
  const { clients, logos, problems: clientProblems } = await loadClients(clientFolder.paths, printers.ids);
  problems.push(...printers.problems, ...clientFolder.problems, ...clientProblems);
  if (remotes) problems.push(...checkRemotes(remotes, clientFolder.paths.map(idOf)));
  if (schedules) problems.push(...checkSchedules(schedules));
  if (problems.length > 0 || !bureau || !remotes || !schedules || !limits) return { problems: inOrder(problems) };
  const config: HouseConfig = {
    bureau: bureau.value,
    clients,
    logos,
    printers: printers.profiles,
    remotes: resolvedRemotes(remotes),
    schedules: schedules.value,
    limits: limits.value,
    countries,
  };
  return { config, problems };
}

interface LoadedPrinters {
  /** Also of those that have problems: an agreement that names one has none for that. */
  readonly ids: readonly string[];
  readonly profiles: ReadonlyMap<string, PrintProfile>;
  readonly problems: readonly ConfigProblem[];
}

export async function loadPrinters(folder: string): Promise<LoadedPrinters> {
  const { paths, problems: folderProblems } = await listConfigFolder(folder, []);
  const problems = [...folderProblems];
  const profiles = new Map<string, PrintProfile>();
  for (const path of paths) {
    const { file, problems: found } = await readConfigFile(path, printerSchema);
    problems.push(...found, ...(file ? checkPrinter(file) : []));
    if (file) profiles.set(idOf(path), { id: idOf(path), ...file.value });
  }
  return { ids: paths.map(idOf), profiles, problems };
}

/** Key files lie relative to the configuration folder unless their path is absolute. */
function resolvedRemotes({ source, value }: ConfigFile<z.output<typeof remotesSchema>>): Remotes {
  const resolved = <Item extends { readonly privateKeyFile: string }>(item: Item): Item => ({
    ...item,
    privateKeyFile: resolve(dirname(source.file), item.privateKeyFile),
  });
  const { printHouse, accessPoint, deliveries, inboxes } = value;
  return {
    ...(printHouse ? { printHouse: resolved(printHouse) } : {}),
    ...(accessPoint ? { accessPoint: resolved(accessPoint) } : {}),
    deliveries: new Map(deliveries.map(({ client, ...remote }) => [client, resolved(remote)])),
    inboxes: inboxes.map(resolved),
  };
}
