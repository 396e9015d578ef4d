import { userInfo } from 'node:os';
import { resolve } from 'node:path';
import { EnvironmentError, readEnvironment } from '#config/load-config.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import type { Language } from '#engine/language.ts';
import type { ClientScope, Scope } from '#engine/scope.ts';
import { inTransaction, rehearse, type Tx } from '#engine/store/database.ts';
import { type House, type OpenHome, todayOf } from '../house/house.ts';
import { createLog } from '../house/log.ts';
import { ConfigurationError, withOpenHome } from '../house/open.ts';
import { parts } from '../house/parts.ts';
import { withHouse, type HouseOptions } from '../house/prepare.ts';

/** What may be wrong with the place before anything is asked. */
export { ConfigurationError, EnvironmentError };
/** One fault of the configuration, and where. */
export type ConfigFault = ConfigurationError['problems'][number];

/** Who asks or acts, and about whose affairs. Nothing is asked or done at the desk without either. */
export interface Caller<S extends Scope = Scope> {
  /** Stored with every act (IS4). A name that is given, until persons prove themselves. */
  readonly person: string;
  readonly scope: S;
}

/** A place at the desk to ask from: nothing can be changed through it. */
export interface Desk<S extends Scope = Scope> extends Caller<S> {
  readonly house: OpenHome;
}

/** A place at the desk to act from. */
export interface ActingDesk<S extends Scope = Scope> extends Caller<S> {
  readonly house: House;
}

/** Where the house is, as a person says it: absent what the environment or the usual place tells. */
export interface Place {
  readonly home?: string | undefined;
  readonly config?: string | undefined;
}

/** Lets a caller ask: the home is opened and nothing of it changed. */
export async function ask<S extends Scope, T>(
  place: Place,
  caller: Caller<S>,
  question: (desk: Desk<S>) => Promise<T>,
): Promise<T> {
  await using options = houseAt(place);
  return await withOpenHome(options, (house) => question({ ...caller, house }));
}

/** Lets a caller act, or rehearse an act: the house is prepared for work. */
export async function act<S extends Scope, T>(
  place: Place,
  caller: Caller<S>,
  work: (desk: ActingDesk<S>) => Promise<T>,
): Promise<T> {
  await using options = houseAt(place);
  return await withHouse(options, (house) => work({ ...caller, house }));
}

/** The house at a place: what is said first, then the environment. Only who works on and on tells the terminal what is logged. */
export function houseAt(
  { home, config }: Place,
  { working = false, terminal = false }: { readonly working?: boolean; readonly terminal?: boolean } = {},
): HouseOptions & AsyncDisposable {
  const environment = readEnvironment(process.env, process.cwd());
  const folder = home === undefined ? environment.home : resolve(home);
  const log = createLog({ home: folder, terminal });
  return {
    home: folder,
    configFolder: config === undefined ? environment.configFolder : resolve(config),
    parts,
    databaseUrl: environment.databaseUrl,
    clock: () => environment.now ?? new Date(),
    log,
    working,
    [Symbol.asyncDispose]: () => log.close(),
  };
}

/** The instant that counts as now where no house is opened. */
export const now = (): Date => readEnvironment(process.env, process.cwd()).now ?? new Date();

/** Who is taken to ask or act where nobody says. */
export const systemUser = (): string => userInfo().username;

/** What is asked or ordered is not there for the caller, or cannot be put like that; the message says what is, or how. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** The caller's client, which the configuration knows. @throws UsageError that says which clients there are */
export function clientAt({ house, scope }: Desk<ClientScope>): string {
  const { clients } = house.config;
  if (clients.has(scope.client)) return scope.client;
  throw new UsageError(`There is no client ${scope.client}; there are ${[...clients.keys()].join(', ')}.`);
}

/** A business date that was said, or today. */
export const dateAt = ({ house }: Desk, date: IsoDate | undefined): IsoDate => date ?? todayOf(house);

export const timeZoneAt = ({ house }: Desk): string => house.config.bureau.timeZone;
export const languageAt = ({ house }: Desk): Language => house.config.bureau.language;

/** Asks the database, all of one question at one moment. */
export const read = <T>({ house }: Desk, work: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(house.database, work);

/** Carries out an act as a whole or not at all; a dry run shows what would come of it and takes it back. */
export const carryOut = <T>({ house }: ActingDesk, dryRun: boolean, work: (tx: Tx) => Promise<T>): Promise<T> =>
  (dryRun ? rehearse : inTransaction)(house.database, work);
