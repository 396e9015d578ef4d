import { actOf, apply } from './acts.ts';
import { bankgiroOf } from './client-yaml.ts';
import type { Day } from './days.ts';
import { describeStep, type History, type Step } from './history.ts';
import { openOracleHouse, type OracleHouse } from './oracle-house.ts';
import { engineStates, oracleState, type State } from './state.ts';
import { phases, type ClientAct } from './engine-side.ts';
import { termsOf } from './terms.ts';
import { emptyWorld, type World } from './world.ts';

export interface Disagreement {
  readonly history: History;
  /** After which of its steps. */
  readonly after: Step;
  readonly engine: State | string;
  readonly oracle: State | string;
}

export interface Comparison {
  readonly disagreements: readonly Disagreement[];
  /** How often what was done on both sides: acts, and the steps and withdrawals that came of them. */
  readonly acts: ReadonlyMap<string, number>;
  /** States that were compared. */
  readonly comparisons: number;
  /** Milliseconds that the engine took, by kind of act. */
  readonly milliseconds: ReadonlyMap<string, number>;
}

interface Player {
  readonly id: string;
  readonly history: History;
  readonly world: World;
}

/** Plays histories of one calendar side by side, each as a client of one house, and compares after every phase of every day. */
export async function compareHistories(histories: readonly History[]): Promise<Comparison> {
  const players = histories.map((history, place): Player => ({
    id: `h${place}`,
    history,
    world: emptyWorld(termsOf(history.terms)),
  }));
  const house = await openOracleHouse(
    players.map(({ id, history }, place) => ({ id, terms: history.terms, bankgiro: bankgiroOf(place) })),
  );
  const found = new Map<Player, Disagreement>();
  const acts = new Map<string, number>();
  const milliseconds = new Map<string, number>();
  let comparisons = 0;
  try {
    const days = [...new Set(histories.flatMap((history) => history.steps.map((step) => step.day)))].toSorted((a, b) => a - b);
    for (const day of days) {
      for (const phase of phases) {
        const playing = players.filter((player) => !found.has(player));
        const began = performance.now();
        const done = await playPhase(house, { day, phase, players: playing });
        const [does = ''] = phase.of;
        milliseconds.set(does, (milliseconds.get(does) ?? 0) + performance.now() - began);
        for (const { act } of done) count(acts, act.does);
        const states = done.length === 0 ? new Map<string, State>() : await engineStates(house.inner);
        for (const { player, step } of done) {
          comparisons += 1;
          const [engine, oracle] = [states.get(player.id) ?? [], oracleState(player.world)];
          if (engine.join('\n') !== oracle.join('\n') && !found.has(player))
            found.set(player, { history: player.history, after: step, engine, oracle });
        }
      }
    }
    for (const step of players.flatMap(({ world }) => world.claims.flatMap(({ steps }) => steps)))
      count(acts, step.withdrawn === undefined ? `step ${step.kind}` : 'step withdrawn');
    return { disagreements: [...found.values()], acts, comparisons, milliseconds };
  } finally {
    await house.inner.close();
  }
}

const count = (counts: Map<string, number>, what: string): unknown => counts.set(what, (counts.get(what) ?? 0) + 1);

type Played = ClientAct & { readonly player: Player; readonly step: Step };

async function playPhase(
  house: OracleHouse,
  { day, phase, players }: { readonly day: Day; readonly phase: (typeof phases)[number]; readonly players: readonly Player[] },
): Promise<readonly Played[]> {
  const played = players.flatMap((player) =>
    player.history.steps
      .filter((step) => step.day === day && phase.of.includes(step.does))
      .flatMap((step): Played[] => {
        const act = actOf(player.world, step);
        if (act === undefined) return [];
        apply(player.world, act);
        return [{ client: player.id, act, player, step }];
      }),
  );
  if (played.length > 0) await phase.play(house, day, played);
  return played;
}

/** All that one needs to see why: the seed, the steps, and both states with what only one side has marked. */
export function describeDisagreement({ history, after, engine, oracle }: Disagreement): string {
  const marked = (state: State | string, other: State | string): string =>
    typeof state === 'string' ? state : state.map((line) => `${other.includes(line) ? '   ' : '>> '}${line}`).join('\n');
  return [
    `seed ${history.seed}, ${history.terms}; after ${describeStep(after)}`,
    ...history.steps.filter((step) => step.day <= after.day).map((step) => `  ${describeStep(step)}`),
    'engine:',
    marked(engine, oracle),
    'oracle:',
    marked(oracle, engine),
  ].join('\n');
}

/** The same disagreement in a shorter history: steps are dropped while both sides still disagree, all droppings of a round in one house. */
export async function shrink(disagreement: Disagreement, rounds: number): Promise<Disagreement> {
  let smallest = disagreement;
  for (let round = 0; round < rounds; round += 1) {
    const { history, after } = smallest;
    const steps = history.steps.filter((step) => step.day <= after.day);
    const sizes = [Math.ceil(steps.length / 2), Math.ceil(steps.length / 4), 1];
    const shorter = sizes.flatMap((size) =>
      steps.flatMap((_step, at) => (at % size === 0 ? [{ ...history, steps: steps.toSpliced(at, size) }] : [])),
    );
    const { disagreements } = await compareHistories(shorter.filter((one) => one.steps.length > 0));
    const best = disagreements.toSorted((a, b) => a.history.steps.length - b.history.steps.length)[0];
    if (!best) return smallest;
    smallest = best;
  }
  return smallest;
}
