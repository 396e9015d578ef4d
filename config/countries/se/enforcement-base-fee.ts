import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** Grundavgift of an enforcement case, per title and year. */
export const enforcementBaseFee = datedTable('enforcement base fee SE', [
  {
    from: isoDate('2008-01-01'),
    value: 60000n,
    source: 'förordning (1992:1094) om avgifter vid Kronofogdemyndigheten 6 §; Intrum Sverige',
    confidence: 'V',
  },
]);
