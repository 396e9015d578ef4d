import { finding } from '#engine/finding.ts';
import { readCountedRows, type CountedForm } from '../csv/counted-rows.ts';
import { controlColumns, readControlRow, type ControlItem } from './read-control-row.ts';

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
