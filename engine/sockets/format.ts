import type { CsvMapping, Encoding } from '../csv-mapping.ts';
import type { Finding } from '../finding.ts';
import type { Invoice, Seller } from '../invoice.ts';
import type { IsoDate } from '../iso-date.ts';
import type { BankItem } from '../matching/bank-file.ts';
import type { Currency } from '../money.ts';
import type { PaymentFile } from '../settlement/payment-file.ts';
import type { Receipt } from '../receipt.ts';
import type { Countries } from '../rules/rule.ts';
import type { Sender } from '../sender.ts';
import type { PaymentStatusReport } from '../settlement/payment-status.ts';
import type { ReadItem } from '../submission.ts';
import type { Identity } from './country.ts';
import { MissingPartError, plugged } from './plugged.ts';
import type { PaymentParts } from './reference-scheme.ts';

/**
 * A file format: bytes read to the house's own values, or these values written. A reader never throws for what stands in a file: that is a
 * finding. General code asks for a format by its id where an agreement names one, or by what it reads and writes.
 */
export interface Format {
  /** As agreements name it: lower case letters, digits, dots and hyphens. */
  readonly id: string;
  readonly title: string;
  /** Ending of its files' names, with the dot. */
  readonly extension: string;
  /** Versions of it by name, with what the house does with each; absent: it has none. */
  readonly versions?: Readonly<Record<string, VersionState>>;
  readonly reads?: Reader;
  readonly writes?: Writer;
}

/** `certified`: tried on real files; `read`: taken with a warning; `written`: as the receiver wants it. */
export type VersionState = 'certified' | 'read' | 'written';

type Bytes = AsyncIterable<Uint8Array>;

export type Reader = InvoiceReader | ReportReader;

/** Reads what clients send. */
export interface InvoiceReader {
  readonly of: 'invoices';
  /** Those that an agreement may name. */
  readonly encodings: readonly Encoding[];
  /** Its columns mean what an agreement's mapping says. */
  readonly byMapping: boolean;
  readonly read: (chunks: Bytes, terms: InvoiceReading) => AsyncIterable<ReadItem>;
}

/** What an agreement says of the files a client sends. */
export interface InvoiceReading {
  readonly encoding: Encoding;
  /** Present exactly if the format is read by one. */
  readonly mapping?: CsvMapping;
  /** Who issues the documents, for formats that do not say it. */
  readonly issuer?: { readonly seller: Seller; readonly currency: Currency; readonly country: string };
  /** By ISO 3166-1 code, those whose registration numbers are known. */
  readonly countries: Readonly<Record<string, { readonly identity: Pick<Identity, 'readBuyerId'> }>>;
  /** Ids of the channels that a document may ask for. */
  readonly channels: readonly string[];
}

/** Reads what others than clients send, in the encoding that is the format's own. */
export type ReportReader = {
  readonly from: Sender;
  /**
   * Is a file of this format, by its first 4,096 bytes, a character each? Absent: its sender sends nothing else. A file that is of none of its
   * sender's formats goes to the first of them, whose reader says what is wrong with it.
   */
  readonly sniff?: (head: string) => boolean;
} & (
  | { readonly of: 'bank-reports'; readonly read: (chunks: Bytes) => AsyncIterable<BankItem> }
  | { readonly of: 'payment-statuses'; readonly read: (chunks: Bytes) => Promise<PaymentStatusReading> }
  | { readonly of: 'piece-reports'; readonly read: (chunks: Bytes) => AsyncIterable<PieceItem> }
  | { readonly of: 'agency-answers'; readonly read: (chunks: Bytes) => AsyncIterable<AgencyItem> }
);

export type PaymentStatusReading =
  | { readonly kind: 'report'; readonly report: PaymentStatusReport }
  | { readonly kind: 'broken'; readonly finding: Finding };

/** What a print house says of one piece, or why a row says nothing. `broken` is the last item: nothing of the file counts. */
export type PieceItem =
  | { readonly kind: 'status'; readonly status: PieceReport }
  | { readonly kind: 'refusal'; readonly finding: Finding }
  | { readonly kind: 'broken'; readonly finding: Finding };

export interface PieceReport {
  readonly line: number;
  /** As the spool is named: `J0042`. */
  readonly job: string;
  readonly jobNumber: number;
  readonly piece: number;
  readonly status: PieceEvent;
  readonly on: IsoDate;
}

