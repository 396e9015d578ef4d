import { expect, test } from 'vitest';
import { inOrder, runPhases, type Phase } from '#engine/store/payments/bank-tables.ts';
import type { Tx } from '#engine/store/database.ts';

const phase = (name: string, needs: Phase<never>['needs'], gives: Phase<never>['gives']) => ({
  name,
  needs,
  gives,
  does: async ({ done }: { readonly done: string[] }) => done.push(name),
});

test('phases run in their order, each with what it needs', async () => {
  const phases = inOrder(['item'], [phase('one', ['item'], ['plain']), phase('two', ['plain', 'item'], ['share'])]);
  const done: string[] = [];
  await runPhases(phases, { tx: {} as Tx, done });
  expect(done).toEqual(['one', 'two']);
});

test('a phase before the one that gives what it needs is refused when the table is read', () => {
  expect(() => inOrder(['item'], [phase('two', ['plain', 'item'], []), phase('one', ['item'], ['plain'])])).toThrow(
    'phase "two" needs plain, which nothing before it gives',
  );
});
