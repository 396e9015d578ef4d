import { setMaxListeners } from 'node:events';
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { watch } from 'chokidar';
import { transferErrorOf } from './durable.ts';
import { type RoundMemory, type RoundSettings, newMemory, runRound } from './round.ts';
import type { Inbox } from './look.ts';

export interface WatchSettings extends Omit<RoundSettings, 'inbox'> {
  readonly inboxes: readonly Inbox[];
  /** A round at least this often, even when the system reports no change (network file systems, lost events). */
  readonly scanEveryMilliseconds: number;
}

/** An upload reports every write; the inbox is not looked at for each. */
const MIN_PAUSE_MILLISECONDS = 100;
/** A look that took long, over a crowded folder, is followed by a pause this many times as long; taking in a large file is no look. */
const PAUSE_PER_LOOK = 4;

/**
 * Watches inboxes until the signal aborts; resolves when the last callback has returned. Each inbox has its own loop, so a slow
 * client, or one with 100,000 files, holds up nobody else. Events of the file system only bring a round forward: what is taken, and
 * when, is decided by looking. Any number of daemons may watch the same inboxes: claims are atomic.
 */
export async function watchInboxes(settings: WatchSettings): Promise<void> {
  const { inboxes } = settings;
  // When one loop dies of a callback's own error, the others stop too, and that error is the result.
  const failure = new AbortController();
  const signal = AbortSignal.any([settings.signal, failure.signal]);
  // One listener or two per inbox are no leak.
  setMaxListeners(0, signal);
  const watched = await Promise.all(
    inboxes.map(async (inbox) => ({ inbox, bell: newBell(), path: await watchedPath(inbox.folder) })),
  );
  const bells = new Map(watched.map(({ path, bell }) => [path, bell]));
  const watcher = watchFolders([...bells.keys()], (folder) => bells.get(folder)?.ring());
  try {
    const loops = watched.map(({ inbox, bell }) => watchInbox({ ...settings, signal, inbox }, bell));
    for (const loop of loops) loop.catch((error: unknown) => failure.abort(error));
    await Promise.allSettled(loops);
    await Promise.all(loops);
  } finally {
    await watcher.close();
  }
}

/** The inbox may be an operator's link into the chroot of an SFTP server; the watcher follows none, so it is given what lies behind. */
const watchedPath = (folder: string): Promise<string> => realpath(folder).catch(() => resolve(folder));

/** Ignoring every file leaves one kernel watch per folder, however many files lie in it; its raw events name the folder. */
function watchFolders(folders: readonly string[], onChange: (folder: string) => void) {
  const watched = new Set(folders);
  return (
    watch([...folders], { depth: 0, followSymlinks: false, ignoreInitial: true, ignored: (path) => !watched.has(resolve(path)) })
      .on('raw', (_event, _path, details) => {
        if (isWatchedPath(details)) onChange(resolve(details.watchedPath));
      })
      // Without events the rounds still come on time, and a folder that cannot be read is reported by its round.
      .on('error', () => undefined)
  );
}

const isWatchedPath = (details: unknown): details is { readonly watchedPath: string } =>
  typeof details === 'object' && details !== null && 'watchedPath' in details && typeof details.watchedPath === 'string';

async function watchInbox(settings: RoundSettings & Pick<WatchSettings, 'scanEveryMilliseconds'>, bell: Bell): Promise<void> {
  const { scanEveryMilliseconds, signal } = settings;
  const memory = newMemory();
  const reported = { message: '' };
  signal.addEventListener('abort', bell.ring, { once: true });
  while (!signal.aborted) {
    const settlesIn = await runRoundReporting(settings, memory, reported);
    const pause = Math.max(MIN_PAUSE_MILLISECONDS, PAUSE_PER_LOOK * memory.lookMilliseconds);
    await bell.sleep(Math.min(scanEveryMilliseconds, settlesIn ?? scanEveryMilliseconds) - pause);
    await sleep(pause, undefined, { signal }).catch(() => undefined);
  }
}

/** A whole round that fails, for example because the folder is missing, is one incident until a round succeeds. */
async function runRoundReporting(
  settings: RoundSettings,
  memory: RoundMemory,
  reported: { message: string },
): Promise<number | undefined> {
  try {
    const settlesIn = await runRound(settings, memory);
    reported.message = '';
    return settlesIn;
  } catch (error) {
    const trouble = transferErrorOf(error, `watching ${settings.inbox.folder}`);
    if (trouble.message !== reported.message) await settings.onError(trouble, settings.inbox);
    reported.message = trouble.message;
    return undefined;
  }
}

/** Wakes one sleeper. Ringing while nobody sleeps is remembered. */
interface Bell {
  readonly ring: () => void;
  /** Sleeps until rung, or until the time is over. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

function newBell(): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring: () => {
      rung = true;
      wake?.();
    },
    sleep: async (milliseconds) => {
      if (!rung && milliseconds > 0) {
        const { promise, resolve } = Promise.withResolvers<void>();
        const timer = setTimeout(resolve, milliseconds);
        wake = resolve;
        await promise;
        clearTimeout(timer);
        wake = undefined;
      }
      rung = false;
    },
  };
}