export const pieceEvents = ['dispatched', 'spoiled', 'reprinted', 'returned'] as const;
/**
 * `dispatched`: put into the post; `spoiled`: damaged, to be printed anew; `reprinted`: it was, and its own row `dispatched` follows;
 * `returned`: the post brought it back.
 */
export type PieceEvent = (typeof pieceEvents)[number];

/** What an agency says of one case, or why a row says nothing. `broken` is the last item: nothing of the file counts. */
export type AgencyItem =
  | { readonly kind: 'answer'; readonly answer: AgencyAnswer }
  | { readonly kind: 'refusal'; readonly line: number; readonly finding: Finding }
  | { readonly kind: 'broken'; readonly finding: Finding };

export interface AgencyAnswer {
  readonly line: number;
  readonly client: string;
  readonly case: number;
  readonly status: AgencyStatus;
  /** The agency's own number of the case. */
  readonly reference?: string;
  readonly reason?: string;
}

export const agencyStatuses = ['accepted', 'rejected', 'closed'] as const;
export type AgencyStatus = (typeof agencyStatuses)[number];

export type Writer =
  | InvoiceWriter
  | PaymentWriter
  /** Of a file that came in, for the one who sent it. */
  | { readonly of: 'receipts'; readonly write: (receipt: Receipt) => string };

export interface InvoiceWriter {
  readonly of: 'invoices';
  /** Every term, the same bytes each time. Nothing is checked. */
  readonly write: (invoice: Invoice) => string;
  /** What was written, read again: differences from the invoice, and rules of the receivers that it breaks. Absent: there is no reader of it. */
  readonly recheck?: (text: string, invoice: Invoice, countries: Countries) => readonly Finding[];
  /** Codes of findings of the recheck that say that a term was lost in writing. */
  readonly lost?: readonly string[];
}

export interface PaymentWriter {
  readonly of: 'payments';
  /** What the bank would refuse; the days on which it pays are asked of the caller. */
  readonly check: (file: PaymentFile, parts: PaymentParts, isBankDay: (date: IsoDate) => boolean) => readonly Finding[];
  /** The same bytes each time; throws for a version that the format has not, and for a file that was not checked. */
  readonly write: (file: PaymentFile, terms: { readonly version: string; readonly parts: PaymentParts }) => string;
}

/** What is plugged in, as far as formats go. */
export interface WithFormats {
  readonly formats: Readonly<Record<string, Format>>;
}

/** The format that an agreement names. Throws a MissingPartError where it is no longer plugged in. */
export const formatOf = ({ formats }: WithFormats, id: string): Format => plugged(formats, 'format', id);

type ReaderOf<Of extends Reader['of']> = Extract<Reader, { readonly of: Of }>;
type WriterOf<Of extends Writer['of']> = Extract<Writer, { readonly of: Of }>;
export type Reading<Of extends Reader['of']> = Format & { readonly reads: ReaderOf<Of> };
export type Writing<Of extends Writer['of']> = Format & { readonly writes: WriterOf<Of> };

/** Every format that reads such values, in the order in which they are plugged in. */
export const formatsReading = <Of extends Reader['of']>({ formats }: WithFormats, of: Of): readonly Reading<Of>[] =>
  Object.values(formats).filter((format): format is Reading<Of> => format.reads?.of === of);

/** Every format that writes such values, in the order in which they are plugged in. */
export const formatsWriting = <Of extends Writer['of']>({ formats }: WithFormats, of: Of): readonly Writing<Of>[] =>
  Object.values(formats).filter((format): format is Writing<Of> => format.writes?.of === of);

/** The reader of an agreement's invoices. Throws a MissingPartError where the format is gone or reads none. */
export function invoiceReader(parts: WithFormats, id: string): InvoiceReader {
  const { reads } = formatOf(parts, id);
  if (reads?.of !== 'invoices') throw new MissingPartError(`reader of invoices for format ${id}`);
  return reads;
}

/** Which of its sender's formats a file is of, by its beginning. Throws a MissingPartError for a sender of whom nothing is read. */
export function formatSent(parts: WithFormats, sender: Sender, head: string): ReportReader {
  const known = Object.values(parts.formats).flatMap(({ reads }) =>
    reads && 'from' in reads && reads.from === sender ? [reads] : [],
  );
  const found = known.find(({ sniff }) => sniff?.(head) === true) ?? known[0];
  if (found === undefined) throw new MissingPartError(`format of files from ${sender}`);
  return found;
}
