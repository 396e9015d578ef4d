import type { Client, ClientId } from '#engine/agreement.ts';
import type { Logo } from '#engine/letter.ts';
import { BUREAU, isSender } from '#engine/sender.ts';
import { checkAgreements } from './checks/check-agreements.ts';
import { checkMappings } from './checks/check-mapping.ts';
import { checkPrinterNames } from './checks/check-printer-names.ts';
import { checkReferences } from './checks/check-references.ts';
import type { ClientFile } from './client-file.ts';
import { idOf } from './config-folder.ts';
import type { ConfigProblem } from './config-problem.ts';
import { loadLogos } from './load-logos.ts';
import { readConfigFile } from './read-config-file.ts';
import { clientSchema } from './schema/client-schema.ts';

export interface LoadedClients {
  readonly clients: ReadonlyMap<ClientId, Client>;
  readonly logos: ReadonlyMap<string, Logo>;
  readonly problems: readonly ConfigProblem[];
}

/** Reads clients' files and checks each for itself, against the printers and against the others. */
export async function loadClients(paths: readonly string[], printers: readonly string[]): Promise<LoadedClients> {
  const files: ClientFile[] = [];
  const problems: ConfigProblem[] = [];
  for (const path of paths) {
    if (isReserved(idOf(path))) problems.push(reservedProblem(path));
    const { file, problems: found } = await readConfigFile(path, clientSchema);
    problems.push(...found);
    if (file) files.push({ ...file, id: idOf(path) });
  }
  const { logos, problems: logoProblems } = await loadLogos(files);
  for (const file of files) problems.push(...checkAgreements(file), ...checkMappings(file), ...checkPrinterNames(file, printers));
  problems.push(...checkReferences(files), ...logoProblems);
  return { clients: new Map(files.map((file) => [file.id, clientOf(file)])), logos, problems };
}

const clientOf = ({ id, value }: ClientFile): Client => ({
  id,
  name: value.name,
  agreements: value.agreements.map((agreement) => ({ client: id, ...agreement })),
});

const isReserved = (id: string): boolean => isSender(id) || id === BUREAU;

const reservedProblem = (file: string): ConfigProblem => ({
  file,
  line: 1,
  column: 1,
  path: '',
  message: `The name ${idOf(file)} is taken: the house itself, or a sender of files that is no client, is called so.`,
  hint: 'Call the client something else.',
});
