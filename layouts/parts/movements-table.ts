import type { Component, Amounts } from '#engine/amounts.ts';
import { sumOfComponents } from '#engine/amounts.ts';
import type { Settlement, SettlementReceipt, SettlementFee } from '#engine/settlement/statement.ts';
import { type Minor, sum } from '#engine/money.ts';
import { horizontalRule, type Drawing, type Fact } from '../page/drawing.ts';
import type { SettlementTexts } from '../texts/settlement-texts.ts';
import { type Figure, type FigureColumn, figureColumns, figureLabels, figures, figuresLeftMm } from './figure-columns.ts';
import { headingRow, type Block, type PartContext, leading, type, type TableRow } from './flow.ts';
import { printAmount, printMoney, printPercent } from '../texts/figures.ts';

/** Everything that came and went in the period, one row each, with a running sum and the total of each column. */
export interface MovementsTable {
  readonly heading: Block;
  readonly rows: readonly TableRow[];
  readonly total: Block;
}

interface Movement {
  readonly bookedOn: string;
  readonly invoiceNumber: string;
  readonly what: string;
  readonly components?: Amounts;
  readonly amount: Minor;
}

const DATE_MM = 20;
const NUMBER_MM = 26;
/** Room for the debtor's name; figures are made smaller before it is. */
const WHAT_MM = 30;
const ROW_MM = leading.row + 1;

export function movementsTable(context: PartContext, texts: SettlementTexts, settlement: Settlement): MovementsTable {
  const movements = movementsOf(texts, settlement);
  const { left, right } = context.frame.content;
  const columns = figureColumns(context, wantedFigures(texts, movements), right - left - DATE_MM - NUMBER_MM - WHAT_MM);
  let runningAmount = 0n;
  return {
    heading: heading(context, texts, columns),
    rows: movements.map((movement) => {
      runningAmount += movement.amount;
      return { blocks: [movementRow(context, columns, movement)], runningAmount };
    }),
    total: totalRow(context, texts, columns, movements),
  };
}

function movementsOf(texts: SettlementTexts, { received, returned, restored }: Settlement): readonly Movement[] {
  const all = [
    ...received.map(receiptMovement),
    ...returned.map(({ bookedOn, reason, invoiceNumber = '', amount }) => ({
      bookedOn,
      invoiceNumber,
      what: texts.returned[reason],
      amount: -amount,
    })),
    ...restored.map(({ bookedOn, settlementNumber, amount }) => ({
      bookedOn,
      invoiceNumber: '',
      what: texts.restored(settlementNumber),
      amount,
    })),
  ];
  return all.toSorted((a, b) => (a.bookedOn < b.bookedOn ? -1 : a.bookedOn > b.bookedOn ? 1 : 0));
}

const receiptMovement = (receipt: SettlementReceipt): Movement => ({
  bookedOn: receipt.bookedOn,
  invoiceNumber: receipt.invoiceNumber,
  what: receipt.debtorName,
  components: {
    principal: receipt.principalAmount,
    interest: receipt.interestAmount,
    reminderFee: receipt.reminderFeeAmount,
    collectionFee: receipt.collectionFeeAmount,
    compensation: receipt.compensationAmount,
  },
  amount: sumOfComponents(receipt),
});

function wantedFigures(texts: SettlementTexts, movements: readonly Movement[]): readonly Figure<Movement>[] {
  const used = (Object.keys(texts.components) as Component[]).filter((component) =>
    movements.some(({ components }) => components !== undefined && components[component] !== 0n),
  );
  const byComponent = used.map((component) => ({
    label: texts.components[component],
    // An empty cell is easier to pass over than a row of zeros.
    amountOf: ({ components }: Movement) => components?.[component] || undefined,
  }));
  return [...byComponent, { label: texts.movements.sum, amountOf: ({ amount }: Movement) => amount }];
}

type Columns = readonly FigureColumn<Movement>[];

