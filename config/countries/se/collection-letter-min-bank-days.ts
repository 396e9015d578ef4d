import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** Bank days from assumed receipt that a collection demand must give as well (rule SE-03). */
export const collectionLetterMinBankDays = datedTable('collection letter bank days from receipt SE', [
  {
    from: isoDate('2011-01-01'),
    value: 4,
    source: 'Inkassonämnden 273-2021 quoting Datainspektionens allmänna råd',
    confidence: 'S',
  },
]);
