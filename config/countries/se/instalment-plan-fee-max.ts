import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** The highest fee for a complete written instalment plan made with the debtor (rule SE-07). */
export const instalmentPlanFeeMax = datedTable('instalment plan fee maximum SE', [
  {
    from: isoDate('2003-07-01'),
    to: isoDate('2013-03-15'),
    value: 15000n,
    source: 'förordning (1981:1057) om ersättning för inkassokostnader (2003:294)',
    confidence: 'V',
  },
  {
    from: isoDate('2013-03-16'),
    value: 17000n,
    source: 'lag (1981:739) om ersättning för inkassokostnader m.m. 4 § (2013:56)',
    confidence: 'V',
  },
]);
