import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';
import type { LegalRules } from '#engine/law/legal-rules.ts';

/** What only a bureau with Finansinspektionen's permit may do for others (rule X-06). */
export const licensedActs: LegalRules['licensedActs'] = datedTable('acts that need a licence SE', [
  {
    from: isoDate('1990-01-01'),
    value: ['demand', 'plan', 'application'],
    source: 'inkassolag (1974:182) 1 and 2 §§; permits by Finansinspektionen since 2024-01-01',
    confidence: 'V',
  },
]);

/**
 * Stems of words that press a debtor for more than a time of payment or a hand-over, in a letter without licence (rule SE-10). To be
 * widened when a letter shows that one is missing.
 */
export const pressingWords: LegalRules['pressingWords'] = datedTable('words of collection measures SE', [
  {
    from: isoDate('1990-01-01'),
    value: [
      'kronofog',
      'betalningsförel',
      'betalningsanmärk',
      'rättslig åtgärd',
      'rättsliga åtgärd',
      'rättslig prövning',
      'rättslig väg',
      'rättsliga följd',
      'rättsliga konsekvens',
      'tingsrätt',
      'domstol',
      'stämningsansök',
      'väcka talan',
      'utmät',
      'inkassokrav',
      'enforcement authority',
      'legal action',
      'order to pay',
      'legal proceeding',
      'court order',
      'court proceeding',
      'to court',
      'in court',
      'payment default',
    ],
    source: 'inkassolag (1974:182) 1 §: inkassoåtgärd; the choice of words is ours',
    confidence: 'M',
  },
]);
