import { testHistories } from '../oracle/test-histories.ts';

/** Acceptance 4 of the issue: so many that every pair of steps meets. `KUVERT_ORACLE_SEED` plays others. */
const HISTORIES = 500;

testHistories({ count: HISTORIES, seed: Number.parseInt(process.env['KUVERT_ORACLE_SEED'] ?? '1', 10) });
