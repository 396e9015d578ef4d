import { z } from 'zod';
import type { Limits } from '../house-config.ts';
import { wholeNumber } from './fields.ts';

/** Ten gigabytes; a larger file is divided by its sender (fault XU9). */
const MAX_FILE_BYTES = 10 * 1024 ** 3;

const minutes = wholeNumber({ from: 1, to: 1440, unit: 'minutes' });

/** `limits.yaml` */
export const limitsSchema: z.ZodType<Limits> = z.strictObject({
  maxFileBytes: wholeNumber({ from: 1024, to: MAX_FILE_BYTES, unit: 'bytes' }),
  maxDocumentsPerFile: wholeNumber({ from: 1, to: 1_000_000, unit: 'documents' }),
  stabilitySeconds: wholeNumber({ from: 1, to: 600, unit: 'seconds' }),
  unstableAlarmMinutes: minutes,
  receiptAlarmMinutes: minutes,
  dispatchAlarmDays: wholeNumber({ from: 1, to: 60, unit: 'days' }),
  maxFindingsPerReceipt: wholeNumber({ from: 10, to: 100_000, unit: 'findings' }),
});
