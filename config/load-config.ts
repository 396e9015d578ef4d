import { dirname, join, resolve, basename } from 'node:path';
import type { PrintProfile } from '#engine/print-profile.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { bankAccountsOf, checkBankAccounts } from './checks/check-bank-accounts.ts';
import { bureauOf, checkBureau } from './checks/check-countries.ts';
import { checkPrinter, checkRemotes, checkSchedules } from './checks/check-house.ts';
import { idOf, listConfigFolder } from './config-folder.ts';
import { inOrder, type ConfigProblem } from './config-problem.ts';
import type { HouseConfig, Remotes } from './house-config.ts';
import { loadClients } from './load-clients.ts';
import { loadPolicies } from './load-policies.ts';
import { readConfigFile, type ConfigFile } from './read-config-file.ts';
import {
  bankAccountsSchema,
  bureauSchema,
  limitsSchema,
  printerSchema,
  remotesSchema,
  schedulesSchema,
} from './schema/house-schemas.ts';
import type { z } from 'zod';
import { idShape } from './schema/fields.ts';

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

async function loadPrinters(folder: string): Promise<LoadedPrinters> {
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

/** What the house takes from the environment of its program. */
export interface Environment {
  /** KUVERT_HOME, absolute: inbox, work, archive, outbox, logs. */
  readonly home: string;
  /** KUVERT_CONFIG, absolute: the folder of `bureau.yaml`. */
  readonly configFolder: string;
  /** KUVERT_DATABASE_URL; absent: the house starts its own PostgreSQL under its home. */
  readonly databaseUrl?: string;
  /** KUVERT_NOW: the clock stands at this instant, for tests and re-runs; absent: the real clock. */
  readonly now?: Date;
}

const HOME_FOLDER = 'var';
const CONFIG_FOLDER = 'config';

/**
 * Reads the variables named KUVERT_…; paths are resolved against the current folder. Throws an EnvironmentError that names the variable
 * if one cannot be used.
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>, currentFolder: string): Environment {
  const databaseUrl = given(env, 'KUVERT_DATABASE_URL');
  const now = given(env, 'KUVERT_NOW');
  return {
    home: resolve(currentFolder, given(env, 'KUVERT_HOME') ?? HOME_FOLDER),
    configFolder: resolve(currentFolder, given(env, 'KUVERT_CONFIG') ?? CONFIG_FOLDER),
    ...(databaseUrl === undefined ? {} : { databaseUrl: checkedDatabaseUrl(databaseUrl) }),
    ...(now === undefined ? {} : { now: instant(now) }),
  };
}

/** An empty variable counts as absent, as shells and service files have it. */
const given = (env: Readonly<Record<string, string | undefined>>, name: string): string | undefined => env[name] || undefined;

function checkedDatabaseUrl(text: string): string {
  // The address may hold a password, so the message does not repeat it.
  if (!/^postgres(?:ql)?:\/\/./.test(text) || !URL.canParse(text)) {
    throw new EnvironmentError('KUVERT_DATABASE_URL', 'is no address such as postgres://user@host:5432/kuvert');
  }
  return text;
}

function instant(text: string): Date {
  const date = new Date(text);
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z$/.test(text) || Number.isNaN(date.getTime())) {
    throw new EnvironmentError('KUVERT_NOW', `is no instant such as 2026-11-21T09:00:00Z: ${text}`);
  }
  return date;
}

/** A variable of the environment cannot be used as it is; nothing was started. */
export class EnvironmentError extends Error {
  constructor(variable: string, problem: string) {
    super(`environment variable ${variable} ${problem}`);
    this.name = 'EnvironmentError';
  }
}
