import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** The largest invoice, with VAT, that may have simplified content. */
export const simplifiedInvoiceMax = datedTable('simplified invoice maximum SE', [
  { from: isoDate('2023-07-01'), value: 400000n, source: 'ML (2023:200) 17:26', confidence: 'V' },
]);
