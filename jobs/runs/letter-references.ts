import type { LetterPlan } from '#engine/runs/group-letters.ts';
import { loadTakenReferences } from '#engine/store/invoices.ts';
import type { ClaimedInvoice } from '#engine/store/letter-facts.ts';
import { takeReferences } from '../pipeline/take-references.ts';
import { agreementOf } from '../agreement-of.ts';
import type { Applied } from './run-kind.ts';

interface NumberedLetter {
  readonly letter: LetterPlan;
}

/**
 * The payment reference of each letter: that of its invoice, where it is about one; else one of its own from the account's series, so that
 * one payment covers all its claims.
 */
export async function giveReferences(
  applied: Applied,
  letters: readonly NumberedLetter[],
  invoices: ReadonlyMap<bigint, ClaimedInvoice>,
): Promise<readonly string[]> {
  const kept = letters.map(({ letter }) => {
    const [only, ...others] = letter.steps;
    return others.length === 0 && only ? (invoices.get(only.receivable.id)?.reference ?? null) : null;
  });
  const needing = new Map<number, number>();
  for (const [index, { letter }] of letters.entries())
    if (kept[index] === null) needing.set(letter.agreementVersion, (needing.get(letter.agreementVersion) ?? 0) + 1);
  const fresh = new Map<number, Iterator<string>>();
  for (const [version, count] of [...needing].toSorted(([a], [b]) => a - b))
    fresh.set(version, await takeFresh(applied, version, count));
  return letters.map(({ letter }, index) => kept[index] ?? nextOf(fresh.get(letter.agreementVersion)));
}

function nextOf(references: Iterator<string> | undefined): string {
  const next = references?.next();
  if (next === undefined || next.done === true) throw new Error('too few payment references were taken');
  return next.value;
}

/** Free references of the agreement's first account; a sender that makes its own may have given out some of the series. */
async function takeFresh(applied: Applied, version: number, count: number): Promise<Iterator<string>> {
  const { tx } = applied;
  const account = agreementOf(applied.house, applied.client, version).paymentAccounts[0];
  if (account === undefined) throw new Error(`agreement ${version} of ${applied.client} has no payment account`);
  const free: string[] = [];
  while (free.length < count) {
    const missing = count - free.length;
    const made = await takeReferences(tx, applied.house.config.parts, { account, count: missing });
    const taken = await loadTakenReferences(tx, account, made);
    free.push(...made.filter((reference) => !taken.has(reference)));
  }
  return free[Symbol.iterator]();
}
