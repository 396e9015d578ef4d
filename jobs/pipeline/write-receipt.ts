import { finding, type Finding } from '#engine/finding.ts';
import { dateInZone } from '#engine/iso-date.ts';
import { agreementOn } from '#engine/agreement.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import type { Receipt, ReceiptOutcome } from '#engine/receipt.ts';
import { inTransaction, type Tx } from '#engine/store/database.ts';
import {
  adoptCounts,
  countFindings,
  loadFile,
  loadFindings,
  lockFileWithoutReceipt,
  setReceipted,
  type FileRow,
} from '#engine/store/files.ts';
import { formatsWriting } from '#engine/sockets/format.ts';
import type { House } from '../house/house.ts';
import { releaseOutgoing, stageOutgoing, remoteFor } from '../outbox/outgoing.ts';
import { isSender } from '#engine/sender.ts';

/** Writes the receipt of a settled file, once, in every format of receipts into the client's out-folder. */
export async function writeReceipt(house: House, id: bigint): Promise<void> {
  const written = await inTransaction(house.database, async (tx) => {
    const locked = await lockFileWithoutReceipt(tx, id);
    if (!locked) return null;
    const file = locked.duplicateOf === null ? locked : await adoptCounts(tx, locked);
    for (const { name, content } of await filesOf(house, tx, file)) {
      const remote = remoteFor(house.config, 'receipt', file.client);
      await stageOutgoing(house, tx, { kind: 'receipt', client: file.client, file: file.id, name, remote }, content);
    }
    await setReceipted(tx, file);
    return file;
  });
  if (!written) return;
  await releaseOutgoing(house);
  house.log.info('receipt.written', { client: written.client, file: written.number, state: written.state });
}

async function filesOf(house: House, tx: Tx, file: FileRow) {
  const receipt = await receiptOf(house, tx, file);
  const stem = `${isSender(file.client) ? 'reports' : 'clients'}/${file.client}/${receiptStem(file)}.receipt`;
  return formatsWriting(house.config.parts, 'receipts').map(({ extension, writes }) => ({
    name: `${stem}${extension}`,
    content: writes.write(receipt),
  }));
}

const NUMBER_DIGITS = 6;
const MAX_STEM_CHARACTERS = 80;

/** `000017-faktura.csv`; a file that was decided again adds the count: `000017-2-faktura.csv`. */
function receiptStem({ number, settlement, name }: FileRow): string {
  const again = settlement > 1 ? `-${settlement}` : '';
  const safe = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '_')
    .slice(0, MAX_STEM_CHARACTERS);
  return `${String(number).padStart(NUMBER_DIGITS, '0')}${again}-${safe}`;
}

/** What the sender is told, from stored facts alone. */
export async function receiptOf(house: House, tx: Tx, file: FileRow): Promise<Receipt> {
  const { bureau, clients, limits, parts } = house.config;
  const client = clients.get(file.client);
  const agreements = client?.agreements ?? [];
  const received = dateInZone(file.receivedAt, bureau.timeZone);
  const agreement =
    agreements.find((one) => one.version === file.agreementVersion) ??
    (client && agreementOn(client, received)) ??
    agreements.at(-1);
  const original = file.duplicateOf === null ? null : await loadFile(tx, file.duplicateOf);
  const repeated = original === null ? [] : [repeatedFinding(original)];
  const findings = await loadFindings(tx, file.id, limits.maxFindingsPerReceipt);
  if (file.state === 'archived' || file.settledAt === null) throw new Error(`file ${file.id} is not settled`);
  return {
    bureau: bureau.name,
    client: file.client,
    clientName: client?.name ?? file.client,
    language: agreement?.language ?? bureau.language,
    currency: agreement?.currency ?? countryOf(parts, bureau.address.country).currency,
    file: {
      number: file.number,
      name: file.name,
      sha256: file.sha256,
      bytes: file.bytes,
      receivedAt: file.receivedAt,
      settledAt: file.settledAt,
      state: file.state,
    },
    documents: {
      accepted: countOf(file, 'accepted'),
      rejected: countOf(file, 'rejected'),
      duplicate: countOf(file, 'duplicate'),
      held: countOf(file, 'held'),
    },
    amountsUnknown: file.amountsUnknown,
    findings: [...repeated, ...findings],
    findingsInAll: repeated.length + (await countFindings(tx, file.id)),
  };
}

const countOf = ({ counts, amounts }: FileRow, outcome: ReceiptOutcome) => ({ count: counts[outcome], amount: amounts[outcome] });

const repeatedFinding = (original: FileRow): Finding =>
  finding('FILE-REPEATED', {
    facts: { earlier: original.receivedAt.toISOString(), number: String(original.number), name: original.name },
  });
