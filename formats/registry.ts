import { encodings, type Encoding } from '#engine/csv-mapping.ts';

/** A file format of the house, for lists and for the choice of a reader or writer by name. */
export interface Format {
  readonly id: FormatId;
  readonly title: string;
  readonly reads: boolean;
  readonly writes: boolean;
  /** Encodings that an agreement may name for files that are read. */
  readonly encodings: readonly Encoding[];
  /** Ending of its files' names, with the dot. */
  readonly extension: string;
}

export type FormatId = 'csv' | 'peppol' | 'canonical-json' | 'receipt-json' | 'receipt-csv';

/** Every format of the house. */
export const formats: readonly Format[] = [
  {
    id: 'csv',
    title: 'Invoice rows as CSV, by the mapping of the agreement',
    reads: true,
    writes: false,
    encodings,
    extension: '.csv',
  },
  {
    id: 'peppol',
    title: 'Peppol BIS Billing 3.0 (UBL 2.1 Invoice and CreditNote, with or without SBDH)',
    reads: true,
    writes: true,
    encodings,
    extension: '.xml',
  },
  {
    id: 'canonical-json',
    title: 'Canonical invoices and findings, one JSON object a line',
    reads: false,
    writes: true,
    encodings: [],
    extension: '.jsonl',
  },
  { id: 'receipt-json', title: 'Receipt of a file, for programs', reads: false, writes: true, encodings: [], extension: '.json' },
  { id: 'receipt-csv', title: 'Receipt of a file, for people', reads: false, writes: true, encodings: [], extension: '.csv' },
];
