import { watch } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
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
 * How many kills fall into each stage, in the order of the work. Within it the moment is random. Drawing from the whole time at once
 * would leave it to chance whether the short stages, where most can go wrong, are hit at all.
 */
const kills: readonly (readonly [Stage, number])[] = [
  ['starting', 3],
  ['booking', 5],
  ['receipt', 4],
  ['building', 4],
  ['releasing', 4],
];
const KILLS = kills.reduce((sum, [, count]) => sum + count, 0);

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
    expect(await daemon.end('SIGTERM')).toBe(0);
    return { state: await endState(house), durations };
  } finally {
    await house.close();
  }
}

const LOOK_MILLISECONDS = 5;

/** How long each stage lasts, by looking often. */
async function measure(house: TestHouse, daemon: Daemon): Promise<Durations> {
  const durations: Record<Stage, number> = {
    starting: 0,
    inbox: 0,
    booking: 0,
    receipt: 0,
    gathering: 0,
    building: 0,
    releasing: 0,
    done: 0,
  };
  for (let stage: Stage = 'starting'; stage !== 'done';) {
    const began = performance.now();
    await sleep(LOOK_MILLISECONDS);
    const next = stageOf(await loadProgress(house), daemon);
    durations[stage] += performance.now() - began;
    stage = next;
  }
  return durations;
}

interface Kill {
  readonly wanted: Stage;
  /** Milliseconds into the stage. */
  readonly moment: number;
}

/**
 * Kills a daemon some time into a stage, or at the stage's end if that comes first, since a restart has less to do than the undisturbed
 * run had. The short stages are seen by the file they put into the work folder, as it appears.
 */
async function killIn(house: TestHouse, { wanted, moment }: Kill): Promise<Stage> {
  const folder = join(house.home, 'work', 'outgoing');
  await mkdir(folder, { recursive: true });
  const staged = Promise.withResolvers<void>();
  const watcher = watch(folder, () => staged.resolve());
  const killed = new AbortController();
  const daemon = house.spawnDaemon();
  const until = (stage: Stage): Promise<void> => untilAtLeast(house, daemon, stage, killed.signal);
  const short = wanted === 'receipt' || wanted === 'releasing';
  try {
    await (short ? Promise.race([staged.promise, until(after(wanted))]) : until(wanted));
    await Promise.race([sleep(moment), until(after(wanted)), ...(short ? [] : [staged.promise])]);
    await daemon.end('SIGKILL');
  } finally {
    killed.abort();
    watcher.close();
  }
  const progress = await loadProgress(house);
  const stage = stageOf(progress, daemon);
  console.log(`killed ${Math.round(moment)} ms into ${wanted}, found in ${stage}: ${describeProgress(progress)}`);
  return stage;
}

async function untilAtLeast(house: TestHouse, daemon: Daemon, wanted: Stage, signal: AbortSignal): Promise<void> {
  const began = performance.now();
  while (!signal.aborted) {
    if (order.indexOf(stageOf(await loadProgress(house), daemon)) >= order.indexOf(wanted)) return;
    if (performance.now() - began > PATIENCE_MILLISECONDS)
      throw new Error(`the daemon never came to ${wanted}: ${daemon.printed()}`);
    await sleep(LOOK_MILLISECONDS);
  }
}

const after = (stage: Stage): Stage => order[order.indexOf(stage) + 1] ?? 'done';

const order: readonly Stage[] = ['starting', 'inbox', 'booking', 'receipt', 'gathering', 'building', 'releasing', 'done'];

/** One moment at random in each of as many equal parts of a stage as it is to be killed in. */
function* moments(durations: Durations): Generator<Kill> {
  const random = seededNumbers(seed);
  for (const [wanted, count] of kills) {
    for (let part = 0; part < count; part += 1) yield { wanted, moment: ((part + random()) / count) * durations[wanted] };
  }
}

test(`kill -9 at ${KILLS} random moments of a ${INVOICES}-invoice file ends as an undisturbed run (seed ${seed})`, async () => {
  const expected = await undisturbed();
  console.log(`undisturbed, ms: ${JSON.stringify(expected.durations)}`);
  expect(expected.state.tables.invoice).toHaveLength(INVOICES);
  const house = await openTestHouse({ now: NOW });
  try {
    await house.deliver('vattnet', 'avgifter.csv', file);
    const hit = new Set<Stage>();
    for (const kill of moments(expected.durations)) hit.add(await killIn(house, kill));
    expect([...hit]).toEqual(expect.arrayContaining(kills.map(([stage]) => stage)));
    const daemon = await house.startDaemon();
    await house.untilDone(1, PATIENCE_MILLISECONDS);
    expect(await daemon.end('SIGTERM')).toBe(0);
    expect(await endState(house)).toEqual(expected.state);
    const verified = await house.kuvert('verify');
    expect(verified.stdout + verified.stderr).toContain('invariants hold');
    expect(verified.code).toBe(0);
  } finally {
    await house.close();
  }
});
