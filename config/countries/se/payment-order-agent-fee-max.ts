import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** The highest recoverable cost of the applicant’s or agent’s work on an application (rule SE-09). */
export const paymentOrderAgentFeeMax = datedTable('order to pay, agent fee maximum SE', [
  {
    from: isoDate('2014-01-01'),
    value: 38000n,
    source: 'lag (1990:746) om betalningsföreläggande och handräckning 48 § (2013:1062)',
    confidence: 'V',
  },
]);
