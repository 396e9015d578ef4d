import { formatAmount, type Minor } from '#engine/money.ts';
import { type Statement, ageBuckets, type Ageing, type AgeSums } from '#engine/claims/receivable.ts';
import { writeNumberCell, writeTextCell } from '../csv/write-cell.ts';

const statementHeadings = [
  'date',
  'kind',
  'invoice',
  'component',
  'payment',
  'valueDate',
  'other',
  'amount',
  'balance',
  'currency',
];

/** Statements as CSV for people and spreadsheets: a row per line of each, semicolons, safe cells. */
export const writeStatementCsv = (statements: readonly Statement[]): string =>
  [statementHeadings.map(writeTextCell).join(';'), ...statements.flatMap(statementRows)].map((row) => `${row}\r\n`).join('');

const statementRows = ({ lines, currency }: Statement): readonly string[] =>
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

const ageingHeadings = ['debtor', 'name', ...ageBuckets, 'total', 'currency'];

/** Ageing lists as CSV: a row per debtor, and one with the sum of each list under the debtor `TOTAL`. */
export const writeAgeingCsv = (lists: readonly Ageing[]): string =>
  [ageingHeadings.map(writeTextCell).join(';'), ...lists.flatMap(ageingRows)].map((row) => `${row}\r\n`).join('');

interface SumRow {
  readonly debtor: string;
  readonly name: string;
  readonly sums: AgeSums;
  readonly totalAmount: Minor;
}

const ageingRows = ({ rows, currency, ...all }: Ageing): readonly string[] =>
  [...rows, { ...all, debtor: 'TOTAL', name: '' }].map((row) => writeRow(row, currency));

const writeRow = ({ debtor, name, sums, totalAmount }: SumRow, currency: string): string =>
  [
    writeTextCell(debtor),
    writeTextCell(name),
    ...[...ageBuckets.map((bucket) => sums[bucket]), totalAmount].map((amount) => writeNumberCell(formatAmount(amount))),
    writeTextCell(currency),
  ].join(';');
