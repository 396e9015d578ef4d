import { formatAmount } from '#engine/money.ts';
import type { Statement } from '#engine/claims/receivable.ts';
import { writeNumberCell, writeTextCell } from '../csv/write-cell.ts';

const headings = ['date', 'kind', 'invoice', 'component', 'payment', 'valueDate', 'other', 'amount', 'balance', 'currency'];

/** Statements as CSV for people and spreadsheets: a row per line of each, semicolons, safe cells. */
export const writeStatementCsv = (statements: readonly Statement[]): string =>
  [headings.map(writeTextCell).join(';'), ...statements.flatMap(rowsOf)].map((row) => `${row}\r\n`).join('');

const rowsOf = ({ lines, currency }: Statement): readonly string[] =>
  lines.map((line) =>
    [
      writeTextCell(line.date),
      writeTextCell(line.kind),
      writeTextCell(line.invoice ?? ''),
      writeTextCell(line.component),
      writeTextCell(line.payment?.toString() ?? ''),
      writeTextCell(line.valueDate ?? ''),
      writeTextCell(line.other ?? ''),
      writeNumberCell(formatAmount(line.amount)),
      writeNumberCell(formatAmount(line.balanceAmount)),
      writeTextCell(currency),
    ].join(';'),
  );
