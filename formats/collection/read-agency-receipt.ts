import { finding, type Finding } from '#engine/finding.ts';
import { readRows, type CsvRow } from '../csv/read-rows.ts';
import { decodeText } from '../text/decode.ts';

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

const agencyStatuses = ['accepted', 'rejected', 'closed'] as const;
export type AgencyStatus = (typeof agencyStatuses)[number];

/** Bytes of a receipt: a row for each of a million cases. */
const MAX_RECEIPT_BYTES = 100 * 1024 * 1024;
const HEADINGS = 'client;case;status;reference;reason';
const CLOSING = 'END';

/** Reads an agency's receipt (formats/collection/README.md). A row that says nothing is refused by itself; a cut file counts for nothing. */
export async function* readAgencyReceipt(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<AgencyItem> {
  const file: FileState = { headed: false, rows: 0, closed: false };
  const texts = decodeText(chunks, { encoding: 'utf-8', maxBytes: MAX_RECEIPT_BYTES });
  for await (const block of readRows(texts, { delimiter: ';', quote: '"' })) {
    if (block.kind === 'broken') {
      yield block;
      return;
    }
    if (block.kind !== 'rows') {
      if (!file.closed) yield { kind: 'broken', finding: finding('AGENCY-NO-CLOSING-ROW', { line: block.lastLine }) };
      return;
    }
    for (const row of block.rows) {
      const item = takeRow(file, row);
      if (item) yield item;
      if (item?.kind === 'broken') return;
    }
  }
}

interface FileState {
  headed: boolean;
  rows: number;
  closed: boolean;
}

function takeRow(file: FileState, { cells, line }: CsvRow): AgencyItem | undefined {
  const trimmed = cells.map((cell) => cell.trim());
  if (!file.headed) {
    file.headed = true;
    const value = trimmed.join(';');
    return value === HEADINGS ? undefined : { kind: 'broken', finding: finding('AGENCY-HEADINGS', { line, value }) };
  }
  if (trimmed[0] === CLOSING && !file.closed) {
    file.closed = true;
    const stated = trimmed[1] ?? '';
    if (stated === String(file.rows)) return undefined;
    return {
      kind: 'broken',
      finding: finding('AGENCY-CLOSING-COUNT', { line, value: stated, facts: { counted: String(file.rows) } }),
    };
  }
  file.rows += 1;
  const answer = file.closed ? undefined : answerOf(trimmed, line);
  if (answer) return { kind: 'answer', answer };
  return { kind: 'refusal', line, finding: finding('AGENCY-ROW', { line, value: trimmed.join(';') }) };
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
