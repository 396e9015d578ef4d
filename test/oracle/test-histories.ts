import { describe, expect, test } from 'vitest';
import { compareHistories, describeDisagreement, shrink, type Comparison } from './compare.ts';
import { calendarOf, historyOf } from './history.ts';

const HISTORIES_OF_A_HOUSE = 50;
const SHRINK_ROUNDS = 3;
/** A house of histories takes half a minute where nothing else runs. */
const HOUSE_MILLISECONDS = 900_000;

/**
 * Tests that the engine and the oracle agree after each step of so many random histories, fifty clients to a house. Gives what happened in
 * them, complete when they are played.
 */
export function testHistories({ count, seed }: { readonly count: number; readonly seed: number }): ReadonlySet<string> {
  const houses = Array.from({ length: Math.ceil(count / HISTORIES_OF_A_HOUSE) }, (_, house) => house);
  const happened = new Set<string>();
  describe(`${count} random histories from seed ${seed}`, () => {
    test.each(houses)(
      'house %i: the engine and the oracle agree after each step',
      async (house) => {
        const calendar = calendarOf(seed + house);
        const size = Math.min(HISTORIES_OF_A_HOUSE, count - house * HISTORIES_OF_A_HOUSE);
        const histories = Array.from({ length: size }, (_, place) =>
          historyOf(seed * 1_000 + house * HISTORIES_OF_A_HOUSE + place, calendar),
        );
        const began = performance.now();
        const comparison = await compareHistories(histories);
        console.log(describeComparison(comparison, performance.now() - began));
        for (const what of comparison.acts.keys()) happened.add(what);
        const disagreement = await describeFirst(comparison);
        expect(disagreement, disagreement).toBeUndefined();
        expect(comparison.comparisons).toBeGreaterThan(0);
      },
      HOUSE_MILLISECONDS,
    );
  });
  return happened;
}

/** The first disagreement, as short as it can be made, and the seeds of all of them. */
async function describeFirst({ disagreements }: Comparison): Promise<string | undefined> {
  const [first] = disagreements;
  if (!first) return undefined;
  const shrunk = await shrink(first, SHRINK_ROUNDS);
  const seeds = disagreements.map(({ history }) => history.seed).join(' ');
  return `${disagreements.length} histories disagree, seeds ${seeds}\n${describeDisagreement(shrunk)}`;
}

function describeComparison({ acts, comparisons, milliseconds }: Comparison, total: number): string {
  const counts = [...acts].map(([act, count]) => `${count} ${act}`).join(', ');
  const spent = [...milliseconds].map(([does, time]) => `${does} ${Math.round(time)}`).join(', ');
  return `${comparisons} comparisons in ${Math.round(total)} ms: ${counts}; ms by phase: ${spent}`;
}
