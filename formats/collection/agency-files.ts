import type { CollectionCase, CollectionChange } from '#engine/claims/collection-case.ts';
import { toJson } from '#engine/invoice-json.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import { sum } from '#engine/money.ts';
import { finding } from '#engine/finding.ts';
import { agencyStatuses, type AgencyAnswer, type AgencyItem, type Format } from '#engine/sockets/format.ts';
import { readCountedRows, type CountedForm, type CountedItem } from '../csv/counted-rows.ts';

/** Raised when a field changes its meaning or goes; new ones may come without. */
const FORMAT_VERSION = 1;

interface FileHead {
  readonly client: string;
  /** The bureau's id of the run that made the file. */
  readonly run: string;
  readonly date: IsoDate;
}

/** Cases handed over by one run to the agency (formats/collection/README.md). UTF-8 JSON, amounts as text, with count and sum to check. */
export const writeCaseFile = (head: FileHead, cases: readonly CollectionCase[]): string =>
  `${toJson(
    {
      format: 'kuvert-collection-cases',
      version: FORMAT_VERSION,
      ...head,
      count: cases.length,
      totalAmount: sum(cases.map((item) => item.totalAmount)),
      cases,
    },
    2,
  )}\n`;

/** What became of cases since they were handed over (formats/collection/README.md). */
export const writeChangeFile = (head: FileHead, changes: readonly CollectionChange[]): string =>
  `${toJson(
    {
      format: 'kuvert-collection-changes',
      version: FORMAT_VERSION,
      ...head,
      count: changes.length,
      totalAmount: sum(changes.map((item) => item.amount)),
      changes,
    },
    2,
  )}\n`;

const form: CountedForm = {
  headings: ['client', 'case', 'status', 'reference', 'reason'],
  codes: { headings: 'AGENCY-HEADINGS', closingCount: 'AGENCY-CLOSING-COUNT', noClosingRow: 'AGENCY-NO-CLOSING-ROW' },
};

/** Reads an agency's receipt (formats/collection/README.md). A row that says nothing is refused by itself; a cut file counts for nothing. */
export async function* readAgencyReceipt(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<AgencyItem> {
  for await (const item of readCountedRows(chunks, form)) yield item.kind === 'broken' ? item : itemOf(item);
}

function itemOf({ kind, row: { cells, line } }: Exclude<CountedItem, { readonly kind: 'broken' }>): AgencyItem {
  const answer = kind === 'row' ? answerOf(cells, line) : undefined;
  if (answer) return { kind: 'answer', answer };
  return { kind: 'refusal', line, finding: finding('AGENCY-ROW', { line, value: cells.join(';') }) };
}

/** Digits of a case number. */
const CASE = /^[1-9]\d{0,8}$/;

function answerOf(cells: readonly string[], line: number): AgencyAnswer | undefined {
  const [client = '', number = '', status = '', reference = '', reason = ''] = cells;
  const known = agencyStatuses.find((item) => item === status);
  if (client === '' || !CASE.test(number) || known === undefined || (known === 'rejected' && reason === '')) return undefined;
  return {
    line,
    client,
    case: Number.parseInt(number, 10),
    status: known,
    ...(reference === '' ? {} : { reference }),
    ...(reason === '' ? {} : { reason }),
  };
}

export const agencyReceipt: Format = {
  id: 'agency-receipt',
  title: "A collection agency's answers to cases handed over, as CSV",
  extension: '.csv',
  reads: { of: 'agency-answers', from: 'collection-agency', read: readAgencyReceipt },
};
