import Papa from 'papaparse';
import { describeFinding } from '#engine/finding.ts';
import type { Language } from '#engine/language.ts';
import { formatAmount } from '#engine/money.ts';
import { receiptOutcomes, receivedIn, type Receipt, type ReceiptCount } from '#engine/receipt.ts';

/** A spreadsheet opens a file that begins with this as UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';
/** Cells a spreadsheet would take for a formula, plain numbers excepted (IS3): they get an apostrophe before them. */
const FORMULA = /^(?!-?\d+(?:,\d+)?$)[=+\-@\t\r]/;

/** The receipt for people: CSV for a spreadsheet, the equation first, then one row per finding, in the receiver's language. */
export function writeReceiptCsv(receipt: Receipt): string {
  const words = texts[receipt.language];
  const { file, documents } = receipt;
  const counted = (word: string, { count, amount }: ReceiptCount): string[] => [
    word,
    String(count),
    amountText(amount),
    receipt.currency,
  ];
  const rows: string[][] = [
    [words.title, receipt.bureau],
    [words.client, receipt.clientName],
    [words.file, String(file.number), file.name],
    [words.sha256, file.sha256],
    [words.bytes, String(file.bytes)],
    [words.received, file.receivedAt.toISOString()],
    [words.state, words.states[file.state]],
    [],
    [words.documents, words.count, words.amount, words.currency],
    counted(words.in, receivedIn(documents)),
    ...receiptOutcomes.map((outcome) => counted(words[outcome], documents[outcome])),
    ...(receipt.amountsUnknown === 0 ? [] : [[words.amountsUnknown, String(receipt.amountsUnknown)]]),
    [],
    [...words.findingColumns],
    ...receipt.findings.map((item) => {
      const { message, hint } = describeFinding(item, receipt.language);
      return [
        words.severities[item.severity],
        numberText(item.line),
        numberText(item.column),
        item.field ?? '',
        item.document ?? '',
        item.value ?? '',
        item.code,
        item.rule,
        message,
        hint,
      ];
    }),
    ...(receipt.findingsInAll > receipt.findings.length ? [[words.more(receipt.findingsInAll - receipt.findings.length)]] : []),
  ];
  const csv = Papa.unparse(rows, { delimiter: ';', newline: '\r\n', quotes: false, escapeFormulae: FORMULA });
  return `${BYTE_ORDER_MARK}${csv}\r\n`;
}

const amountText = (amount: bigint): string => formatAmount(amount).replace('.', ',');
const numberText = (value: number | undefined): string => (value === undefined ? '' : String(value));

interface ReceiptWords extends Record<'in' | (typeof receiptOutcomes)[number], string> {
  readonly title: string;
  readonly client: string;
  readonly file: string;
  readonly sha256: string;
  readonly bytes: string;
  readonly received: string;
  readonly state: string;
  readonly states: Readonly<Record<Receipt['file']['state'], string>>;
  readonly documents: string;
  readonly count: string;
  readonly amount: string;
  readonly currency: string;
  readonly amountsUnknown: string;
  readonly severities: Readonly<Record<'error' | 'warning', string>>;
  readonly findingColumns: readonly string[];
  readonly more: (count: number) => string;
}

const texts: Readonly<Record<Language, ReceiptWords>> = {
  sv: {
    title: 'Kvittens från',
    client: 'Uppdragsgivare',
    file: 'Fil',
    sha256: 'SHA-256',
    bytes: 'Byte',
    received: 'Mottagen (UTC)',
    state: 'Status',
    states: {
      booked: 'bokförd',
      rejected: 'avvisad',
      duplicate: 'dubblett, inget bokfört',
      held: 'parkerad',
      quarantined: 'i karantän',
    },
    documents: 'Fakturor',
    count: 'Antal',
    amount: 'Belopp',
    currency: 'Valuta',
    in: 'In',
    accepted: 'Godkända',
    rejected: 'Avvisade',
    duplicate: 'Dubbletter',
    held: 'Parkerade',
    amountsUnknown: 'Varav utan läsbart belopp',
    severities: { error: 'fel', warning: 'varning' },
    findingColumns: ['Slag', 'Rad', 'Kolumn', 'Fält', 'Faktura', 'Värde', 'Kod', 'Regel', 'Anmärkning', 'Åtgärd'],
    more: (count) => `… och ${count} anmärkningar till`,
  },
  en: {
    title: 'Receipt from',
    client: 'Client',
    file: 'File',
    sha256: 'SHA-256',
    bytes: 'Bytes',
    received: 'Received (UTC)',
    state: 'State',
    states: {
      booked: 'booked',
      rejected: 'rejected',
      duplicate: 'duplicate, nothing booked',
      held: 'held',
      quarantined: 'in quarantine',
    },
    documents: 'Invoices',
    count: 'Count',
    amount: 'Amount',
    currency: 'Currency',
    in: 'In',
    accepted: 'Accepted',
    rejected: 'Rejected',
    duplicate: 'Duplicate',
    held: 'Held',
    amountsUnknown: 'Of which without a readable amount',
    severities: { error: 'error', warning: 'warning' },
    findingColumns: ['Kind', 'Line', 'Column', 'Field', 'Invoice', 'Value', 'Code', 'Rule', 'Finding', 'Remedy'],
    more: (count) => `… and ${count} more findings`,
  },
};
