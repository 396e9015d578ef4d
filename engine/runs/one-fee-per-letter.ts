import { feesOf } from '../amounts.ts';
import type { PlannedStep } from './plan-demands.ts';
import type { Reason } from './reason.ts';

/**
 * Letters that have their fee, by debtor, agreement and kind; of one debtor in two languages only one has it. Grows while the pages and dates
 * of a run are planned, which end in the same letters.
 */
export type FeeBearingLetters = Set<string>;

/**
 * Leaves the fee with the first claim of each letter: the law grants one for each written reminder or demand, not for each invoice in it
 * (1981:739 4 §; reference/collection-rules.md §2.1, and RH 2022:7 for claims that belong in one letter). What other claims are spared
 * they may bear in a later letter of their own. Compensation stays with each claim (4 a §).
 */
export function oneFeePerLetter(steps: readonly PlannedStep[], charged: FeeBearingLetters): readonly PlannedStep[] {
  return steps.map((planned) => {
    const { amounts, document } = planned.step;
    if (feesOf(amounts) === 0n) return planned;
    const { debtor, agreementVersion } = planned.receivable;
    const letter = `${debtor.id} ${document} ${agreementVersion}`;
    if (!charged.has(letter)) {
      charged.add(letter);
      return planned;
    }
    return {
      ...planned,
      step: { ...planned.step, amounts: { ...amounts, reminderFee: 0n, collectionFee: 0n } },
      because: [...planned.because.filter(({ rule }) => rule !== 'reminder-fee' && rule !== 'collection-fee'), spared],
    };
  });
}

const spared: Reason = { rule: 'fee-in-same-letter', facts: {} };
