import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** Förseningsersättning: owed by traders and public bodies when the right to late interest arises, instead of the fees (rules SE-04, SE-05). */
export const lateCompensation = datedTable('late payment compensation SE', [
  {
    from: isoDate('2013-03-16'),
    value: 45000n,
    source: 'lag (1981:739) om ersättning för inkassokostnader m.m. 4 a § (2013:56)',
    confidence: 'V',
  },
]);
