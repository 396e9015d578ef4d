import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { waterFile } from '#jobs/demo/files/water-file.ts';
import { endState } from '../house/end-state.ts';
import { openTestHouse, type TestHouse } from '../house/test-house.ts';

const NOW = '2026-11-21T09:00:00Z';
const PATIENCE_MILLISECONDS = 180_000;
const CUTS = 12;
const PAUSE_MILLISECONDS = 700;
const LOOK_MILLISECONDS = 50;

/** Ends every connection but our own, as a database that is restarted does; gives how many there were. */
async function cutAll(house: TestHouse): Promise<number> {
  const found = await house.database.query<{ cut: bigint }>(
    `select count(pg_terminate_backend(pid)) as cut from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database() and usename = current_user`,
  );
  return Number(found.rows[0]?.cut ?? 0n);
}

async function cutOften(house: TestHouse): Promise<void> {
  const cuts: number[] = [];
  for (let cut = 0; cut < CUTS; cut += 1) {
    await sleep(PAUSE_MILLISECONDS);
    let count = await cutAll(house);
    // It may be in the midst of coming back.
    for (; count === 0; count = await cutAll(house)) await sleep(LOOK_MILLISECONDS);
    cuts.push(count);
  }
  console.log(`connections cut: ${cuts.join(', ')}`);
}

test(`a daemon that loses every connection to its database ${CUTS} times while it works goes on and ends as if nothing had been (XG1, XT2)`, async () => {
  const file = waterFile({ consumers: 1_500, issueDate: '2026-11-20', firstNumber: 700_001 });
  const undisturbed = await openTestHouse({ now: NOW });
  const house = await openTestHouse({ now: NOW });
  try {
    for (const each of [undisturbed, house]) await each.deliver('vattnet', 'avgifter.csv', file);
    const quiet = await undisturbed.startDaemon();
    await undisturbed.untilDone(1, PATIENCE_MILLISECONDS);
    expect(await quiet.end('SIGTERM')).toBe(0);
    const daemon = await house.startDaemon();
    const died: Promise<never> = daemon.ended.then((how) => Promise.reject(new Error(`the daemon did not survive: ${how}`)));
    await Promise.race([cutOften(house), died]);
    await Promise.race([house.untilDone(1, PATIENCE_MILLISECONDS), died]);
    expect(await daemon.end('SIGTERM')).toBe(0);
    expect(await endState(house)).toEqual(await endState(undisturbed));
    const verified = await house.kuvert('verify');
    expect(verified).toMatchObject({ code: 0, stdout: expect.stringContaining('invariants hold') as string });
  } finally {
    await undisturbed.close();
    await house.close();
  }
});
