import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { parts } from '#jobs/house/parts.ts';
import type { Demand } from '#engine/claims/demand.ts';
import { isDemandLetter, type Letter, type LetterOf } from '#engine/letter.ts';
import type { PrintProfile } from '#engine/print-profile.ts';
import { buildSpoolJob } from '#layouts/spool/build-spool.ts';
import { verifySpoolJob } from '#layouts/spool/verify-spool-job.ts';
import { colourProfile, type InvoiceLetter, manyLetters } from './sample-letters.ts';
import type { Discrepancy, ExpectedLetter, SpoolJob } from '#layouts/spool/spool.ts';

export const createdAt = new Date('2025-04-01T04:00:00Z');

const root = mkdtempSync(join(tmpdir(), 'kuvert-spool-'));
afterAll(() => rmSync(root, { recursive: true }));

/** An empty folder that goes when the test file ends. */
export const newFolder = (): string => mkdtempSync(join(root, 'job-'));

async function* feed<T>(items: readonly T[]): AsyncGenerator<T> {
  for (const item of items) yield await Promise.resolve(item);
}

export interface BuildChanges {
  readonly profile?: PrintProfile;
  readonly workers?: number;
  readonly jobNumber?: number;
  readonly workDir?: string;
}

/** Job 42 of some letters. */
export const build = (letters: readonly Letter[], changes: BuildChanges = {}): Promise<SpoolJob> =>
  buildSpoolJob(
    { jobNumber: 42, createdAt, profile: colourProfile, parts, postedIn: 'SE', workDir: newFolder(), workers: 0, ...changes },
    feed(letters),
  );

/** What the ledger knows, straight from the letters. */
const expectedOf = (letter: Letter): ExpectedLetter =>
  isDemandLetter(letter) ? demandExpected(letter) : invoiceExpected(letter as InvoiceLetter);

const demandExpected = ({ documentId, content: booked }: LetterOf<Demand>): ExpectedLetter => ({
  documentId,
  number: booked.number,
  payableAmount: booked.payableAmount,
  currency: booked.currency,
  paymentReference: booked.paymentReference,
});

const invoiceExpected = ({ documentId, content: booked }: InvoiceLetter): ExpectedLetter => ({
  documentId,
  number: booked.number,
  payableAmount: booked.totals.payableAmount,
  currency: booked.currency,
  ...(booked.kind === 'creditNote' || booked.totals.payableAmount <= 0n
    ? {}
    : { paymentReference: booked.paymentMeans[0]!.reference! }),
});

export const verify = (job: { readonly path: string }, letters: readonly Letter[]): Promise<readonly Discrepancy[]> =>
  verifySpoolJob(job.path, feed(letters.map(expectedOf)));

/** Two letters of two pages, one of three, a credit note and a plain one; different postcodes and a foreign address. */
export function mixedLetters(): InvoiceLetter[] {
  const [a, b, c, d, e] = manyLetters(5, (at) => [40, 3, 70, 2, 1][at] ?? 1);
  return [
    { ...a!, country: 'NO', postcode: '0150' },
    b!,
    { ...c!, language: 'en' },
    { ...d!, content: { ...d!.content, kind: 'creditNote', typeCode: '381' } },
    { ...e!, style: { ...e!.style, paymentSlip: false } },
  ];
}
