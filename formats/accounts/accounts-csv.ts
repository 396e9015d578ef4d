import { formatAmount, type Minor } from '#engine/money.ts';
import { type Statement, ageBuckets, type Ageing, type AgeSums } from '#engine/claims/receivable.ts';
import { writeNumberCell, writeTextCell } from '../csv/write-cell.ts';
import { components } from '#engine/amounts.ts';
import type { Settlement, SettlementReceipt } from '#engine/settlement/statement.ts';

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

/**
 * A settlement as the client's accounting reads it: UTF-8 with byte order mark, semicolons, CRLF, amounts with a decimal comma; one row a movement,
 * signed as it changes what the bureau owes the client, `OPENING` first and `CLOSING` last. The amounts before `CLOSING` add up to it.
 */
export function writeSettlementCsv(settlement: Settlement): string {
  const rows = [HEADINGS.map(writeTextCell), ...movementsOf(settlement).map(rowOf)];
  return `\uFEFF${rows.map((cells) => cells.join(';')).join('\r\n')}\r\n`;
}

const HEADINGS = [
  'kind',
  'date',
  'invoice',
  'debtor',
  'component',
  'count',
  'price',
  'amount',
  'currency',
  'settlement',
] as const;

interface Movement {
  readonly kind: 'OPENING' | 'RECEIVED' | 'RETURNED' | 'RESTORED' | 'FEE' | 'VAT' | 'PAYOUT' | 'CLOSING';
  readonly date: string;
  readonly invoice?: string;
  readonly debtor?: string;
  /** Of a receipt what it paid; of a fee its kind; of a return its cause. */
  readonly component?: string;
  readonly count?: number;
  readonly price?: Minor | undefined;
  readonly amount: Minor;
  readonly settlement: Settlement;
}

function movementsOf(settlement: Settlement): readonly Movement[] {
  const { date, received, returned, restored, fees } = settlement;
  const base = { settlement, date };
  return [
    { ...base, kind: 'OPENING', amount: settlement.openingAmount },
    ...received.flatMap((receipt) => receiptRows(receipt, settlement)),
    ...returned.map((item): Movement => ({
      settlement,
      kind: 'RETURNED',
      date: item.bookedOn,
      invoice: item.invoiceNumber ?? '',
      component: item.reason,
      amount: -item.amount,
    })),
    ...restored.map((item): Movement => ({
      settlement,
      kind: 'RESTORED',
      date: item.bookedOn,
      component: item.settlementNumber,
      amount: item.amount,
    })),
    ...fees.map((fee): Movement => ({
      ...base,
      kind: 'FEE',
      component: fee.feeKind,
      count: fee.count,
      price: fee.priceAmount,
      amount: -fee.amount,
    })),
    ...(settlement.vatAmount === 0n ? [] : [{ ...base, kind: 'VAT', amount: -settlement.vatAmount } as const]),
    ...(settlement.payoutAmount === 0n ? [] : [{ ...base, kind: 'PAYOUT', amount: -settlement.payoutAmount } as const]),
    { ...base, kind: 'CLOSING', amount: settlement.closingAmount },
  ];
}

const receiptRows = (receipt: SettlementReceipt, settlement: Settlement): readonly Movement[] =>
  components
    .map((component): Movement => ({
      settlement,
      kind: 'RECEIVED',
      date: receipt.bookedOn,
      invoice: receipt.invoiceNumber,
      debtor: receipt.debtorName,
      component,
      amount: receipt[`${component}Amount`],
    }))
    .filter(({ amount }) => amount !== 0n);

function rowOf({ kind, date, invoice, debtor, component, count, price, amount, settlement }: Movement): readonly string[] {
  return [
    writeTextCell(kind),
    writeTextCell(date),
    writeTextCell(invoice ?? ''),
    writeTextCell(debtor ?? ''),
    writeTextCell(component ?? ''),
    count === undefined ? '' : writeNumberCell(String(count)),
    price === undefined ? '' : amountCell(price),
    amountCell(amount),
    writeTextCell(settlement.currency),
    writeTextCell(settlement.number),
  ];
}

const amountCell = (amount: Minor): string => writeNumberCell(formatAmount(amount).replace('.', ','));
