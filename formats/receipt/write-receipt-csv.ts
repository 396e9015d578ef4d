import { checkReceipt, MAX_RECEIPT_FINDINGS } from './check-receipt.ts';
import { receiptWords, type ReceiptWords } from './receipt-words.ts';
import { writeNumberCell, writeTextCell } from '../csv/write-cell.ts';
import { describeFinding, type Finding } from '#engine/finding.ts';
import type { Language } from '#engine/language.ts';
import { formatAmount, type Minor } from '#engine/money.ts';
import { receiptOutcomes, receivedIn, type Receipt, type ReceiptCount } from '#engine/receipt.ts';

/**
 * The receipt of a file for people: CSV with `;`, CRLF and UTF-8 with byte order mark, which spreadsheets open rightly. A summary by count
 * and amount, then one row per finding. No cell can become a formula (reliability.md IS3). Throws if the receipt contradicts
 * itself.
 */
export function writeReceiptCsv(receipt: Receipt): string {
  checkReceipt(receipt);
  const words = receiptWords[receipt.language];
  const rows = [...summaryRows(receipt, words), [], ...findingRows(receipt, words)];
  return BYTE_ORDER_MARK + rows.map((cells) => `${cells.join(';')}\r\n`).join('');
}

const BYTE_ORDER_MARK = '\uFEFF';

type Row = readonly string[];

function summaryRows(receipt: Receipt, words: ReceiptWords): readonly Row[] {
  const fact = (name: string, value: string): Row => [writeTextCell(name), writeTextCell(value)];
  const end = (name: string, { count, amount }: ReceiptCount): Row => [
    writeTextCell(name),
    writeNumberCell(String(count)),
    amountCell(amount, words),
    writeTextCell(receipt.currency),
  ];
  const { file, documents } = receipt;
  return [
    fact(words.title, receipt.bureau),
    fact(words.client, receipt.clientName),
    fact(words.file, file.name),
    [writeTextCell(words.number), writeNumberCell(String(file.number))],
    fact(words.sha256, file.sha256),
    [writeTextCell(words.bytes), writeNumberCell(String(file.bytes))],
    fact(words.receivedAt, file.receivedAt.toISOString()),
    fact(words.state, words.states[file.state]),
    [],
    [writeTextCell(''), writeTextCell(words.count), writeTextCell(words.amount)],
    end(words.received, receivedIn(documents)),
    ...receiptOutcomes.map((outcome) => end(words.outcomes[outcome], documents[outcome])),
    [writeTextCell(words.amountsUnknown), writeNumberCell(String(receipt.amountsUnknown))],
  ];
}

function findingRows(receipt: Receipt, words: ReceiptWords): readonly Row[] {
  const head: Row = [writeTextCell(words.findings), writeNumberCell(String(receipt.findingsInAll))];
  const listed = receipt.findings.slice(0, MAX_RECEIPT_FINDINGS);
  if (listed.length === 0) return [head];
  const rows = listed.map((item) => findingRow(item, receipt.language, words));
  const more = receipt.findingsInAll > listed.length ? [[writeTextCell(words.more)]] : [];
  return [head, words.columns.map(writeTextCell), ...rows, ...more];
}

function findingRow(item: Finding, language: Language, words: ReceiptWords): Row {
  const { message, hint } = describeFinding(item, language);
  const count = (value: number | undefined): string => (value === undefined ? '' : writeNumberCell(String(value)));
  return [
    writeTextCell(item.document ?? ''),
    writeTextCell(words.severities[item.severity]),
    writeTextCell(item.code),
    writeTextCell(item.rule),
    count(item.line),
    count(item.column),
    writeTextCell(item.field ?? ''),
    writeTextCell(item.value ?? ''),
    writeTextCell(message),
    writeTextCell(hint),
  ];
}

const amountCell = (amount: Minor, words: ReceiptWords): string =>
  writeNumberCell(formatAmount(amount).replace('.', words.decimalMark));
