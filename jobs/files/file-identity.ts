import type { BigIntStats } from 'node:fs';

/**
 * Which bytes a path stood for at one look. Times are the file system's own, in nanoseconds as decimal text, and are only ever
 * compared for equality: a sender's clock may be wrong by years. The whole is plain JSON, so it can outlive the program.
 */
export interface FileIdentity {
  readonly device: string;
  readonly inode: string;
  readonly bytes: number;
  readonly modifiedNanoseconds: string;
  /** Changed by every write, rename, link and attribute change; a sender cannot set it. */
  readonly changedNanoseconds: string;
}

export function identityOf(stats: BigIntStats): FileIdentity {
  return {
    device: String(stats.dev),
    inode: String(stats.ino),
    bytes: Number(stats.size),
    modifiedNanoseconds: String(stats.mtimeNs),
    changedNanoseconds: String(stats.ctimeNs),
  };
}

/** Same inode and nobody wrote to it. Renaming is allowed: it moves the change time on most file systems. */
export function sameContent(left: FileIdentity, right: FileIdentity): boolean {
  return (
    left.device === right.device &&
    left.inode === right.inode &&
    left.bytes === right.bytes &&
    left.modifiedNanoseconds === right.modifiedNanoseconds
  );
}

/** Same inode, not written to, renamed, linked or given other attributes. */
export function untouched(left: FileIdentity, right: FileIdentity): boolean {
  return sameContent(left, right) && left.changedNanoseconds === right.changedNanoseconds;
}
