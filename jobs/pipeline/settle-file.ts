import { type Agreement, agreementOn } from '#engine/agreement.ts';
import { finding } from '#engine/finding.ts';
import { dateInZone } from '#engine/iso-date.ts';
import type { Tx } from '#engine/store/database.ts';
import { countDocuments, forgetDocuments, refuseDocuments, settleRepetitions } from '#engine/store/file-documents.ts';
import { loadFile, loadRepeats, lockFile, settleFile, storeFindings, type FileRow } from '#engine/store/files.ts';
import { readArchived } from '../intake/archive.ts';
import { isControlFile, settleControlFile } from '../claims/settle-control-file.ts';
import type { House } from '../house/house.ts';
import { bookDocuments } from './book-documents.ts';
import { enqueueMaking } from './make-documents.ts';
import { readDocuments } from './read-documents.ts';
import { isSender, type Sender } from '#engine/sender.ts';
import { formatSent } from '#engine/sockets/format.ts';
import { settleBankFile } from '../bank/settle-bank-file.ts';
import { settlePaymentStatus } from '../payout/settle-payment-status.ts';
import { settleAgencyReceipt } from './settle-agency-receipt.ts';
import { settlePrintStatus } from './settle-print-status.ts';
import type { FileToSettle } from './settlers.ts';

export interface SettleOptions {
  /** `held`: decided once, and to be decided again since a person asks for it; a job that runs twice must not do so. */
  readonly state?: 'archived' | 'held';
  /** Where the file's bytes are read from; the archive, except in a rehearsal. */
  readonly bytesOf?: (file: FileRow) => AsyncIterable<Uint8Array>;
}

/**
 * Reads, checks and books one received file in one transaction: all of it or nothing, whatever happens on the way. The row lock makes
 * it one daemon's; the next jobs are sent in the same transaction. Null if the file is not in that state or in other hands.
 */
export async function settleReceivedFile(
  house: House,
  tx: Tx,
  id: bigint,
  { state: from = 'archived', bytesOf = (file) => readArchived(house.home, file.sha256) }: SettleOptions = {},
): Promise<FileRow | null> {
  const file = await lockFile(tx, id, from);
  if (!file) return null;
  if (file.state === 'held') await forgetDocuments(tx, file.id);
  if (isSender(file.client)) {
    const state = await settleReport(house, tx, file.client, { file, bytes: () => bytesOf(file) });
    return conclude(house, tx, file, { state, agreementVersion: null });
  }
  const client = house.config.clients.get(file.client);
  const received = dateInZone(file.receivedAt, house.config.bureau.timeZone);
  const agreement = client && agreementOn(client, received);
  const state = agreement ? await settleUnder(house, tx, { file, bytes: bytesOf(file) }, agreement) : 'held';
  if (!agreement) await storeFindings(tx, file.id, [finding('FILE-NO-AGREEMENT', { value: received })]);
  return conclude(house, tx, file, { state, agreementVersion: agreement?.version ?? null });
}

async function conclude(
  house: House,
  tx: Tx,
  file: FileRow,
  outcome: { readonly state: 'booked' | 'rejected' | 'held'; readonly agreementVersion: number | null },
): Promise<FileRow> {
  await settleFile(tx, file.id, { ...outcome, at: house.clock() });
  for (const settled of [file.id, ...(await loadRepeats(tx, file.id))]) {
    await house.queues.send(tx, 'receipt', { file: settled.toString() });
  }
  return loadFile(tx, file.id);
}

async function settleUnder(
  house: House,
  tx: Tx,
  { file, bytes }: { readonly file: FileRow; readonly bytes: AsyncIterable<Uint8Array> },
  agreement: Agreement,
): Promise<'booked' | 'rejected'> {
  if (isControlFile(file.name)) return settleControlFile(house, tx, { file, bytes });
  const terms = {
    agreement,
    parts: house.config.parts,
    maxDocuments: house.config.limits.maxDocumentsPerFile,
  };
  const read = await readDocuments(tx, { file, bytes }, terms);
  if (read === 'broken') {
    await refuseDocuments(tx, file.id, 'rejected', 'all');
    return 'rejected';
  }
  const repetitions = await settleRepetitions(tx, file.id, file.client);
  await storeFindings(
    tx,
    file.id,
    repetitions.map((item) =>
      finding(item.outcome === 'duplicate' ? 'INV-REPEATED' : 'INV-NUMBER-REUSED', {
        line: item.line,
        document: item.number,
        value: item.number,
      }),
    ),
  );
  const rejected = await countDocuments(tx, file.id, 'rejected');
  if (rejected > 0 && agreement.input.onRefusal === 'refuse-file') {
    await refuseDocuments(tx, file.id, 'rejected', 'all');
    await storeFindings(tx, file.id, [finding('FILE-REFUSED-WHOLE', { value: String(rejected) })]);
    return 'rejected';
  }
  const channels = await bookDocuments(house, tx, file, agreement);
  await enqueueMaking(house, tx, { client: file.client, channels });
  // A file of which nothing could be accepted and nothing was known already was refused, whatever the agreement says of single documents.
  const kept = (await countDocuments(tx, file.id, 'accepted')) + (await countDocuments(tx, file.id, 'duplicate'));
  return kept > 0 ? 'booked' : 'rejected';
}

/** Takes in a file of a sender that is no client, by what its format reads; one folder may get several kinds of files. */
async function settleReport(
  house: House,
  tx: Tx,
  sender: Sender,
  received: FileToSettle,
): Promise<'booked' | 'rejected' | 'held'> {
  const reader = formatSent(house.config.parts, sender, await headOf(received.bytes()));
  switch (reader.of) {
    case 'bank-reports':
      return settleBankFile(house, tx, { ...received, read: reader.read });
    case 'payment-statuses':
      return settlePaymentStatus(house, tx, { ...received, read: reader.read });
    case 'piece-reports':
      return settlePrintStatus(house, tx, { ...received, read: reader.read });
    case 'agency-answers':
      return settleAgencyReceipt(house, tx, { ...received, read: reader.read });
  }
}

/** Enough of a file to hold the opening of its document. */
const HEAD_BYTES = 4096;

/** As bytes of one character each: the names looked for are ASCII in every encoding the house reads. */
async function headOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  let head = '';
  for await (const chunk of bytes) {
    head += Buffer.from(chunk.subarray(0, HEAD_BYTES - head.length)).toString('latin1');
    if (head.length >= HEAD_BYTES) break;
  }
  return head;
}
