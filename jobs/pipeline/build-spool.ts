import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addressLines } from '#engine/address-lines.ts';
import { letterStyle } from '#config/letter-style.ts';
import type { Letter } from '#engine/letter.ts';
import { inTransaction, type Transaction } from '#engine/store/database.ts';
import { loadLetters, type WaitingDocument } from '#engine/store/documents.ts';
import { lockSpool, planSpool, releaseSpool, type SpoolRow } from '#engine/store/spools.ts';
import { buildSpoolJob } from '#layouts/spool/build-spool-job.ts';
import type { SpoolJob } from '#layouts/spool/spool-job.ts';
import { verifySpoolJob } from '#layouts/spool/verify-spool-job.ts';
import type { House } from '../house.ts';
import { factsOf } from './ledger-facts.ts';
import { releaseOutgoing, stageMade } from './outgoing.ts';
import { remoteFor } from './remotes.ts';

/** Letters fetched at once. */
const CHUNK_LETTERS = 500;
/** A print job holds at most so many letters; more make another job. */
export const MAX_LETTERS_PER_JOB = 50_000;
const WORKERS = 2;

/** Gathers a client's waiting letters into print jobs, one per printer. */
export async function planSpools(house: House, client: string): Promise<readonly number[]> {
  const planned: number[] = [];
  for (;;) {
    const spool = await inTransaction(house.database, async (transaction) => {
      const row = await planSpool(transaction, { client, at: house.clock(), limit: MAX_LETTERS_PER_JOB });
      if (row) await house.queues.send(transaction, 'build', { jobNumber: row.jobNumber });
      return row;
    });
    if (!spool) return planned;
    planned.push(spool.jobNumber);
  }
}

/**
 * Builds a planned print job, opens it again and compares every letter with the manifest and the ledger, and only then releases it.
 * Null if it is released or in other hands. A difference stops the job: nothing leaves, and the letters stay planned.
 */
export async function buildSpool(house: House, jobNumber: number): Promise<SpoolJob | null> {
  const workDir = join(spoolWorkFolder(house.home), spoolWorkName(jobNumber));
  const job = await inTransaction(house.database, async (transaction) => {
    const spool = await lockSpool(transaction, jobNumber);
    if (!spool) return null;
    await rm(workDir, { recursive: true, force: true });
    await mkdir(workDir, { recursive: true });
    return buildAndRelease(house, transaction, spool, workDir);
  });
  if (job) {
    await releaseOutgoing(house);
    await rm(workDir, { recursive: true, force: true });
    house.log.info('spool.released', { job: job.job, letters: job.pieces.length, sheets: job.totals.sheets, sha256: job.sha256 });
  }
  return job;
}

/** Where print jobs are made, each in a folder of its own. */
export const spoolWorkFolder = (home: string): string => join(home, 'work', 'spool');
export const spoolWorkName = (jobNumber: number): string => `J${jobNumber}`;

async function buildAndRelease(house: House, transaction: Transaction, spool: SpoolRow, workDir: string): Promise<SpoolJob> {
  const profile = house.config.printers.get(spool.printer);
  if (!profile) throw new Error(`print job ${spool.jobNumber} needs the printer ${spool.printer}, which is no longer configured`);
  const order = { jobNumber: spool.jobNumber, createdAt: spool.plannedAt, profile, workDir, workers: WORKERS };
  const job = await buildSpoolJob(order, lettersOf(house, transaction, spool));
  const refused = new Set(job.refused.map((piece) => piece.documentId));
  const differences = await verifySpoolJob(job.path, factsOf(transaction, spool.jobNumber, refused));
  if (differences.length > 0) {
    const shown = differences.slice(0, 5).map((item) => item.explanation);
    throw new Error(`print job ${job.job} differs from manifest or ledger in ${differences.length} places: ${shown.join('; ')}`);
  }
  for (const piece of job.refused) house.log.warn('letter.refused', { document: piece.documentId, reason: piece.explanation });
  const remote = remoteFor(house.config, 'spool', spool.client);
  const outgoing = { kind: 'spool', client: spool.client, file: null, name: `print/${job.fileName}`, remote } as const;
  const outbound = await stageMade(house, transaction, outgoing, job);
  await releaseSpool(transaction, {
    jobNumber: spool.jobNumber,
    at: house.clock(),
    outbound,
    sha256: job.sha256,
    bytes: job.bytes,
    pieces: job.pieces.map((piece) => ({ ...piece, piece: piece.sequence, milligrams: BigInt(piece.milligrams) })),
    refused: job.refused.map((piece) => ({ documentId: piece.documentId, reason: piece.explanation })),
  });
  return job;
}

async function* lettersOf(house: House, transaction: Transaction, spool: SpoolRow): AsyncGenerator<Letter> {
  let after = '';
  for (;;) {
    const documents = await loadLetters(transaction, spool.jobNumber, after, CHUNK_LETTERS);
    for (const item of documents) yield letterOf(house, spool.client, item);
    const last = documents.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** The letter of a document, in the style of the agreement it was issued under. */
export function letterOf(house: House, client: string, item: Omit<WaitingDocument, 'decidedAt'>): Letter {
  const { buyer } = item.invoice;
  const agreement = house.config.clients.get(client)?.agreements.find((one) => one.version === item.agreementVersion);
  if (!agreement)
    throw new Error(`agreement ${item.agreementVersion} of ${client} is no longer configured; letters of it still wait`);
  return {
    documentId: item.id,
    invoice: item.invoice,
    language: item.language,
    addressLines: addressLines(buyer, agreement.country),
    country: buyer.address.country,
    postcode: buyer.address.postcode ?? '',
    style: letterStyle(house.config, agreement.letter),
  };
}
