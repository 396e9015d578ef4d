import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { addressLines } from '#engine/address-lines.ts';
import { letterStyle } from '#config/house-config.ts';
import { letterLaw, demandChange, type ChangeReason } from '#engine/claims/demand.ts';
import { isDemand, type Letter } from '#engine/letter.ts';
import { inTransaction, type Tx } from '#engine/store/database.ts';
import { loadLetters, type WaitingDocument } from '#engine/store/documents.ts';
import { type Ledger, withLedger } from '#engine/store/ledger.ts';
import { CANNOT_BE_PRINTED, withdrawDocuments } from '#engine/store/withdraw-letters.ts';
import { cancelSpool, loadSpooled, lockSpool, planSpool, releaseSpool, type SpoolRow } from '#engine/store/spools.ts';
import { spooledChannels } from '#engine/sockets/channel.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import { buildSpoolJob } from '#layouts/spool/build-spool.ts';
import { verifySpoolJob } from '#layouts/spool/verify-spool-job.ts';
import { agreementOf, type House, todayOf } from '../house/house.ts';
import { factsOf } from './book-documents.ts';
import { releaseOutgoing, stageMade, remoteFor } from '../outbox/outgoing.ts';
import { jobName, type SpoolJob } from '#layouts/spool/spool.ts';
import { loadDemandStates } from '#engine/store/demand-letters.ts';

/** Letters fetched at once. */
const CHUNK_LETTERS = 500;
/** A print job holds at most so many letters; more make another job. */
export const MAX_LETTERS_PER_JOB = 50_000;
const WORKERS = 2;
/** Fewer letters are rendered in the time that threads need to start. */
const FEWEST_LETTERS_FOR_THREADS = 20;

/** Gathers a client's waiting letters into print jobs, one per printer. */
export async function planSpools(house: House, client: string): Promise<readonly number[]> {
  const planned: number[] = [];
  for (;;) {
    const spool = await inTransaction(house.database, async (tx) => {
      const row = await planSpool(tx, {
        client,
        channels: spooledChannels(house.config.parts),
        at: house.clock(),
        limit: MAX_LETTERS_PER_JOB,
      });
      if (row) await house.queues.send(tx, 'build', { jobNumber: row.jobNumber });
      return row;
    });
    if (!spool) return planned;
    planned.push(spool.jobNumber);
  }
}

/**
 * Builds a planned print job, opens it again and compares every letter with the manifest and the ledger, and only then releases it.
 * Demands that are no longer due leave it, before it is built and again, under the lock of the ledger, before it is released; a job
 * of which nothing is left is cancelled. Null if it is released, cancelled or in other hands. A difference stops the job: nothing
 * leaves, and the letters stay planned.
 */
export async function buildSpool(house: House, jobNumber: number): Promise<SpoolJob | null> {
  const workDir = join(spoolWorkFolder(house.home), spoolWorkName(jobNumber));
  // In a transaction of its own, so that the ledger is not locked while letters are drawn.
  await inTransaction(house.database, async (tx) => {
    const spool = await lockSpool(tx, jobNumber);
    if (spool) await pullBackChanged(house, tx, spool);
  });
  const built = await inTransaction(house.database, async (tx) => {
    const spool = await lockSpool(tx, jobNumber);
    if (!spool) return 'not-ours';
    await rm(workDir, { recursive: true, force: true });
    await mkdir(workDir, { recursive: true });
    return buildAndRelease(house, tx, spool, workDir);
  });
  // Another daemon may be building in that folder.
  if (built === 'not-ours') return null;
  await rm(workDir, { recursive: true, force: true });
  if (built === null) return null;
  await releaseOutgoing(house);
  const { job, pieces, totals, sha256 } = built;
  house.log.info('spool.released', { job, letters: pieces.length, sheets: totals.sheets, sha256 });
  return built;
}

/** Where print jobs are made, each in a folder of its own. */
export const spoolWorkFolder = (home: string): string => join(home, 'work', 'spool');
export const spoolWorkName = (jobNumber: number): string => `J${jobNumber}`;

/** Builds until what is built is what may leave: the second time under the lock of the ledger, so that there is no third. */
async function buildAndRelease(house: House, tx: Tx, spool: SpoolRow, workDir: string): Promise<SpoolJob | null> {
  const profile = house.config.printers.get(spool.printer);
  if (!profile) throw new Error(`print job ${spool.jobNumber} needs the printer ${spool.printer}, which is no longer configured`);
  const taken = await loadSpooled(tx, spool.jobNumber);
  const workers = taken.all.size < FEWEST_LETTERS_FOR_THREADS ? 0 : WORKERS;
  const order = {
    jobNumber: spool.jobNumber,
    createdAt: spool.plannedAt,
    profile,
    parts: house.config.parts,
    postedIn: house.config.bureau.address.country,
    workDir,
    workers,
  };
  let job = taken.all.size === 0 ? null : await buildSpoolJob(order, lettersOf(house, tx, spool));
  const ledger = await pullBackChanged(house, tx, spool);
  const left = await loadSpooled(tx, spool.jobNumber);
  if (left.all.size !== taken.all.size) {
    job = left.all.size === 0 ? null : await buildSpoolJob(order, lettersOf(house, tx, spool));
  }
  if (job === null) {
    await cancelSpool(tx, spool.jobNumber);
    house.log.info('spool.cancelled', { job: jobName(spool.jobNumber) });
    return null;
  }
  await demandAgreement(house, tx, spool, job);
  await release(house, tx, { spool, job, demands: new Set(left.demands), ledger });
  return job;
}

