import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** What agencies take for a notice of a plan that is not complete: practice, not in the statute (reference/collection-rules.md §2.3). */
export const instalmentPlanNoticeFeeMax = datedTable('instalment plan notice fee SE', [
  {
    from: isoDate('2013-03-16'),
    value: 6000n,
    source: 'Intrum Sverige price page; Aros Kapital 2013 (practice, not in the statute)',
    confidence: 'S',
  },
]);
