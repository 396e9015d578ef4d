import { z } from 'zod';
import type { Schedules } from '../house-config.ts';
import { pattern, wholeNumber } from './fields.ts';

const seconds = wholeNumber({ from: 1, to: 3600, unit: 'seconds' });
const timeOfDay = pattern(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'time of day', '"14:30"');

/** `schedules.yaml` */
export const schedulesSchema: z.ZodType<Schedules> = z.strictObject({
  inboxScanSeconds: seconds,
  sweepSeconds: seconds,
  runs: z.strictObject({
    reminder: z.exactOptional(timeOfDay),
    collection: z.exactOptional(timeOfDay),
    payout: z.exactOptional(timeOfDay),
  }),
  spools: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('immediate') }),
    z.strictObject({ kind: z.literal('cut-off'), times: z.array(timeOfDay).min(1) }),
  ]),
});
