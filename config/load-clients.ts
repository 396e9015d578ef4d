import type { Agreement, Client, ClientId } from '#engine/agreement.ts';
import type { Logo } from '#engine/letter.ts';
import { BUREAU, isSender } from '#engine/sender.ts';
import { checkAgreements, checkPayouts, checkPrinterNames, checkReferences } from './checks/check-agreements.ts';
import { checkCountries } from './checks/check-countries.ts';
import { checkMappings } from './checks/check-mapping.ts';
import { checkPolicies, type PolicyContext } from './checks/check-policies.ts';
import { choosePolicy, resolvePolicy, type LoadedPolicies } from './load-policies.ts';
import type { AgreementTerms, ClientFile } from './client-file.ts';
import { idOf } from './config-folder.ts';
import type { ConfigProblem } from './config-problem.ts';
import { loadLogos } from './logos.ts';
import { readConfigFile } from './read-config-file.ts';
import { clientSchema } from './schema/client-schema.ts';

export interface LoadedClients {
  /** As they were read: other files are checked against them. */
  readonly files: readonly ClientFile[];
  readonly clients: ReadonlyMap<ClientId, Client>;
  readonly logos: ReadonlyMap<string, Logo>;
  readonly problems: readonly ConfigProblem[];
}

/** What clients' files name or depend on. */
export interface Surroundings extends PolicyContext {
  /** Ids of the printers that have a file. */
  readonly printers: readonly string[];
}

/** Reads clients' files and checks each for itself, against printers and policies and against the others. */
export async function loadClients(paths: readonly string[], { printers, ...context }: Surroundings): Promise<LoadedClients> {
  const files: ClientFile[] = [];
  const problems: ConfigProblem[] = [];
  for (const path of paths) {
    if (isReserved(idOf(path))) problems.push(reservedProblem(path));
    const { file, problems: found } = await readConfigFile(path, clientSchema(context.parts));
    problems.push(...found);
    if (file) files.push({ ...file, id: idOf(path) });
  }
  const { logos, problems: logoProblems } = await loadLogos(files);
  for (const file of files) {
    const unknown = checkCountries(file, context.parts);
    problems.push(...unknown);
    // Nothing else can be said of terms under a law that nobody knows.
    if (unknown.length > 0) continue;
    problems.push(
      ...checkAgreements(file, context.parts),
      ...checkPayouts(file, context.parts),
      ...checkMappings(file, context.parts),
      ...checkPrinterNames(file, printers),
      ...checkPolicies(file, context),
    );
  }
  problems.push(...checkReferences(files, context.parts), ...logoProblems);
  return { files, clients: new Map(files.map((file) => [file.id, clientOf(file, context.policies)])), logos, problems };
}

const clientOf = ({ id, value, source }: ClientFile, policies: LoadedPolicies): Client => ({
  id,
  said: saidIn(source.value, value.agreements, policies),
  name: value.name,
  agreements: value.agreements.map(({ policies: choices, ...agreement }) => ({
    client: id,
    ...agreement,
    ...(choices === undefined ? {} : { policies: resolvedPolicies(choices, agreement, policies) }),
  })),
});

/**
 * What was agreed is what the file says, not what this program makes of it (design.md §8). A policy that a version names by its file's id
 * is part of it; its last day is not, since an agreement is ended after it was used.
 */
function saidIn(file: unknown, agreements: readonly AgreementTerms[], policies: LoadedPolicies): ReadonlyMap<number, unknown> {
  const versions = (file as { readonly agreements: readonly Readonly<Record<string, unknown>>[] }).agreements;
  return new Map(
    agreements.map(({ version, policies: choices }, index) => {
      const { validTo: _ended, ...said } = versions[index] ?? {};
      const names = Object.values(choices ?? {}).flatMap(({ use }) => (use === undefined ? [] : [use]));
      return [version, { said, policies: Object.fromEntries(names.map((name) => [name, policies.said.get(name)])) }];
    }),
  );
}

/** The policies in full, so that a stored agreement says what it said; one that has a problem is left out, and the house does not start. */
function resolvedPolicies(
  choices: NonNullable<AgreementTerms['policies']>,
  { terms }: Pick<AgreementTerms, 'terms'>,
  { terms: named }: LoadedPolicies,
): NonNullable<Agreement['policies']> {
  const entries = Object.entries(choices).flatMap(([debtorClass, choice]) => {
    const chosen = choosePolicy(choice, choice.use === undefined ? undefined : named.get(choice.use));
    return chosen.kind === 'whole' ? [[debtorClass, resolvePolicy(chosen.terms, terms)] as const] : [];
  });
  return Object.fromEntries(entries);
}

const isReserved = (id: string): boolean => isSender(id) || id === BUREAU;

const reservedProblem = (file: string): ConfigProblem => ({
  file,
  line: 1,
  column: 1,
  path: '',
  message: `The name ${idOf(file)} is taken: the house itself, or a sender of files that is no client, is called so.`,
  hint: 'Call the client something else.',
});
