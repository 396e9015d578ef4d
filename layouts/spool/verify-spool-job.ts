import type { Discrepancy, ExpectedLetter } from './spool-job.ts';

export async function verifySpoolJob(zipPath: string, expected: AsyncIterable<ExpectedLetter>): Promise<readonly Discrepancy[]> {
  throw new Error(`not built yet ${zipPath} ${String(expected)}`);
}
