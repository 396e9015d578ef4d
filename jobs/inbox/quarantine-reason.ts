import { nameProblems } from './file-name.ts';

/** Why a file is put aside instead of being read. */
export const quarantineReasons = [
  ...nameProblems,
  'hard-link',
  'unreadable',
  'swapped',
  'changed-after-claim',
  'empty',
  'too-large',
  'alien',
] as const;
export type QuarantineReason = (typeof quarantineReasons)[number];
