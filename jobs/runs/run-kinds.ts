import type { RunKindName } from '#engine/store/runs.ts';
import { payoutRun } from '../payout/payout-run.ts';
import { demandRun } from './demand-run.ts';
import type { RunKind } from './run-kind.ts';

/** Every kind of run, by name. */
export const runKindsByName: Readonly<Record<RunKindName, RunKind>> = {
  reminder: demandRun('reminder', 'Reminds of what is overdue'),
  collection: demandRun('collection', 'Demands, hands over, assesses and writes off what reminders did not bring in'),
  payout: payoutRun,
};

export const runKind = (name: RunKindName): RunKind => runKindsByName[name];
