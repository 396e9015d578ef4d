import { ageBuckets, type Ageing, type AgeSums } from '#engine/claims/receivable.ts';
import { formatAmount, type Minor } from '#engine/money.ts';
import { writeNumberCell, writeTextCell } from '../csv/write-cell.ts';

const headings = ['debtor', 'name', ...ageBuckets, 'total', 'currency'];

/** Ageing lists as CSV: a row per debtor, and one with the sum of each list under the debtor `TOTAL`. */
export const writeAgeingCsv = (lists: readonly Ageing[]): string =>
  [headings.map(writeTextCell).join(';'), ...lists.flatMap(rowsOf)].map((row) => `${row}\r\n`).join('');

interface SumRow {
  readonly debtor: string;
  readonly name: string;
  readonly sums: AgeSums;
  readonly totalAmount: Minor;
}

const rowsOf = ({ rows, currency, ...all }: Ageing): readonly string[] =>
  [...rows, { ...all, debtor: 'TOTAL', name: '' }].map((row) => writeRow(row, currency));

const writeRow = ({ debtor, name, sums, totalAmount }: SumRow, currency: string): string =>
  [
    writeTextCell(debtor),
    writeTextCell(name),
    ...[...ageBuckets.map((bucket) => sums[bucket]), totalAmount].map((amount) => writeNumberCell(formatAmount(amount))),
    writeTextCell(currency),
  ].join(';');
