import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { waterFile } from '#jobs/demo/files/water-file.ts';
import { endState } from '../house/end-state.ts';
import { describeProgress, loadProgress, stageOf, type Stage } from '../house/progress.ts';
import { openTestHouse, type Daemon, type TestHouse } from '../house/test-house.ts';
import { seededNumbers } from '../house/seeded-numbers.ts';

const NOW = '2026-11-21T09:00:00Z';
const INVOICES = 2_000;
const PATIENCE_MILLISECONDS = 180_000;
const seed = Number(process.env.KUVERT_TEST_SEED ?? 20_261_121);

/**
 * The stage each kill waits for, in the order of the work: within it the moment is random. Drawing from the whole time at once would
 * leave it to chance whether the short stages, where most can go wrong, are hit at all.
 */
const kills: readonly Stage[] = [
  ...Array.from({ length: 3 }, () => 'starting' as const),
  ...Array.from({ length: 5 }, () => 'booking' as const),
  ...Array.from({ length: 3 }, () => 'receipt' as const),
  ...Array.from({ length: 6 }, () => 'building' as const),
  ...Array.from({ length: 3 }, () => 'releasing' as const),
];

const file = waterFile({ consumers: INVOICES, issueDate: '2026-11-20', firstNumber: 700_001 });

type Durations = Readonly<Record<Stage, number>>;

interface Undisturbed {
  readonly state: Awaited<ReturnType<typeof endState>>;
  readonly durations: Durations;
}

async function undisturbed(): Promise<Undisturbed> {
  const house = await openTestHouse({ now: NOW });
  try {
    const daemon = house.spawnDaemon();
    const measuring = measure(house, daemon);
    await daemon.started;
    await house.deliver('vattnet', 'avgifter.csv', file);
    await house.untilDone(1, PATIENCE_MILLISECONDS);
    const durations = await measuring;
    expect(await daemon.end('SIGTERM'), daemon.printed()).toBe(0);
    return { state: await endState(house), durations };
  } finally {
    await house.close();
  }
}

const LOOK_MILLISECONDS = 5;

/** How long each stage lasts, by looking often. */
async function measure(house: TestHouse, daemon: Daemon): Promise<Durations> {
  const durations: Record<Stage, number> = { starting: 0, inbox: 0, booking: 0, receipt: 0, gathering: 0, building: 0, releasing: 0, done: 0 };
  for (let stage: Stage = 'starting'; stage !== 'done';) {
    const began = performance.now();
    await sleep(LOOK_MILLISECONDS);
    const next = stageOf(await loadProgress(house), daemon);
    durations[stage] += performance.now() - began;
    stage = next;
  }
  return durations;
}

async function untilStage(house: TestHouse, daemon: Daemon, wanted: Stage): Promise<void> {
  const began = performance.now();
  const passed = orderOf(wanted);
  while (performance.now() - began < PATIENCE_MILLISECONDS) {
    if (orderOf(stageOf(await loadProgress(house), daemon)) >= passed) return;
    await sleep(LOOK_MILLISECONDS);
  }
  throw new Error(`the daemon never came to ${wanted}: ${daemon.printed()}`);
}

const order: readonly Stage[] = ['starting', 'inbox', 'booking', 'receipt', 'gathering', 'building', 'releasing', 'done'];
const orderOf = (stage: Stage): number => order.indexOf(stage);

test(`kill -9 at ${kills.length} random moments of a ${INVOICES}-invoice file ends as an undisturbed run (seed ${seed})`, async () => {
  const expected = await undisturbed();
  console.log(`undisturbed, ms: ${JSON.stringify(expected.durations)}`);
  expect(expected.state.tables.invoice).toHaveLength(INVOICES);
  const random = seededNumbers(seed);
  const house = await openTestHouse({ now: NOW });
  try {
    await house.deliver('vattnet', 'avgifter.csv', file);
    const hit = new Set<Stage>();
    for (const [index, wanted] of kills.entries()) {
      const daemon = house.spawnDaemon();
      await untilStage(house, daemon, wanted);
      const moment = Math.floor(random() * expected.durations[wanted]);
      await sleep(moment);
      const before = stageOf(await loadProgress(house), daemon);
      await daemon.end('SIGKILL');
      hit.add(before);
      console.log(`kill ${index + 1}: ${wanted} + ${moment} ms, was ${before}; left behind: ${describeProgress(await loadProgress(house))}`);
    }
    expect([...hit].sort()).toEqual(expect.arrayContaining(['booking', 'building', 'receipt', 'releasing', 'starting']));
    const daemon = await house.startDaemon();
    await house.untilDone(1, PATIENCE_MILLISECONDS);
    expect(await daemon.end('SIGTERM'), daemon.printed()).toBe(0);
    expect(await endState(house)).toEqual(expected.state);
    const verified = await house.kuvert('verify');
    expect(verified.stdout + verified.stderr).toContain('invariants hold');
    expect(verified.code).toBe(0);
  } finally {
    await house.close();
  }
});
