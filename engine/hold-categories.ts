/** What a debtor objects to (reference/collection-rules.md §11). `FEE` disputes only the fee: the principal goes on. */
export const disputeCategories = [
  'NOT_ORDERED',
  'NOT_RECEIVED',
  'DEFECT',
  'PRICE',
  'PAID',
  'WRONG_PERSON',
  'LIMITATION',
  'FEE',
  'OTHER',
] as const;
export type DisputeCategory = (typeof disputeCategories)[number];

/** Why a person is left alone whatever they owe (service block, §11), until a person lifts it. */
export const blockCauses = [
  'deceased',
  'bankrupt',
  'debt-restructuring',
  'minor',
  'protected-identity',
  'wrong-person',
  'other',
] as const;
export type BlockCause = (typeof blockCauses)[number];

/** A block of the house's own: the client has accepted an objection, and the credit note is still to come. */
export const CREDIT_EXPECTED = 'credit-expected';

/** A block of the house's own: the collection agency gave the claim back, and its reason has to be mended before it is handed over again. */
export const AGENCY_REJECTED = 'agency-rejected';

/** Causes from which on no interest runs: the estate's debts are settled as of that day (§11, "stop at bankruptcy per law"). */
export const causesWithoutInterest: ReadonlySet<BlockCause> = new Set<BlockCause>(['bankrupt', 'debt-restructuring']);
