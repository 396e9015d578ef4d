import { datedTable } from '#engine/dated-table.ts';
import { isoDate } from '#engine/iso-date.ts';

/** Years from a claim's origin, or from the last interruption, to its limitation (preskription). */
export const limitationYears = {
  general: datedTable('limitation SE', [
    { from: isoDate('1990-01-01'), value: 10, source: 'preskriptionslag (1981:130) 2 §, in force since 1982', confidence: 'V' },
  ]),
  consumer: datedTable('limitation SE, consumer debts for goods and services', [
    { from: isoDate('1990-01-01'), value: 3, source: 'preskriptionslag (1981:130) 2 §, in force since 1982', confidence: 'V' },
  ]),
};
