import { randomBytes } from 'node:crypto';

const RANDOM_BYTES = 6;

/** Sortable by time, unique by chance: `20261121T093000123Z-1f2e3d4c5b6a`. Names a claim's folder. */
export const newClaimId = (now: Date): string =>
  `${now.toISOString().replaceAll(/[-:.]/g, '')}-${randomBytes(RANDOM_BYTES).toString('hex')}`;
