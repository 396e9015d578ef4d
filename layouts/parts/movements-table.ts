import { sumOfComponents } from '#engine/ledger.ts';
import type { Settlement, SettlementReceipt } from '#engine/settlement.ts';
import type { Component } from '#engine/ledger.ts';
import type { Minor } from '#engine/money.ts';
import { sum } from '#engine/money.ts';
import { horizontalRule } from '../page/drawing.ts';
import type { SettlementTexts } from '../texts/settlement-texts.ts';
import { type Figure, type FigureColumn, figureColumns, figureLabels, figures, figuresLeftMm } from './figure-columns.ts';
import { headingRow } from './heading-row.ts';
import type { TableRow } from './line-table.ts';
import type { Block, PartContext } from './part.ts';
import { leading, type } from './type-scale.ts';

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
  readonly components?: Readonly<Record<Component, Minor>>;
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
