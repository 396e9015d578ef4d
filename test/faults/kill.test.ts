import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { waterFile } from '#jobs/demo/files/water-file.ts';
import { endState } from '../house/end-state.ts';
import { openTestHouse, type TestHouse } from '../house/test-house.ts';
import { seededNumbers } from '../house/seeded-numbers.ts';

const NOW = '2026-11-21T09:00:00Z';
const KILLS = 20;
const INVOICES = 2_000;
/** A kill falls somewhere between the upload and the time an undisturbed run needs. */
const PATIENCE_MILLISECONDS = 180_000;
const seed = Number(process.env.KUVERT_TEST_SEED ?? 20_261_121);

const file = waterFile({ consumers: INVOICES, issueDate: '2026-11-20', firstNumber: 700_001 });

async function undisturbed(): Promise<{ readonly state: Awaited<ReturnType<typeof endState>>; readonly milliseconds: number }> {
  const house = await openTestHouse({ now: NOW });
  try {
    const daemon = await house.startDaemon();
    const began = performance.now();
    await house.deliver('vattnet', 'avgifter.csv', file);
    await house.untilDone(1, PATIENCE_MILLISECONDS);
    const milliseconds = performance.now() - began;
    await stop(daemon);
    return { state: await endState(house), milliseconds };
  } finally {
    await house.close();
  }
}

async function stop(daemon: Awaited<ReturnType<TestHouse['startDaemon']>>): Promise<void> {
  const ended = once(daemon, 'exit');
  daemon.kill('SIGTERM');
  const [code] = (await ended) as [number | null];
  expect(code, 'SIGTERM ends the daemon cleanly').toBe(0);
}

test(`kill -9 at ${KILLS} random moments of a ${INVOICES}-invoice file ends as an undisturbed run (seed ${seed})`, async () => {
  const expected = await undisturbed();
  expect(expected.state.tables.invoice).toHaveLength(INVOICES);
  const random = seededNumbers(seed);
  const house = await openTestHouse({ now: NOW });
  const moments: number[] = [];
  try {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const daemon = await house.startDaemon();
      if (kill === 0) await house.deliver('vattnet', 'avgifter.csv', file);
      const moment = Math.floor(random() * expected.milliseconds);
      moments.push(moment);
      await sleep(moment);
      const ended = once(daemon, 'exit');
      daemon.kill('SIGKILL');
      await ended;
    }
    const daemon = await house.startDaemon();
    await house.untilDone(1, PATIENCE_MILLISECONDS);
    await stop(daemon);
    expect(await endState(house), `killed after ${moments.join(', ')} ms`).toEqual(expected.state);
    const verified = await house.kuvert('verify');
    expect(verified.stdout + verified.stderr).toContain('invariants hold');
    expect(verified.code).toBe(0);
  } finally {
    await house.close();
  }
});
