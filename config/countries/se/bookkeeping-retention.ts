import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** Years that bookkeeping is kept, after the end of the calendar year in which the financial year ended. */
export const bookkeepingRetentionYears = datedTable('bookkeeping retention SE', [
  {
    from: isoDate('2011-01-01'),
    value: 7,
    source: 'bokföringslag (1999:1078) 7 kap. 2 § (seven years instead of ten since 2010:1514); Skatteverket; FAR',
    confidence: 'V',
  },
]);
