import { isBankDay } from '#engine/bank-days.ts';
import { inTransaction } from '#engine/store/database.ts';
import type { RunKindName } from '#engine/store/runs.ts';
import { calendarOfClient } from '../calendars.ts';
import type { House } from '../house.ts';
import { todayOf } from '../today.ts';
import { executeRun } from './execute-run.ts';
import { clientsConcerned } from './run-calendar.ts';
import { runKind } from './run-kinds.ts';

/** Bank files that are late are asked for again so often. */
const ASK_AGAIN_SECONDS = 600;

/** Later in the day it is left to the next day's run, which makes up for it. */
const LAST_TIME = '21:30';

const timeInZone = ({ clock, config }: House): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: config.bureau.timeZone, hour: '2-digit', minute: '2-digit' }).format(clock());

/**
 * Makes today's run of a kind for every client in whose country it is a bank day, and before it what was missed. A client whose run fails or whose gate is shut never holds
 * up the others; with a shut gate the job comes again in a while. The rows say what is done, so coming twice does nothing twice.
 */
export async function runOnSchedule(house: House, name: RunKindName, signal: AbortSignal): Promise<void> {
  const kind = runKind(name);
  const today = todayOf(house);
  const troubles: unknown[] = [];
  let shut = false;
  for (const client of clientsConcerned(house, kind, today)) {
    if (signal.aborted) return;
    if (!isBankDay(calendarOfClient(house.config, client), today)) continue;
    try {
      const executed = await executeRun(house, { kind, client, businessDate: today, trigger: 'schedule', who: 'schedule' });
      if (executed.outcome !== 'refused') continue;
      shut ||= executed.rule === 'gate';
      house.log.warn('run.refused', {
        kind: name,
        client,
        date: today,
        rule: executed.rule,
        because: executed.because.join('; '),
      });
    } catch (error) {
      house.log.error('run.failed', {
        kind: name,
        client,
        date: today,
        error: error instanceof Error ? error : new Error(String(error)),
      });
      troubles.push(error);
    }
  }
  if (shut && timeInZone(house) < LAST_TIME)
    await inTransaction(house.database, (tx) =>
      house.queues.send(tx, 'run', { kind: name }, { afterSeconds: ASK_AGAIN_SECONDS }),
    );
  if (troubles.length > 0) throw troubles[0];
}
