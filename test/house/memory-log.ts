import type { Log } from '#jobs/house/log.ts';

/** A log that keeps quiet; what matters to a test is the end state. */
export function memoryLog(): Log {
  const silent = (): void => undefined;
  const log: Log = { info: silent, warn: silent, error: silent, child: () => log };
  return log;
}
