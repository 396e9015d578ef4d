import type { ClaimOrder } from '#engine/claim-act.ts';
import { finding, type Finding } from '#engine/finding.ts';
import type { Minor } from '#engine/money.ts';
import { readCountedRows, type CountedForm } from '../csv/counted-rows.ts';
import { controlColumns, readControlRow } from './read-control-row.ts';

/** One row of a control file: an order, or why it is none. `broken` is the last item: nothing of the file may be carried out. */
export type ControlItem =
  | {
      readonly kind: 'order';
      readonly line: number;
      readonly lastLine: number;
      readonly order: ClaimOrder;
      readonly amount: Minor;
    }
  | {
      readonly kind: 'refusal';
      readonly line: number;
      readonly lastLine: number;
      readonly invoice?: string;
      readonly findings: readonly Finding[];
    }
  | { readonly kind: 'broken'; readonly finding: Finding };

const form: CountedForm = {
  headings: controlColumns,
  codes: {
    headings: 'CTL-HEADINGS',
    closingCount: 'CTL-CLOSING-COUNT',
    noClosingRow: 'CTL-NO-CLOSING-ROW',
    noRows: 'CTL-NO-ROWS',
  },
};

/**
 * Reads a client's control file (styrfil), one order a row. A row that is no order is refused by itself; a file whose form is damaged is
 * refused whole, since nobody knows what is missing.
 */
export async function* readControlFile(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ControlItem> {
  for await (const item of readCountedRows(chunks, form)) {
    if (item.kind === 'late') {
      const facts = { closingLine: String(item.closingLine) };
      yield { kind: 'broken', finding: finding('CTL-AFTER-CLOSING-ROW', { line: item.row.line, facts }) };
      return;
    }
    yield item.kind === 'broken' ? item : readControlRow(item.row);
  }
}
