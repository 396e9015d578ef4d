/** Fields that a CSV column may fill. The first list is per document (repeated on each of its rows), the second per line. */
export const csvDocumentFields = [
  'number',
  'kind',
  'issueDate',
  'dueDate',
  'currency',
  'buyerReference',
  'orderReference',
  'contractReference',
  'projectReference',
  'buyerAccountingReference',
  'note',
  'periodStart',
  'periodEnd',
  'deliveryDate',
  'precedingNumber',
  'precedingIssueDate',
  'paymentReference',
  'paymentTerms',
  'statedNetAmount',
  'statedVatAmount',
  'roundingAmount',
  'statedPayableAmount',
  'debtorNumber',
  'debtorClass',
  'mode',
  'channel',
  'language',
  'buyerName',
  'buyerLegalId',
  'buyerVatId',
  'buyerEndpoint',
  'buyerLine1',
  'buyerLine2',
  'buyerLine3',
  'buyerPostcode',
  'buyerCity',
  'buyerCountry',
  'buyerContactName',
  'buyerEmail',
  'buyerTelephone',
] as const;
export const csvLineFields = [
  'lineId',
  'lineName',
  'lineDescription',
  'lineNote',
  'lineQuantity',
  'lineUnit',
  'linePrice',
  'lineNetAmount',
  'lineVatCategory',
  'lineVatRate',
  'linePeriodStart',
  'linePeriodEnd',
  'lineItemId',
] as const;
export type CsvField = (typeof csvDocumentFields)[number] | (typeof csvLineFields)[number];

export const encodings = ['utf-8', 'iso-8859-1', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

export const csvDateFormats = ['YYYY-MM-DD', 'YYYYMMDD', 'YYMMDD', 'DD.MM.YYYY', 'DD/MM/YYYY'] as const;
export type CsvDateFormat = (typeof csvDateFormats)[number];

/** A client's CSV layout as data: one row per document line, rows of one document consecutive. A new layout needs no code. */
export interface CsvMapping {
  readonly delimiter: ';' | ',' | '\t' | '|';
  readonly quote: '"' | 'none';
  readonly decimalMark: ',' | '.';
  readonly thousandsMark: ' ' | '.' | ',' | 'none';
  readonly dateFormat: CsvDateFormat;
  /** `headings`: the first row names the columns and `columns` holds headings; `positions`: no heading row, numbers from 1. */
  readonly columnsBy: 'headings' | 'positions';
  readonly columns: Readonly<Partial<Record<CsvField, string | number>>>;
  /** Values for fields that the file does not carry. */
  readonly constants: Readonly<Partial<Record<CsvField, string>>>;
  /** Per field: the file's value → ours, such as unit `st` → `C62`. A field with a table refuses values outside it. */
  readonly values: Readonly<Partial<Record<CsvField, Readonly<Record<string, string>>>>>;
  /** The reason of VAT exemption (BT-120) per VAT category code, such as `E`: the section of the law that the document refers to (ML 17:24). */
  readonly exemptionReasons?: Readonly<Record<string, string>>;
  /** Columns the file may carry that nobody reads; any other unknown heading is a finding. */
  readonly ignoredColumns: readonly string[];
  /** How the file proves that it is whole: a closing row `marker;documents;sum`, or its last newline. */
  readonly ending:
    | { readonly kind: 'trailer'; readonly marker: string; readonly documentsPosition: number; readonly payablePosition: number }
    | { readonly kind: 'newline' };
}
