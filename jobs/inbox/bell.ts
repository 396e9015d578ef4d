/** Wakes one sleeper. Ringing while nobody sleeps is remembered. */
export interface Bell {
  readonly ring: () => void;
  /** Sleeps until rung, or until the time is over. */
  readonly sleep: (milliseconds: number) => Promise<void>;
}

export function newBell(): Bell {
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
