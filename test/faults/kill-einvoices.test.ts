import { watch } from 'node:fs';
import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { endState } from '../house/end-state.ts';
import { openTestHouse, type TestHouse } from '../house/test-house.ts';
import { seededNumbers } from '../house/seeded-numbers.ts';
import { trialCsv } from '../house/trial-csv.ts';

const NOW = '2026-11-21T09:00:00Z';
const INVOICES = 300;
const KILLS = 8;
const PATIENCE_MILLISECONDS = 120_000;
const seed = Number(process.env.KUVERT_TEST_SEED ?? 20_261_121);

const file = Buffer.from(
  trialCsv(
    ...Array.from({ length: INVOICES }, (_, index) => ({
      Number: `E-${index + 1}`,
      Debtor: `D${index + 1}`,
      Company: '559998-1114',
      Endpoint: '0007:5599981114',
      'Their reference': 'A Provsson',
    })),
  ),
);

/** Kills a daemon when so many changes were seen in the folder where files wait for their final names; gives how many had theirs. */
async function killAfter(house: TestHouse, changes: number): Promise<number> {
  const folder = join(house.home, 'work', 'outgoing');
  await mkdir(folder, { recursive: true });
  let seen = 0;
  const enough = Promise.withResolvers<void>();
  const watcher = watch(folder, () => {
    seen += 1;
    if (seen >= changes) enough.resolve();
  });
  const daemon = house.spawnDaemon();
  await Promise.race([enough.promise, house.untilDone(1, PATIENCE_MILLISECONDS)]);
  await daemon.end('SIGKILL');
  watcher.close();
  return (await readdir(join(house.home, 'outbox', 'einvoice', 'provet')).catch(() => [])).length;
}

test(`kill -9 at ${KILLS} random moments while ${INVOICES} e-invoices are written ends as an undisturbed run (seed ${seed})`, async () => {
  const undisturbed = await openTestHouse({ now: NOW });
  const house = await openTestHouse({ now: NOW });
  try {
    for (const each of [undisturbed, house]) await each.deliver('provet', 'e.csv', file);
    const quiet = await undisturbed.startDaemon();
    await undisturbed.untilDone(1, PATIENCE_MILLISECONDS);
    expect(await quiet.end('SIGTERM')).toBe(0);
    const random = seededNumbers(seed);
    const left: number[] = [];
    // Each e-invoice makes four changes: temporary name, staged name, temporary name gone, staged name gone.
    for (let kill = 0; kill < KILLS; kill += 1) left.push(await killAfter(house, Math.ceil(random() * 3 * INVOICES)));
    console.log(`e-invoices out after each kill: ${left.join(', ')}`);
    expect(left[0]).toBeLessThan(INVOICES);
    const daemon = await house.startDaemon();
    await house.untilDone(1, PATIENCE_MILLISECONDS);
    expect(await daemon.end('SIGTERM')).toBe(0);
    const expected = await endState(undisturbed);
    expect(expected.tables.document).toHaveLength(INVOICES);
    expect(await endState(house)).toEqual(expected);
    expect(await house.kuvert('verify')).toMatchObject({ code: 0, stdout: expect.stringContaining('invariants hold') as string });
  } finally {
    await undisturbed.close();
    await house.close();
  }
});
