import type { ConfigProblem } from '../config-problem.ts';
import type { Schedules } from '../house-config.ts';
import type { ConfigFile } from '../read-config-file.ts';
import { problemAt } from '../yaml-source.ts';

/** Cut-off times are in order, each once. */
export function checkSchedules({ source, value }: ConfigFile<Schedules>): readonly ConfigProblem[] {
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
