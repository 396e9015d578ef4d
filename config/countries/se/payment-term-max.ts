import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** The longest payment term between traders unless the creditor expressly agreed to more, in days. */
export const paymentTermMaxDays = datedTable('payment term between traders SE', [
  { from: isoDate('2013-03-16'), value: 30, source: 'räntelag (1975:635) 2 a §', confidence: 'V' },
]);
