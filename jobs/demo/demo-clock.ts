import type { IsoDate } from '#engine/iso-date.ts';

/** A clock that runs as any other but can be put forward to another day: the demo lives weeks in a minute. */
export interface DemoClock {
  readonly now: () => Date;
  /** Goes to nine in the morning, Swedish winter time, of a day. */
  readonly goTo: (date: IsoDate) => void;
}

export function demoClock(steadyMilliseconds: () => number): DemoClock {
  let from = { wall: 0, steady: steadyMilliseconds() };
  return {
    now: () => new Date(from.wall + steadyMilliseconds() - from.steady),
    goTo: (date) => {
      from = { wall: Date.parse(`${date}T08:00:00Z`), steady: steadyMilliseconds() };
    },
  };
}
