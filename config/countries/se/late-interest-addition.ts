import { datedTable } from '#engine/dated-table.ts';
import { decimal } from '#engine/decimal.ts';
import { isoDate } from '#engine/iso-date.ts';

/** Late interest is the reference rate of the half-year plus this many percentage points (räntelagen 6 §). */
export const lateInterestAddition = datedTable('late interest addition SE', [
  { from: isoDate('2002-07-01'), value: decimal('8'), source: 'räntelag (1975:635) 6 § (2002:352, 2013:55)', confidence: 'V' },
]);
