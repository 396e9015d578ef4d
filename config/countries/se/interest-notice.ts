import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** Where no due date was agreed, late interest runs from thirty days after the demand; a consumer must have been told so (rule SE-08). */
export const interestNotice = datedTable('interest notice SE', [
  {
    from: isoDate('2002-07-01'),
    value: { days: 30, consumersMustBeTold: true },
    source: 'räntelag (1975:635) 4 §',
    confidence: 'V',
  },
]);
