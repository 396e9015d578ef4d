import { canonicalDigest, DIGEST_VERSION } from '#engine/store/digest.ts';
import { finding, type Finding, type FindingCodeName } from '#engine/finding.ts';
import { toJson } from '#engine/invoice-json.ts';
import { readJson } from '#engine/shapes.ts';
import { claimOrderShape } from '#engine/stored-content.ts';
import type { Tx } from '#engine/store/database.ts';
import {
  countDocuments,
  loadAccepted,
  refuseDocuments,
  settleRepeatedOrders,
  storeFileDocuments,
  type FileDocument,
} from '#engine/store/file-documents.ts';
import { storeFindings, type FileRow } from '#engine/store/files.ts';
import { readControlFile, controlColumns, type ControlItem } from '#formats/control/control-file.ts';
import type { House } from '../house/house.ts';
import { carryOutOrders, type OrderOutcome } from './carry-out-orders.ts';

/** Rows stored or carried out by one set of statements. */
const CHUNK_ROWS = 500;

/** A client's file that orders things about its invoices, told by its name from one that brings invoices. */
export const isControlFile = (name: string): boolean => /^(?:control|styrfil)-.+\.csv$/i.test(name);

/**
 * Carries out a client's control file in the transaction of its row: every row becomes a row of the file with its outcome, as documents do,
 * and the receipt tells of them. A file whose form is damaged is refused whole, and nothing of it is carried out.
 */
export async function settleControlFile(
  house: House,
  tx: Tx,
  { file, bytes }: { readonly file: FileRow; readonly bytes: AsyncIterable<Uint8Array> },
): Promise<'booked' | 'rejected'> {
  if ((await storeRows(house, tx, file, bytes)) === 'broken') {
    await refuseDocuments(tx, file.id, 'rejected', 'all');
    return 'rejected';
  }
  const repeated = await settleRepeatedOrders(tx, file.id, file.client);
  await storeFindings(
    tx,
    file.id,
    repeated.map(({ line, number }) => finding('CTL-REPEATED', { line, document: number })),
  );
  for (let after = 0, chunk; (chunk = await loadAccepted(tx, file.id, after, CHUNK_ROWS)).length > 0;) {
    after = chunk.at(-1)?.sequence ?? after;
    await carryOutChunk(house, tx, file, chunk);
  }
  const accepted = await countDocuments(tx, file.id, 'accepted');
  return accepted + (await countDocuments(tx, file.id, 'duplicate')) > 0 ? 'booked' : 'rejected';
}

async function storeRows(house: House, tx: Tx, file: FileRow, bytes: AsyncIterable<Uint8Array>): Promise<'whole' | 'broken'> {
  const { maxDocumentsPerFile } = house.config.limits;
  let sequence = 0;
  let rows: FileDocument[] = [];
  let findings: Finding[] = [];
  const store = async (): Promise<void> => {
    await storeFileDocuments(tx, file.id, rows, 'order');
    await storeFindings(tx, file.id, findings);
    rows = [];
    findings = [];
  };
  for await (const item of readControlFile(bytes)) {
    sequence += 1;
    const broken =
      item.kind === 'broken'
        ? item.finding
        : sequence > maxDocumentsPerFile
          ? finding('FILE-TOO-MANY-DOCUMENTS', { value: String(maxDocumentsPerFile) })
          : undefined;
    if (broken || item.kind === 'broken') {
      if (broken) findings.push(broken);
      await store();
      return 'broken';
    }
    rows.push(rowOf(item, sequence));
    if (item.kind === 'refusal') findings.push(...item.findings);
    if (rows.length >= CHUNK_ROWS) await store();
  }
  await store();
  return 'whole';
}

function rowOf(item: Exclude<ControlItem, { readonly kind: 'broken' }>, sequence: number): FileDocument {
  const { line, lastLine } = item;
  if (item.kind === 'refusal') {
    const number = item.invoice ?? null;
    return { sequence, line, lastLine, number, outcome: 'rejected', amount: 0n, amountKnown: true, content: null };
  }
  const content = { json: toJson(item.order), digest: canonicalDigest('claim-order', DIGEST_VERSION, item.order) };
  const { amount, order } = item;
  return { sequence, line, lastLine, number: order.invoice, outcome: 'accepted', amount, amountKnown: true, content };
}

type AcceptedRow = Awaited<ReturnType<typeof loadAccepted>>[number];

async function carryOutChunk(house: House, tx: Tx, file: FileRow, chunk: readonly AcceptedRow[]): Promise<void> {
  const given = chunk.map(({ sequence, json }) => ({
    order: readJson(claimOrderShape, json),
    by: `${file.client} file ${file.number} row ${sequence}`,
    source: `file ${file.number} row ${sequence}`,
    row: { file: file.id, sequence },
  }));
  const outcomes = await carryOutOrders(house, tx, file.client, given);
  const ended = chunk.flatMap((row, index) => {
    const outcome = outcomes[index];
    return outcome === undefined || outcome.kind === 'done' ? [] : [{ row, outcome }];
  });
  const sequencesOf = (kind: OrderOutcome['kind']): readonly number[] =>
    ended.filter(({ outcome }) => outcome.kind === kind).map(({ row }) => row.sequence);
  await refuseDocuments(tx, file.id, 'rejected', sequencesOf('refused'));
  await refuseDocuments(tx, file.id, 'duplicate', sequencesOf('known'));
  await storeFindings(
    tx,
    file.id,
    ended.map(({ row, outcome }) => findingOf(outcome, row.line, given[chunk.indexOf(row)]?.order.invoice)),
  );
}

function findingOf(outcome: OrderOutcome, line: number, document: string | undefined): Finding {
  if (outcome.kind !== 'refused') return finding('CTL-REPEATED', { line, document });
  const field = fieldOf(outcome.finding.code);
  return { ...outcome.finding, line, column: controlColumns.indexOf(field) + 1, field };
}

/** Where the sender looks for what the ledger refused. */
function fieldOf(code: FindingCodeName): (typeof controlColumns)[number] {
  if (code.startsWith('CTL-AMOUNT')) return 'amount';
  if (code === 'CTL-INVOICE-UNKNOWN' || code === 'CTL-SETTLED') return 'invoice';
  if (code.startsWith('CTL-DATE') || code === 'CTL-BEFORE-DEADLINE' || code === 'CTL-NOT-LATER') return 'date';
  return code === 'CTL-OUTCOME-MISSING' || code === 'CTL-WHICH-HOLD' ? 'reason' : 'action';
}
