import type { FileIdentity } from '../files/file-identity.ts';
import { untouched } from '../files/file-identity.ts';

/** What is known about one name over several looks; times are of a steady clock of ours, in milliseconds. */
export interface Watched {
  readonly identity: FileIdentity;
  readonly firstSeenAt: number;
  /** When the bytes were first seen as they are now. */
  readonly unchangedSince: number;
  /** Looks that found the bytes as they are now. */
  readonly looks: number;
}

/**
 * Joins a new look with the earlier ones. Names that are gone are forgotten. The sender's clock plays no part: file times are
 * compared with each other only, and time passes by our clock (XU11).
 */
export function lookAgain(
  earlier: ReadonlyMap<string, Watched>,
  seen: Iterable<{ readonly key: string; readonly identity: FileIdentity }>,
  now: number,
): Map<string, Watched> {
  const watched = new Map<string, Watched>();
  for (const { key, identity } of seen) {
    const before = earlier.get(key);
    watched.set(
      key,
      before !== undefined && untouched(before.identity, identity)
        ? { ...before, looks: before.looks + 1 }
        : { identity, firstSeenAt: before?.firstSeenAt ?? now, unchangedSince: now, looks: 1 },
    );
  }
  return watched;
}

/** At rest: found the same by at least two looks over the whole settling time. */
export function isSettled(watched: Watched, now: number, settleMilliseconds: number): boolean {
  return watched.looks >= 2 && now - watched.unchangedSince >= settleMilliseconds;
}
