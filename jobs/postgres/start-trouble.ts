import { OperatingError } from '#engine/operating-error.ts';
import type { Cluster } from './cluster.ts';

/** Characters of PostgreSQL's own words carried in the error; the end says why. */
const MAX_QUOTED_CHARACTERS = 600;

interface KnownTrouble {
  readonly sign: RegExp;
  readonly problem: string;
  readonly fix: string;
  readonly retry: 'later' | 'never';
}

const knownTroubles: readonly KnownTrouble[] = [
  {
    sign: /No space left on device|Disk quota exceeded/i,
    problem: 'The disk of the database is full.',
    fix: 'Free space there and start again; nothing booked is lost.',
    retry: 'later',
  },
  {
    sign: /Permission denied|Operation not permitted|has wrong ownership|invalid permissions/i,
    problem: 'The database server may not use its folder.',
    fix: "Give the folder back to the server's user with mode 0700, or run kuvert as the user that created this home.",
    retry: 'never',
  },
  {
    sign: /incompatible with server/i,
    problem: 'The data directory was made by another version of PostgreSQL.',
    fix: 'Use the kuvert version that made it to move the data, or set a database URL.',
    retry: 'never',
  },
  {
    sign: /could not create shared memory|could not map anonymous shared memory|Cannot allocate memory/i,
    problem: 'There is not enough memory for the database server.',
    fix: 'Free memory or raise the limit of this machine or container.',
    retry: 'later',
  },
  {
    sign: /invalid checkpoint record|could not locate a valid checkpoint|could not open file .*pg_/i,
    problem: 'The data directory is damaged.',
    fix: 'Restore the home from its last backup.',
    retry: 'never',
  },
];

/** Turns what initdb or the server wrote into an error that says what to do. */
export function startTrouble(step: string, cluster: Cluster, said: string): OperatingError {
  const known = knownTroubles.find((trouble) => trouble.sign.test(said));
  const quoted = said.trim().slice(-MAX_QUOTED_CHARACTERS);
  return new OperatingError({
    problem: `${known?.problem ?? 'The embedded database did not start.'} (${step}, ${cluster.dataDirectory}: ${quoted})`,
    fix: known?.fix ?? 'Look at the words above and the log in that folder, or set a database URL.',
    retry: known?.retry ?? 'later',
  });
}

/** Another server has, or is just leaving, the cluster: looking again finds it or its absence. */
export const isTakenMeanwhile = (said: string): boolean =>
  /lock file "postmaster\.pid" already exists|is still in use|could not open lock file/i.test(said);

export const isPortTaken = (said: string): boolean => /Address already in use|could not create any TCP\/IP sockets/i.test(said);
