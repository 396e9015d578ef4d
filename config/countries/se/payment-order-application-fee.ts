import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** What the enforcement authority takes for an application for an order to pay (rule SE-09). */
export const paymentOrderApplicationFee = datedTable('order to pay, application fee SE', [
  {
    from: isoDate('2008-11-01'),
    value: 30000n,
    source: 'förordning (1992:1094) om avgifter vid Kronofogdemyndigheten 1 §',
    confidence: 'V',
  },
]);
