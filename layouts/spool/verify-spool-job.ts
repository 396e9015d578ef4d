import { formatAmount, type Minor } from '#engine/money.ts';
import { type CheckedPiece, checkPiece, plain } from './check-piece.ts';
import { type Manifest, type LetterRow, type LettersCsv, readLettersCsv, readManifest } from './letters-list.ts';
import { type ReadArchive, readArchive } from './archive.ts';
import { type RereadPage, rereadPdf } from './reread-pdf.ts';
import type { Discrepancy, ExpectedLetter } from './spool.ts';

/** A job wrong all through is reported by its first discrepancies; nothing is released on any. */
export const MAX_DISCREPANCIES = 1000;

/**
 * Re-opens a job's archive and compares what is really in it with its manifest, its list of letters and the ledger (ID2, ID3 of
 * reliability.md): entries, sizes and hashes; every page of every PDF, read anew; number, amount and payment reference of every
 * letter; every letter exactly once; all sums. An empty list releases the job. One volume is in memory at a time.
 *
 * Damage to the archive is a discrepancy, not an exception; only the failure of `expected` itself is thrown.
 */
export async function verifySpoolJob(zipPath: string, expected: AsyncIterable<ExpectedLetter>): Promise<readonly Discrepancy[]> {
  const found: Discrepancy[] = [];
  const report = (discrepancy: Discrepancy): void => {
    if (found.length < MAX_DISCREPANCIES) found.push(discrepancy);
  };
  const pieces = new Map<string, CheckedPiece>();
  let archive: ReadArchive | undefined;
  try {
    archive = await readArchive(zipPath);
    const { manifest, list } = await readIndex(archive, report);
    await checkVolumes(archive, { manifest, list, pieces }, report);
    checkTotals(manifest, list, pieces, report);
  } catch (error) {
    report({ kind: 'archive', explanation: error instanceof Error ? error.message : String(error) });
  } finally {
    archive?.close();
  }
  await compareWithLedger(pieces, expected, report);
  return found;
}

type Report = (discrepancy: Discrepancy) => void;

interface JobIndex {
  readonly manifest: Manifest;
  readonly list: LettersCsv;
}

/** Manifest last, every file it names and no other, list of letters readable. */
async function readIndex(archive: ReadArchive, report: Report): Promise<JobIndex> {
  const name = archive.names.at(-1) ?? '';
  if (!name.endsWith('.manifest.json')) throw new Error('the last entry is no manifest');
  const manifest = readManifest(Buffer.from((await archive.read(name)).bytes).toString('utf8'));
  const listed = [...manifest.files.map((file) => file.name), name];
  if (archive.names.join() !== listed.join())
    report({ kind: 'archive', explanation: `entries ${archive.names.join(', ')}; listed ${listed.join(', ')}` });
  const csvName = `${manifest.job}.letters.csv`;
  const csv = await readListed(archive, manifest, csvName, report);
  return { manifest, list: readLettersCsv(Buffer.from(csv).toString('utf8')) };
}

async function readListed(archive: ReadArchive, manifest: Manifest, name: string, report: Report): Promise<Uint8Array> {
  const { bytes, sha256 } = await archive.read(name);
  const listed = manifest.files.find((file) => file.name === name);
  if (listed?.sha256 !== sha256 || listed.sizeBytes !== bytes.length) {
    report({ kind: 'manifest', explanation: `${name} is not the file that the manifest lists` });
  }
  return bytes;
}

