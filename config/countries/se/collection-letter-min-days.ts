import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** Days from dispatch that a collection demand must give: what inkassolagen (1974:182) 5 § calls reasonable (rule SE-03). */
export const collectionLetterMinDays = datedTable('collection letter days from dispatch SE', [
  {
    from: isoDate('2011-01-01'),
    value: 8,
    source: 'IMY FAQ; Inkassonämnden 273-2021 quoting Datainspektionens allmänna råd',
    confidence: 'V',
  },
]);
