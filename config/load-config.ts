import { dirname, join, resolve } from 'node:path';
import type { PrintProfile } from '#engine/print-profile.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { bankAccountsOf, checkBankAccounts } from './checks/check-bank-accounts.ts';
import { bureauOf, checkBureau } from './checks/check-countries.ts';
import { checkPrinter } from './checks/check-printer.ts';
import { checkRemotes } from './checks/check-remotes.ts';
import { checkSchedules } from './checks/check-schedules.ts';
import { idOf, listConfigFolder } from './config-folder.ts';
import { inOrder, type ConfigProblem } from './config-problem.ts';
import type { HouseConfig, Remotes } from './house-config.ts';
import { loadClients } from './load-clients.ts';
import { loadPolicies } from './load-policies.ts';
import { readConfigFile, type ConfigFile } from './read-config-file.ts';
import { bankAccountsSchema } from './schema/bank-accounts-schema.ts';
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

/** Reads and checks every file of a configuration folder, held against what is plugged in. Wrong content is a problem, never thrown. */
export async function loadConfig(folder: string, parts: Parts): Promise<LoadedConfig> {
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
  const bankAccounts = await read('bank-accounts.yaml', bankAccountsSchema(parts));
  const printers = await loadPrinters(join(folder, 'printers'));
  const clientFolder = await listConfigFolder(join(folder, 'clients'), ['.svg', '.png']);
  const policies = await loadPolicies(join(folder, 'policies'), parts);
  const surroundings = { parts, printers: printers.ids, policies, licences: bureau?.value.licences };
  const { files, clients, logos, problems: clientProblems } = await loadClients(clientFolder.paths, surroundings);
  problems.push(...printers.problems, ...policies.problems, ...clientFolder.problems, ...clientProblems);
  if (remotes) problems.push(...checkRemotes(remotes, clientFolder.paths.map(idOf)));
  if (schedules) problems.push(...checkSchedules(schedules));
  if (bureau) problems.push(...checkBureau(bureau, { clients: files, parts }));
  if (bankAccounts) problems.push(...checkBankAccounts(bankAccounts, { clients: files, parts }));
  if (problems.length > 0 || !bureau || !remotes || !schedules || !limits || !bankAccounts)
    return { problems: inOrder(problems) };
  const config: HouseConfig = {
    bureau: bureauOf(bureau.value, parts),
    clients,
    logos,
    printers: printers.profiles,
    bankAccounts: bankAccountsOf(bankAccounts, files),
    remotes: resolvedRemotes(remotes),
    schedules: schedules.value,
    limits: limits.value,
    parts,
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
  const { printHouse, accessPoint, bank, collectionAgency, deliveries, inboxes } = value;
  return {
    ...(printHouse ? { printHouse: resolved(printHouse) } : {}),
    ...(accessPoint ? { accessPoint: resolved(accessPoint) } : {}),
    ...(bank ? { bank: resolved(bank) } : {}),
    ...(collectionAgency ? { collectionAgency: resolved(collectionAgency) } : {}),
    deliveries: new Map(deliveries.map(({ client, ...remote }) => [client, resolved(remote)])),
    inboxes: inboxes.map(resolved),
  };
}