async function checkVolumes(
  archive: ReadArchive,
  job: JobIndex & { pieces: Map<string, CheckedPiece> },
  report: Report,
): Promise<void> {
  const { manifest, list, pieces } = job;
  const unread = new Set(list.rows.map((row) => row.spool_file));
  for (const { fileName, pages, sheets, pieces: count } of manifest.volumes) {
    unread.delete(fileName);
    const rows = list.rows.filter((row) => row.spool_file === fileName);
    const bytes = await readListed(archive, manifest, fileName, report);
    try {
      const pdf = rereadPdf(bytes);
      const listedSheets = rows.reduce((sum, row) => sum + Number.parseInt(row.sheets, 10), 0);
      if (pdf.pageCount !== pages || rows.length !== count || listedSheets !== sheets) {
        report({
          kind: 'pages',
          explanation: `${fileName} has ${pdf.pageCount} pages; listed ${pages} pages, ${sheets} sheets, ${count} pieces`,
        });
      }
      checkRows(rows, pdf.pages(), manifest, pieces, report);
    } catch (error) {
      report({ kind: 'pdf', explanation: `${fileName}: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
  for (const name of unread) report({ kind: 'manifest', explanation: `letters are listed in ${name}, which is no volume` });
}

/** Takes the pages in order and gives each row those that it claims. */
function checkRows(
  rows: readonly LetterRow[],
  pages: Generator<RereadPage>,
  { profile }: Manifest,
  pieces: Map<string, CheckedPiece>,
  report: Report,
): void {
  let next = 1;
  for (const row of rows) {
    const documentId = row.document_id;
    const sheets = Number(row.sheets);
    const count = Number(row.pages);
    if (Number(row.first_page) !== next || count !== sheets * (profile.duplex ? 2 : 1)) {
      report({
        kind: 'pages',
        documentId,
        explanation: `listed from page ${row.first_page} with ${count} pages; it begins on ${next}`,
      });
    }
    const own: RereadPage[] = [];
    for (let page = 0; page < count; page += 1) {
      const read = pages.next();
      if (read.done === true) break;
      own.push(read.value);
    }
    next += count;
    if (own.length !== count) report({ kind: 'pages', documentId, explanation: `${own.length} of ${count} pages are there` });
    const check = { row, pages: own, duplex: profile.duplex, colour: profile.colour };
    const piece = checkPiece(check, (kind, explanation) => report({ kind, documentId, explanation }));
    if (pieces.has(documentId)) report({ kind: 'unexpected-piece', documentId, explanation: 'the letter is in the job twice' });
    if (piece !== undefined) pieces.set(documentId, piece);
    if (piece !== undefined) compareWithRow(piece, row, report);
  }
  if (pages.next().done !== true) report({ kind: 'pages', explanation: `there are pages after the last listed letter` });
}

function compareWithRow(piece: CheckedPiece, row: LetterRow, report: Report): void {
  const documentId = row.document_id;
  if (formatAmount(piece.amount) !== row.amount || piece.currency !== row.currency) {
    report({
      kind: 'amount',
      documentId,
      explanation: `printed ${formatAmount(piece.amount)} ${piece.currency}, listed ${row.amount} ${row.currency}`,
    });
  }
  if (plain(piece.reference ?? '') !== plain(row.payment_reference)) {
    report({
      kind: 'reference',
      documentId,
      explanation: `printed ${piece.reference ?? 'none'}, listed ${row.payment_reference}`,
    });
  }
}

function checkTotals({ totals }: Manifest, list: LettersCsv, pieces: ReadonlyMap<string, CheckedPiece>, report: Report): void {
  const sum = (column: 'pages' | 'sheets'): number =>
    list.rows.reduce((total, row) => total + Number.parseInt(row[column], 10), 0);
  const counted = [list.rows.length, sum('pages'), sum('sheets')].join(' ');
  const claims = [list.total.join(' '), [totals.pieces, totals.pages, totals.sheets].join(' ')];
  if (claims.some((claim) => claim !== counted)) {
    report({ kind: 'totals', explanation: `pieces, pages, sheets: counted ${counted}, claimed ${claims.join(' and ')}` });
  }
  const printed = new Map<string, Minor>();
  for (const { amount, currency } of pieces.values()) printed.set(currency, (printed.get(currency) ?? 0n) + amount);
  const summed = [...printed].map(([currency, amount]) => `${formatAmount(amount)} ${currency}`).sort();
  const claimed = totals.payable.map(({ currency, amount }) => `${amount} ${currency}`).sort();
  if (summed.join() !== claimed.join())
    report({ kind: 'totals', explanation: `printed amounts ${summed.join(', ')}, claimed ${claimed.join(', ')}` });
}

/** Every expected letter is there once and says what the ledger says; nothing else is there. */
async function compareWithLedger(
  pieces: Map<string, CheckedPiece>,
  expected: AsyncIterable<ExpectedLetter>,
  report: Report,
): Promise<void> {
  const seen = new Set<string>();
  for await (const { documentId, number, payableAmount, currency, paymentReference } of expected) {
    if (seen.has(documentId)) throw new RangeError(`letter ${documentId} is expected twice`);
    seen.add(documentId);
    const piece = pieces.get(documentId);
    if (piece === undefined) {
      report({ kind: 'missing-piece', documentId, explanation: 'the letter is in no volume' });
      continue;
    }
    if (plain(number) !== piece.number)
      report({ kind: 'number', documentId, explanation: `printed ${piece.number}, booked ${number}` });
    if (payableAmount !== piece.amount || currency !== piece.currency) {
      const printed = `${formatAmount(piece.amount)} ${piece.currency}`;
      report({
        kind: 'amount',
        documentId,
        explanation: `printed ${printed}, booked ${formatAmount(payableAmount)} ${currency}`,
      });
    }
    if (plain(paymentReference ?? '') !== (piece.reference ?? '')) {
      report({
        kind: 'reference',
        documentId,
        explanation: `printed ${piece.reference ?? 'none'}, booked ${paymentReference ?? 'none'}`,
      });
    }
  }
  for (const documentId of pieces.keys()) {
    if (!seen.has(documentId)) report({ kind: 'unexpected-piece', documentId, explanation: 'nothing is booked for this letter' });
  }
}
