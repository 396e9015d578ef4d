import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';
import type { LegalRules } from '#engine/law/legal-rules.ts';

/** Rent, electricity, parking and others have rules of their own that are not recorded yet (reference/collection-rules.md §1.1, §17). */
export const claimKinds: LegalRules['claimKinds'] = datedTable('claim kinds with recorded rules SE', [
  { from: isoDate('1990-01-01'), value: ['contract'], source: 'reference/collection-rules.md §17', confidence: 'V' },
]);
