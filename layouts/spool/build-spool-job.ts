import type { Letter } from '#engine/letter.ts';
import type { SpoolJob, SpoolOrder } from './spool-job.ts';

export async function buildSpoolJob(order: SpoolOrder, letters: AsyncIterable<Letter>): Promise<SpoolJob> {
  throw new Error(`not built yet ${order.jobNumber} ${String(letters)}`);
}
