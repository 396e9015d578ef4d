import { testHistories } from '../oracle/test-histories.ts';

/** As many as a few minutes allow; `KUVERT_ORACLE_HISTORIES=500` plays as many as acceptance asks for, `KUVERT_ORACLE_SEED` others. */
const HISTORIES = 100;

const numberFrom = (variable: string, usual: number): number => Number.parseInt(process.env[variable] ?? String(usual), 10);

testHistories({ count: numberFrom('KUVERT_ORACLE_HISTORIES', HISTORIES), seed: numberFrom('KUVERT_ORACLE_SEED', 1) });
