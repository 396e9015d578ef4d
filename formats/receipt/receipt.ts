import { writeNumberCell, writeTextCell } from '../csv/write-cell.ts';
import { describeFinding, type Finding } from '#engine/finding.ts';
import type { Severity } from '#engine/findings/declaration.ts';
import type { Language } from '#engine/language.ts';
import { formatAmount, type Minor } from '#engine/money.ts';
import {
  receiptOutcomes,
  receivedIn,
  type Receipt,
  type ReceiptCount,
  type ReceiptFile,
  type ReceiptOutcome,
} from '#engine/receipt.ts';
import type { Format } from '#engine/sockets/format.ts';

/**
 * The receipt of a file as JSON for the client's program: amounts as texts with two decimals, findings with message and hint in the client's
 * language. The same receipt gives the same bytes. Throws if the receipt contradicts itself.
 */
export function writeReceiptJson(receipt: Receipt): string {
  checkReceipt(receipt);
  const { file, documents } = receipt;
  const document = {
    bureau: receipt.bureau,
    client: { id: receipt.client, name: receipt.clientName },
    file: { ...file, receivedAt: file.receivedAt.toISOString(), settledAt: file.settledAt.toISOString() },
    currency: receipt.currency,
    received: tally(receivedIn(documents)),
    accepted: tally(documents.accepted),
    rejected: tally(documents.rejected),
    duplicate: tally(documents.duplicate),
    held: tally(documents.held),
    amountsUnknown: receipt.amountsUnknown,
    findingsInAll: receipt.findingsInAll,
    findings: receipt.findings.slice(0, MAX_RECEIPT_FINDINGS).map((item) => findingOf(item, receipt.language)),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

const tally = ({ count, amount }: ReceiptCount) => ({ count, amount: formatAmount(amount) });

function findingOf(item: Finding, language: Language) {
  const { severity, code, rule, document, line, column, field, value } = item;
  return { severity, code, rule, document, line, column, field, value, ...describeFinding(item, language) };
}

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

/** Findings that a receipt lists; the rest are counted. A file with so many has one cause, which the first ones show. */
export const MAX_RECEIPT_FINDINGS = 10_000;

/**
 * Throws if a receipt contradicts itself: in = accepted + rejected + duplicate + held holds by how `receivedIn` sums, but a negative count,
 * more unread amounts than documents or more listed findings than there are would be our mistake, and must not reach a client (IF3).
 */
function checkReceipt(receipt: Receipt): void {
  const received = receivedIn(receipt.documents);
  const { findings, findingsInAll, amountsUnknown } = receipt;
  const counts = [...receiptOutcomes.map((outcome) => receipt.documents[outcome].count), amountsUnknown];
  const empty = receiptOutcomes.find(
    (outcome) => receipt.documents[outcome].count === 0 && receipt.documents[outcome].amount !== 0n,
  );
  const fault =
    (counts.some((count) => !Number.isSafeInteger(count) || count < 0) && 'a count is negative') ||
    (empty !== undefined && `an amount without documents: ${empty}`) ||
    (amountsUnknown > received.count && 'more unread amounts than documents') ||
    (findings.length > findingsInAll && 'more findings listed than there are') ||
    (!/^[0-9a-f]{64}$/.test(receipt.file.sha256) && 'no SHA-256');
  if (fault) throw new Error(`receipt of ${receipt.file.name}: ${fault}`);
}

export const receiptJson: Format = {
  id: 'receipt-json',
  title: 'Receipt of a file, for programs',
  extension: '.json',
  writes: { of: 'receipts', write: writeReceiptJson },
};

export const receiptCsv: Format = {
  id: 'receipt-csv',
  title: 'Receipt of a file, for people',
  extension: '.csv',
  writes: { of: 'receipts', write: writeReceiptCsv },
};

/** Words of the receipt that people read. */
interface ReceiptWords {
  readonly title: string;
  readonly client: string;
  readonly number: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: string;
  readonly receivedAt: string;
  readonly state: string;
  readonly states: Readonly<Record<ReceiptFile['state'], string>>;
  readonly count: string;
  readonly amount: string;
  readonly received: string;
  readonly outcomes: Readonly<Record<ReceiptOutcome, string>>;
  readonly amountsUnknown: string;
  readonly findings: string;
  readonly more: string;
  readonly severities: Readonly<Record<Severity, string>>;
  readonly columns: readonly [
    document: string,
    severity: string,
    code: string,
    rule: string,
    line: string,
    column: string,
    field: string,
    value: string,
    message: string,
    hint: string,
  ];
  readonly decimalMark: ',' | '.';
}

const receiptWords: Readonly<Record<Language, ReceiptWords>> = {
  sv: {
    title: 'Kvittens från',
    client: 'Uppdragsgivare',
    number: 'Löpnummer',
    file: 'Fil',
    sha256: 'SHA-256',
    bytes: 'Byte',
    receivedAt: 'Mottagen (UTC)',
    state: 'Resultat',
    states: {
      booked: 'bokförd',
      rejected: 'avvisad',
      duplicate: 'redan mottagen',
      held: 'väntar',
      quarantined: 'i karantän',
    },
    count: 'Antal',
    amount: 'Belopp',
    received: 'Inkomna',
    outcomes: { accepted: 'Mottagna', rejected: 'Avvisade', duplicate: 'Redan mottagna', held: 'Väntande' },
    amountsUnknown: 'Varav utan läsbart belopp',
    findings: 'Anmärkningar',
    more: 'Fler anmärkningar än de uppräknade; rätta dessa först.',
    severities: { error: 'fel', warning: 'varning' },
    columns: ['Faktura', 'Grad', 'Kod', 'Regel', 'Rad', 'Kolumn', 'Fält', 'Värde', 'Anmärkning', 'Åtgärd'],
    decimalMark: ',',
  },
  en: {
    title: 'Receipt from',
    client: 'Client',
    number: 'Serial number',
    file: 'File',
    sha256: 'SHA-256',
    bytes: 'Bytes',
    receivedAt: 'Received (UTC)',
    state: 'Result',
    states: {
      booked: 'booked',
      rejected: 'rejected',
      duplicate: 'received before',
      held: 'held',
      quarantined: 'in quarantine',
    },
    count: 'Count',
    amount: 'Amount',
    received: 'Received',
    outcomes: { accepted: 'Accepted', rejected: 'Rejected', duplicate: 'Received before', held: 'Held' },
    amountsUnknown: 'Of these without readable amount',
    findings: 'Findings',
    more: 'There are more findings than are listed; correct these first.',
    severities: { error: 'error', warning: 'warning' },
    columns: ['Invoice', 'Severity', 'Code', 'Rule', 'Line', 'Column', 'Field', 'Value', 'Finding', 'What to do'],
    decimalMark: '.',
  },
};
