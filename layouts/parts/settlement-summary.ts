import type { Settlement, SettlementFee } from '#engine/settlement.ts';
import type { Minor } from '#engine/money.ts';
import { type Drawing, type Fact, horizontalRule } from '../page/drawing.ts';
import { printAmount, printMoney, printPercent } from '../texts/figures.ts';
import type { SettlementTexts } from '../texts/settlement-texts.ts';
import type { Block, PartContext } from './part.ts';
import { leading, type } from './type-scale.ts';

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
const ROW_MM = 4.7;
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
  column.rows.reduce((sum, row) => sum + ROW_MM + (row.strong === true ? STRONG_GAP_MM : 0), 0) +
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
    yMm += ROW_MM;
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
