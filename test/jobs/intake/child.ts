import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

export interface ChildEvent {
  readonly event: string;
  readonly what: Record<string, unknown>;
}

/** Starts `watch-in-child.ts`, as another user if wanted, and collects what it says. */
export function startChild(watched: {
  readonly home: string;
  readonly folder: string;
  readonly client: string;
  readonly uid?: number;
}) {
  const program = new URL('watch-in-child.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [program, watched.home, watched.folder, watched.client], {
    stdio: ['ignore', 'pipe', 'inherit'],
    ...(watched.uid === undefined ? {} : { uid: watched.uid, gid: watched.uid }),
  });
  const events: ChildEvent[] = [];
  createInterface(child.stdout).on('line', (line) => events.push(JSON.parse(line) as ChildEvent));
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { events, stop };
}
