import { expect, test } from 'vitest';
import { testHistories } from '../oracle/test-histories.ts';

/** Acceptance 4 of the issue. `KUVERT_ORACLE_SEED` plays others. */
const HISTORIES = 500;
const happened = testHistories({ count: HISTORIES, seed: Number.parseInt(process.env['KUVERT_ORACLE_SEED'] ?? '1', 10) });

test('they get far enough to prove anything', () => {
  const steps = ['reminder', 'demand', 'handover', 'assessment', 'withdrawn'].map((kind) => `step ${kind}`);
  expect([...happened]).toEqual(expect.arrayContaining(['credit', 'hold', 'release', 'reverse', 'answer', ...steps]));
});
