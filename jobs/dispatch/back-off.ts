import type { Retry } from '#engine/operating-error.ts';
import type { TransferReason } from '../files/transfer-error.ts';

export interface FailedAttempt {
  /** 1 after the first failure. */
  readonly attempt: number;
  readonly retry: Exclude<Retry, 'never'>;
  readonly reason?: TransferReason;
  /** At least 0 and less than 1; spreads many files that failed together. */
  readonly jitter: number;
}

interface Pace {
  readonly firstSeconds: number;
  readonly mostSeconds: number;
}

const MINUTE_SECONDS = 60;
const HOUR_SECONDS = 3_600;
const paces: Readonly<Record<FailedAttempt['retry'], Pace>> = {
  soon: { firstSeconds: 5, mostSeconds: 5 * MINUTE_SECONDS },
  later: { firstSeconds: MINUTE_SECONDS, mostSeconds: HOUR_SECONDS },
};
/** Few tries an hour: servers lock an account, or ban an address, after a handful of refused logins in ten minutes (XO5). */
const refusedLogin: Pace = { firstSeconds: 15 * MINUTE_SECONDS, mostSeconds: 4 * HOUR_SECONDS };

/** Seconds until the next attempt: doubled each time up to a ceiling, of which the jitter takes up to half away. */
export function backOffSeconds({ attempt, retry, reason, jitter }: FailedAttempt): number {
  const { firstSeconds, mostSeconds } = reason === 'login-refused' ? refusedLogin : paces[retry];
  const longest = Math.min(mostSeconds, firstSeconds * 2 ** (attempt - 1));
  return Math.ceil(longest * (1 - jitter / 2));
}
