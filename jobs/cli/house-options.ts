import { resolve } from 'node:path';
import { readEnvironment } from '#config/environment.ts';
import { createLog } from '../house/log.ts';
import { parts } from '../house/parts.ts';
import type { HouseOptions } from '../house/prepare.ts';

/** The options every command has. */
export interface CommonArguments {
  readonly home?: string | undefined;
  readonly config?: string | undefined;
  readonly json: boolean;
}

/** What a command may end with. */
export type End = (code: 0 | 1 | 2 | 3) => void;

/** The house a command works in: options first, then the environment. A single command logs to the file only. */
export function houseOptions(
  given: CommonArguments,
  { working = false, terminal = false }: { readonly working?: boolean; readonly terminal?: boolean } = {},
): HouseOptions & AsyncDisposable {
  const environment = readEnvironment(process.env, process.cwd());
  const home = given.home === undefined ? environment.home : resolve(given.home);
  const log = createLog({ home, terminal });
  return {
    home,
    configFolder: given.config === undefined ? environment.configFolder : resolve(given.config),
    parts,
    databaseUrl: environment.databaseUrl,
    clock: () => environment.now ?? new Date(),
    log,
    working,
    [Symbol.asyncDispose]: () => log.close(),
  };
}
