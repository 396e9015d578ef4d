import { closeSync, fstatSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface RotationLimits {
  /** The file is rotated before a line that would make it larger than this. */
  readonly maxFileBytes: number;
  /** How many older files are kept, `path.1` the latest. */
  readonly keptFiles: number;
}

export interface RotatingFile {
  /** Appends a line. @throws the operating system's error when it cannot be written whole. */
  readonly append: (line: string) => void;
  readonly close: () => void;
}

/**
 * A file of lines that several programs append to at once. Written line by line and at once: what a program said before it was killed
 * stands in the file, and no line of one is mixed into another's.
 */
export function openRotatingFile(path: string, limits: RotationLimits): RotatingFile {
  const state: { file: number | undefined; broken: boolean } = { file: undefined, broken: false };
  const close = (): void => {
    if (state.file !== undefined) closeSync(state.file);
    state.file = undefined;
  };
  const append = (line: string): void => {
    if (state.file !== undefined && !isAt(state.file, path)) close();
    const bytes = Buffer.from(`${state.broken ? '\n' : ''}${line}\n`);
    state.file ??= openForAppending(path);
    const { size } = fstatSync(state.file);
    if (size > 0 && size + bytes.length > limits.maxFileBytes) {
      close();
      rotate(path, limits.keptFiles);
      state.file = openForAppending(path);
    }
    writeWhole(state, bytes);
  };
  return { append, close };
}

function writeWhole(state: { file: number | undefined; broken: boolean }, bytes: Buffer): void {
  const written = writeSync(state.file as number, bytes);
  // A full disk takes the beginning of a line; the next line then starts with a line end of its own.
  state.broken = written < bytes.length;
  if (state.broken) throw Object.assign(new Error('no space left for the whole log line'), { code: 'ENOSPC' });
}

/** Another program may have rotated the file, or a person moved it away. */
function isAt(file: number, path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  return there !== undefined && there.ino === fstatSync(file).ino;
}

function openForAppending(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  return openSync(path, 'a', 0o640);
}

function rotate(path: string, kept: number): void {
  for (let age = kept - 1; age >= 0; age -= 1) {
    const from = age === 0 ? path : `${path}.${age}`;
    if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${path}.${age + 1}`);
  }
}
