import type { ConfigProblem } from '../config-problem.ts';
import type { Schedules } from '../house-config.ts';
import type { ConfigFile } from '../read-config-file.ts';
import { problemAt } from '../yaml-source.ts';

/** Cut-off times are in order, each once; runs keep to the hours of the day that every day has exactly once. */
export const checkSchedules = (file: ConfigFile<Schedules>): readonly ConfigProblem[] => [
  ...checkRuns(file),
  ...checkCutOffs(file),
];

/**
 * Runs that move money or demand it: at night a time may come twice or never when the clocks change (reference/reliability XM2), and the
 * bank's files of the day before are not in.
 */
const EARLIEST_RUN = '04:00';
const LATEST_RUN = '22:00';

function checkRuns({ source, value }: ConfigFile<Schedules>): readonly ConfigProblem[] {
  return Object.entries(value.runs).flatMap(([kind, time]) => {
    if (time >= EARLIEST_RUN && time <= LATEST_RUN) return [];
    return [
      problemAt(source, {
        path: ['runs', kind],
        message: `The ${kind} run at ${time} is outside ${EARLIEST_RUN} to ${LATEST_RUN}.`,
        hint: 'Let runs start by day, after the bank’s files have come.',
      }),
    ];
  });
}

function checkCutOffs({ source, value }: ConfigFile<Schedules>): readonly ConfigProblem[] {
  if (value.spools.kind === 'immediate') return [];
  const { times } = value.spools;
  return times.flatMap((time, index) => {
    const before = times[index - 1];
    if (before === undefined || before < time) return [];
    return [
      problemAt(source, {
        path: ['spools', 'times', index],
        message: `The cut-off ${time} is not after ${before}.`,
        hint: 'Write each time once, the earliest first.',
      }),
    ];
  });
}
