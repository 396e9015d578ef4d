import { sweden } from '#engine/countries/se/sweden.ts';
import type { CsvMapping, Encoding } from '#engine/csv-mapping.ts';
import type { ReadItem } from '#engine/submission.ts';
import { readCsvInvoices, type CsvFileContext } from '#formats/csv/read-csv-invoices.ts';
import { chunksOf } from '../chunks.ts';

/** A layout with every kind of field, and headings that are not our words. */
export const sampleMapping: CsvMapping = {
  delimiter: ';',
  quote: '"',
  decimalMark: ',',
  thousandsMark: ' ',
  dateFormat: 'YYYY-MM-DD',
  columnsBy: 'headings',
  columns: {
    number: 'Fakturanr',
    kind: 'Typ',
    issueDate: 'Datum',
    dueDate: 'Förfaller',
    precedingNumber: 'Avser',
    debtorNumber: 'Kundnr',
    buyerName: 'Namn',
    buyerLegalId: 'Orgnr',
    buyerLine1: 'Gata',
    buyerPostcode: 'Postnr',
    buyerCity: 'Ort',
    lineName: 'Benämning',
    lineQuantity: 'Antal',
    lineUnit: 'Enhet',
    linePrice: 'À-pris',
    lineNetAmount: 'Radbelopp',
    lineVatRate: 'Moms',
    lineVatCategory: 'Momskod',
    roundingAmount: 'Avrundning',
    statedPayableAmount: 'Att betala',
  },
  constants: { paymentTerms: '30 dagar netto' },
  values: { lineUnit: { st: 'C62', tim: 'HUR' }, kind: { F: 'invoice', K: 'creditNote' } },
  exemptionReasons: { E: 'ML 10 kap. 14 §' },
  ignoredColumns: ['Intern'],
  ending: { kind: 'newline' },
};

export const headings =
  'Fakturanr;Typ;Datum;Förfaller;Avser;Kundnr;Namn;Orgnr;Gata;Postnr;Ort;Benämning;Antal;Enhet;À-pris;Radbelopp;Moms;Momskod;Avrundning;Att betala';

/** A row as cells by heading, with sound values where nothing else is said. */
export function row(cells: Readonly<Record<string, string>> = {}): string {
  const sound: Record<string, string> = {
    Fakturanr: '1001',
    Datum: '2026-11-02',
    Förfaller: '2026-12-02',
    Kundnr: '77',
    Namn: 'Åsa Berg',
    Gata: 'Storgatan 1',
    Postnr: '111 22',
    Ort: 'Storstad',
    Benämning: 'Städning',
    Antal: '2',
    Enhet: 'tim',
    'À-pris': '400',
    Moms: '25',
    ...cells,
  };
  return headings
    .split(';')
    .map((heading) => sound[heading] ?? '')
    .join(';');
}

/** A file of rows under the headings, each ended. */
export const file = (...rows: readonly string[]): string => [headings, ...rows, ''].join('\r\n');

export const sampleContext: CsvFileContext = {
  mapping: sampleMapping,
  encoding: 'utf-8',
  currency: 'SEK',
  channels: ['print', 'einvoice'],
  country: 'SE',
  countries: { SE: sweden },
  seller: {
    name: 'Gröna Dalens Städ AB',
    identifiers: [],
    legalId: { id: '5560004615', scheme: '0007' },
    vatId: 'SE556000461501',
    address: { line1: 'Dalvägen 3', postcode: '111 11', city: 'Storstad', country: 'SE' },
  },
};

export interface ReadOptions {
  readonly mapping?: Partial<CsvMapping>;
  readonly encoding?: Encoding;
  readonly chunk?: number;
}

/** Everything that a file gives. */
export const read = (content: string | Uint8Array, { mapping, encoding, chunk }: ReadOptions = {}): Promise<ReadItem[]> =>
  Array.fromAsync(
    readCsvInvoices(chunksOf(content, chunk), {
      ...sampleContext,
      mapping: { ...sampleMapping, ...mapping },
      encoding: encoding ?? 'utf-8',
    }),
  );

/** What became of a file, in short: the number of each document, or its refusal's codes, or the code that broke the file. */
export const outcome = (items: readonly ReadItem[]): readonly string[] =>
  items.map((item) => {
    if (item.kind === 'broken') return `broken ${item.finding.code} line ${item.finding.line ?? '-'}`;
    if (item.kind === 'submission') return item.submission.invoice.number;
    return `${item.refusal.number ?? '-'} refused ${item.refusal.findings.map((one) => one.code).join(' ')}`;
  });
