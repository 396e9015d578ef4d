import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';
import type { LegalRules } from '#engine/law/legal-rules.ts';

/** What every collection demand (inkassokrav) must state (rule X-05; reference/collection-rules.md §2.3). */
export const demandContents: LegalRules['demandContents'] = datedTable('contents of a collection demand SE', [
  {
    from: isoDate('1990-01-01'),
    value: [
      'creditor',
      'ground',
      'how-to-pay',
      'principal',
      'interest',
      'interest-calculation',
      'costs',
      'cost-types',
      'assignment',
      'deadline',
    ],
    source: 'inkassolag (1974:182) 5 §',
    confidence: 'V',
  },
]);
