import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** Sums to be paid are rounded to whole kronor, 50 öre upwards, unless something else is agreed (reference/collection-rules.md §9.3). */
export const payableUnit = datedTable('payable unit SE', [
  { from: isoDate('2010-10-01'), value: 100n, source: 'lag (1970:1029) 2 § (2009:283)', confidence: 'V' },
]);