function heading(context: PartContext, { movements }: SettlementTexts, columns: Columns): Block {
  const { set, frame } = context;
  const { left } = frame.content;
  const style = type.labelStrong;
  return headingRow(context, (yMm) => [
    set.line(movements.bookedOn, style, { xMm: left, yMm }),
    set.line(movements.invoice, style, { xMm: left + DATE_MM, yMm }),
    set.line(movements.what, style, { xMm: left + DATE_MM + NUMBER_MM, yMm }),
    ...figureLabels(context, columns, yMm),
  ]);
}

function movementRow(context: PartContext, columns: Columns, movement: Movement): Block {
  const { set, palette, frame } = context;
  const { left, right } = frame.content;
  const whatLeft = left + DATE_MM + NUMBER_MM;
  // What is no receipt has no components, so its words may run on to the sum.
  const last = columns.at(-1);
  const whatRight =
    movement.components === undefined && last !== undefined ? last.rightMm - last.widthMm : figuresLeftMm(columns);
  return {
    heightMm: ROW_MM,
    draw: (topMm) => {
      const yMm = topMm + leading.row - 0.4;
      const number = set.shrink(movement.invoiceNumber, type.row, NUMBER_MM - 2);
      return [
        set.line(movement.bookedOn, type.row, { xMm: left, yMm }),
        set.line(movement.invoiceNumber, number, { xMm: left + DATE_MM, yMm }),
        set.line(set.fit(movement.what, type.row, whatRight - whatLeft - 2), type.row, { xMm: whatLeft, yMm }),
        ...figures(context, columns, { row: movement, style: type.row, yMm }),
        horizontalRule(left, topMm + ROW_MM, right - left, 0.25, palette.rule),
      ];
    },
  };
}

function totalRow(context: PartContext, texts: SettlementTexts, columns: Columns, movements: readonly Movement[]): Block {
  const { set, frame } = context;
  const totals = columns.map((column) => ({
    ...column,
    amountOf: () => sum(movements.map((row) => column.amountOf(row) ?? 0n)),
  }));
  return {
    heightMm: ROW_MM + 2,
    draw: (topMm) => {
      const yMm = topMm + leading.row + 0.8;
      return [
        set.line(texts.movements.total, type.rowStrong, { xMm: frame.content.left, yMm }),
        ...figures(context, totals, { row: undefined, style: type.rowStrong, yMm }),
      ];
    },
  };
}

/** One labelled amount of a column. */
interface AmountRow {
  readonly label: string;
  readonly amount: string;
  readonly fact?: Fact;
  readonly strong?: boolean;
}

interface AmountColumn {
  readonly heading: string;
  readonly rows: readonly AmountRow[];
  readonly note?: string;
}

const GAP_MM = 11;
const HEADING_MM = 6;
const SUMMARY_ROW_MM = 4.7;
/** What a sum is set off by from the rows above it. */
const STRONG_GAP_MM = 1.6;

/** The statement down to the balance on the left, the bureau's invoice for its fees on the right. */
export function settlementSummary(context: PartContext, texts: SettlementTexts, settlement: Settlement): Block {
  const { left, right } = context.frame.content;
  const width = (right - left - GAP_MM) / 2;
  const columns: readonly (readonly [column: AmountColumn, leftMm: number])[] = [
    [statement(context, texts, settlement), left],
    ...(settlement.fees.length === 0 ? [] : [[feeInvoice(context, texts, settlement), left + width + GAP_MM] as const]),
  ];
  return {
    heightMm: Math.max(...columns.map(([column]) => columnHeight(context, column, width))),
    draw: (topMm) => columns.flatMap(([column, leftMm]) => drawColumn(context, column, { leftMm, width, topMm })),
  };
}

