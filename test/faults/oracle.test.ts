import { expect, test } from 'vitest';
import { testHistories } from '../oracle/test-histories.ts';

/** As many as a few minutes allow; `KUVERT_ORACLE_HISTORIES=500` plays as many as were asked for, `KUVERT_ORACLE_SEED` others. */
const HISTORIES = 100;

const numberFrom = (variable: string, usual: number): number => Number.parseInt(process.env[variable] ?? String(usual), 10);

const happened = testHistories({
  count: numberFrom('KUVERT_ORACLE_HISTORIES', HISTORIES),
  seed: numberFrom('KUVERT_ORACLE_SEED', 1),
});

test('they get far enough to prove anything', () => {
  const steps = ['reminder', 'demand', 'handover', 'assessment', 'withdrawn'].map((kind) => `step ${kind}`);
  expect([...happened]).toEqual(expect.arrayContaining(['credit', 'hold', 'release', 'reverse', 'answer', ...steps]));
});
