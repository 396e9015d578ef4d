import { open } from 'node:fs/promises';

/** Rendered streams on disk while the job's order is not known yet: memory holds only where they are. */
export interface LetterStore {
  /** Appends bytes; gives the offset of the first. */
  readonly append: (bytes: Uint8Array) => Promise<number>;
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** Opens a new file; it must not exist, since two jobs would mix their letters. */
export async function openLetterStore(path: string): Promise<LetterStore> {
  const file = await open(path, 'wx+');
  let end = 0;
  return {
    async append(bytes) {
      const offset = end;
      for (let written = 0; written < bytes.length;) {
        const { bytesWritten } = await file.write(bytes, written, bytes.length - written, end + written);
        written += bytesWritten;
      }
      end += bytes.length;
      return offset;
    },
    async read(offset, length) {
      const bytes = new Uint8Array(length);
      for (let done = 0; done < length;) {
        const { bytesRead } = await file.read(bytes, done, length - done, offset + done);
        if (bytesRead === 0) throw new Error(`letter store ends at ${offset + done}, before ${offset + length}`);
        done += bytesRead;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}