function statement({ language }: PartContext, texts: SettlementTexts, settlement: Settlement): AmountColumn {
  const words = texts.statement;
  const money = (amount: Minor): string => printMoney(amount, settlement.currency, language);
  const present = (row: AmountRow, amount: Minor): readonly AmountRow[] => (amount === 0n ? [] : [row]);
  const { restoredAmount, returnedAmount, feesAmount, vatAmount, payoutAmount } = settlement;
  return {
    heading: words.heading,
    rows: [
      { label: words.opening, amount: money(settlement.openingAmount), fact: 'Opening' },
      { label: words.received, amount: money(settlement.receivedAmount), fact: 'Received' },
      ...present({ label: words.restored, amount: money(restoredAmount), fact: 'Restored' }, restoredAmount),
      ...present({ label: words.returned, amount: money(-returnedAmount), fact: 'Returned' }, returnedAmount),
      ...present({ label: words.fees, amount: money(-feesAmount), fact: 'Fees' }, feesAmount),
      ...present(
        { label: words.vat(printPercent(settlement.vatRate, language)), amount: money(-vatAmount), fact: 'Vat' },
        vatAmount,
      ),
      { label: words.payout, amount: money(-payoutAmount), fact: 'PaidOut' },
      { label: words.closing, amount: money(settlement.closingAmount), fact: 'Closing', strong: true },
    ],
    ...(settlement.closingAmount < 0n ? { note: texts.negative } : {}),
  };
}

function feeInvoice(
  { language }: PartContext,
  { invoice, statement: words }: SettlementTexts,
  settlement: Settlement,
): AmountColumn {
  const { currency, fees, feesAmount, vatAmount, vatRate } = settlement;
  const amount = (value: Minor): string => printAmount(value, language);
  const label = ({ feeKind, count, priceAmount }: SettlementFee): string =>
    priceAmount === undefined
      ? invoice.kinds[feeKind]
      : `${invoice.kinds[feeKind]}, ${invoice.each(String(count), amount(priceAmount))}`;
  return {
    heading: invoice.heading(settlement.number),
    rows: [
      ...fees.map((fee) => ({ label: label(fee), amount: amount(fee.amount) })),
      { label: invoice.net, amount: amount(feesAmount) },
      { label: words.vat(printPercent(vatRate, language)), amount: amount(vatAmount) },
      { label: invoice.total, amount: printMoney(feesAmount + vatAmount, currency, language), strong: true },
    ],
    note: invoice.setOff,
  };
}

const noteLines = ({ set }: PartContext, { note }: AmountColumn, widthMm: number): readonly string[] =>
  note === undefined ? [] : set.wrap(note, type.small, widthMm);

const columnHeight = (context: PartContext, column: AmountColumn, widthMm: number): number =>
  HEADING_MM +
  column.rows.reduce((sum, row) => sum + SUMMARY_ROW_MM + (row.strong === true ? STRONG_GAP_MM : 0), 0) +
  (noteLines(context, column, widthMm).length + 1) * leading.small;

interface ColumnPlace {
  readonly leftMm: number;
  readonly width: number;
  readonly topMm: number;
}

function drawColumn(context: PartContext, column: AmountColumn, { leftMm, width, topMm }: ColumnPlace): readonly Drawing[] {
  const { set, palette } = context;
  const drawings: Drawing[] = [
    set.line(column.heading, type.strong, { xMm: leftMm, yMm: topMm + 4 }),
    horizontalRule(leftMm, topMm + HEADING_MM, width, 0.9, palette.accent),
  ];
  let yMm = topMm + HEADING_MM;
  for (const { label, amount, fact, strong } of column.rows) {
    if (strong === true) {
      yMm += STRONG_GAP_MM;
      drawings.push(horizontalRule(leftMm, yMm, width, 0.25, palette.rule));
    }
    yMm += SUMMARY_ROW_MM;
    const style = strong === true ? type.rowStrong : type.row;
    const marked = fact === undefined ? {} : { fact };
    const figure = set.line(amount, style, { xMm: leftMm + width, yMm, align: 'right', ...marked });
    drawings.push(set.line(set.fit(label, style, width - figure.widthMm - 3), style, { xMm: leftMm, yMm }), figure);
  }
  for (const text of noteLines(context, column, width)) {
    yMm += leading.small;
    drawings.push(set.line(text, type.small, { xMm: leftMm, yMm: yMm + 1.5 }));
  }
  return drawings;
}
