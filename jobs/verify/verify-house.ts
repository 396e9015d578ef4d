import { inTransaction } from '#engine/store/database.ts';
import { storeInvariants } from '#engine/store/invariants.ts';
import type { OpenHome } from '../house.ts';
import { fileInvariants } from './file-invariants.ts';

/** One invariant and where it does not hold; an empty list means that it does. */
export interface Verdict {
  readonly id: string;
  readonly title: string;
  readonly violations: readonly string[];
}

/** Asks every invariant, one after another; `onVerdict` hears of each as it is known. */
export async function verifyHouse(house: OpenHome, onVerdict: (verdict: Verdict) => void): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  const add = (verdict: Verdict): void => {
    verdicts.push(verdict);
    onVerdict(verdict);
  };
  for (const { id, title, find } of storeInvariants) {
    add({ id, title, violations: await inTransaction(house.database, find) });
  }
  for (const { id, title, find } of fileInvariants) add({ id, title, violations: await find(house) });
  return verdicts;
}
