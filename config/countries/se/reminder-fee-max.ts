import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** The highest fee for one written reminder, and only if it was agreed no later than when the debt arose (rule SE-01). */
export const reminderFeeMax = datedTable('reminder fee maximum SE', [
  {
    from: isoDate('2003-07-01'),
    to: isoDate('2013-03-15'),
    value: 5000n,
    source: 'förordning (1981:1057) om ersättning för inkassokostnader (2003:294)',
    confidence: 'V',
  },
  {
    from: isoDate('2013-03-16'),
    value: 6000n,
    source: 'lag (1981:739) om ersättning för inkassokostnader m.m. 2 och 4 §§ (2013:56)',
    confidence: 'V',
  },
]);
