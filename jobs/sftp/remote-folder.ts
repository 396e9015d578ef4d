/** What a look at a remote name shows. */
export interface RemoteStat {
  readonly kind: 'file' | 'folder' | 'other';
  readonly bytes: number;
  /** By the remote's clock, in its own precision; only ever compared with itself. */
  readonly modified: string;
}

export interface RemoteEntry extends RemoteStat {
  readonly name: string;
}

/**
 * One folder somewhere else, over SFTP or on this machine, with the same meaning of every step. Names are relative to it. All
 * failures are operating errors.
 */
export interface RemoteFolder {
  /** For messages: `user@host:folder`. */
  readonly place: string;
  /** What lies in it, or in a folder in it. */
  readonly list: (folder?: string) => Promise<readonly RemoteEntry[]>;
  /** Undefined only when the remote says that there is no such name: a failure to answer is an error, never absence. */
  readonly stat: (name: string) => Promise<RemoteStat | undefined>;
  /** Writes a new file and waits until the remote has taken every byte. The name must be free. */
  readonly write: (name: string, content: AsyncIterable<Uint8Array>, bytes: number) => Promise<void>;
  readonly read: (name: string) => AsyncIterable<Uint8Array>;
  /** Never over an existing name. */
  readonly rename: (from: string, to: string) => Promise<void>;
  /** A name that is gone is no trouble. */
  readonly remove: (name: string) => Promise<void>;
  /** A folder that is there is no trouble. */
  readonly makeFolder: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}
