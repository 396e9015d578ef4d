import type { StepQuestion } from './legal-rules.ts';
import type { RuleFinding } from './rule-finding.ts';
import { checkStepInGeneral } from './rules/step-general.ts';

/**
 * Compares a step with the law on its own day, with the claim's real dates: the dynamic part of reference/collection-rules.md §14.3. A
 * step with an error is not taken; a warning needs a person's acknowledgement.
 */
export const checkStep = (question: StepQuestion): readonly RuleFinding[] => [
  ...checkStepInGeneral(question),
  ...question.rules.checkStep(question),
];