/** What was built is opened again and read; it must say what the ledger says. */
async function demandAgreement(house: House, tx: Tx, spool: SpoolRow, job: SpoolJob): Promise<void> {
  const refused = new Set(job.refused.map((piece) => piece.documentId));
  const facts = factsOf(tx, { jobNumber: spool.jobNumber, on: todayOf(house) }, refused);
  const differences = await verifySpoolJob(job.path, facts);
  if (differences.length === 0) return;
  const shown = differences.slice(0, 5).map((item) => item.explanation);
  throw new Error(`print job ${job.job} differs from manifest or ledger in ${differences.length} places: ${shown.join('; ')}`);
}

interface Release {
  readonly spool: SpoolRow;
  readonly job: SpoolJob;
  readonly demands: ReadonlySet<string>;
  /** Locked, where the job has demands. */
  readonly ledger: Ledger | null;
}

async function release(house: House, tx: Tx, { spool, job, demands, ledger }: Release): Promise<void> {
  for (const piece of job.refused) house.log.warn('letter.refused', { document: piece.documentId, reason: piece.explanation });
  const refusedDemands = job.refused.filter((piece) => demands.has(piece.documentId));
  if (ledger) await withdrawUnprintable(house, tx, { refused: refusedDemands, ledger });
  const remote = remoteFor(house.config, 'spool', spool.client);
  const outgoing = { kind: 'spool', client: spool.client, file: null, name: `print/${job.fileName}`, remote } as const;
  const outbound = await stageMade(house, tx, outgoing, job);
  await releaseSpool(tx, {
    jobNumber: spool.jobNumber,
    at: house.clock(),
    ledgerSequence: (await ledger?.end())?.nextSequence ?? null,
    outbound,
    sha256: job.sha256,
    bytes: job.bytes,
    pieces: job.pieces.map((piece) => ({ ...piece, piece: piece.sequence, milligrams: BigInt(piece.milligrams) })),
    refused: job.refused
      .filter((piece) => !demands.has(piece.documentId))
      .map((piece) => ({ documentId: piece.documentId, reason: piece.explanation })),
  });
}

/** A demand that cannot be printed reaches nobody, so nothing may be claimed by it. */
async function withdrawUnprintable(
  house: House,
  tx: Tx,
  { refused, ledger }: { refused: SpoolJob['refused']; ledger: Ledger },
): Promise<void> {
  for (const { documentId, explanation } of refused) {
    const because = `${CANNOT_BE_PRINTED}: ${explanation}`;
    await withdrawDocuments(tx, ledger, { documents: [documentId], because, on: todayOf(house), at: house.clock() });
  }
}

async function* lettersOf(house: House, tx: Tx, spool: SpoolRow): AsyncGenerator<Letter> {
  let after = '';
  for (;;) {
    const documents = await loadLetters(tx, spool.jobNumber, after, CHUNK_LETTERS);
    for (const item of documents) yield letterOf(house, spool.client, item);
    const last = documents.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** The letter of a document, in the style of the agreement it was issued under. */
export function letterOf(house: House, client: string, item: Omit<WaitingDocument, 'decidedAt'>): Letter {
  const { content } = item;
  const recipient = isDemand(content) ? content.debtor : content.buyer;
  const agreement = agreementOf(house, client, item.agreementVersion);
  return {
    documentId: item.id,
    content,
    language: item.language,
    addressLines: addressLines(recipient, { postedIn: agreement.country, countries: house.config.parts.countries }),
    country: recipient.address.country,
    postcode: recipient.address.postcode ?? '',
    style: letterStyle(house.config, agreement.letter),
    ...(isDemand(content) ? { law: letterLaw(countryOf(house.config.parts, agreement.country), content) } : {}),
  };
}

/** Demands compared with the ledger at once. */
const CHUNK_DEMANDS = 500;

/** What people and `trace` read as the cause. */
const because: Readonly<Record<ChangeReason, string>> = {
  settled: 'paid or credited before release',
  changed: 'the amount changed before release',
  held: 'put on hold before release',
  'step-withdrawn': 'its step was withdrawn before release',
  unknown: 'the ledger does not know its invoice',
};

/**
 * Takes out of a print job every demand that is no longer what may be demanded: paid, credited, put on hold or changed since it was
 * planned (IR5). Locks the client's ledger until the transaction ends and gives it, so that what stays cannot change before it
 * is released; null, and no lock, for a job without demands.
 */
async function pullBackChanged(house: House, tx: Tx, spool: SpoolRow): Promise<Ledger | null> {
  const { demands: planned } = await loadSpooled(tx, spool.jobNumber);
  if (planned.length === 0) return null;
  return withLedger(tx, { client: spool.client, at: house.clock() }, async (ledger) => {
    await pullBack(house, tx, spool, ledger);
    return ledger;
  });
}

async function pullBack(house: House, tx: Tx, spool: SpoolRow, ledger: Ledger): Promise<void> {
  // Asked again under the lock: what was pulled back by a payment meanwhile is gone already.
  const { demands } = await loadSpooled(tx, spool.jobNumber);
  for (let from = 0; from < demands.length; from += CHUNK_DEMANDS) {
    const states = await loadDemandStates(tx, demands.slice(from, from + CHUNK_DEMANDS), todayOf(house));
    const changed = states.flatMap((state) => {
      const change = demandChange(state.claims);
      return change === null ? [] : [{ ...change, document: state.documentId }];
    });
    for (const [reason, documents] of Map.groupBy(changed, (item) => item.reason)) {
      for (const { document, invoice } of documents) house.log.info('letter.withdrawn', { document, invoice, reason });
      await withdrawDocuments(tx, ledger, {
        documents: documents.map((item) => item.document),
        because: because[reason],
        on: todayOf(house),
        at: house.clock(),
      });
    }
  }
}
