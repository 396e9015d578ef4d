import type { AllowanceOrCharge, Invoice } from '#engine/invoice.ts';
import type { Drawing } from '../page/drawing.ts';
import { horizontalRule } from '../page/drawing.ts';
import { printAmount, printMoney, printPercent } from '../texts/figures.ts';
import type { Block, PartContext } from './part.ts';
import { type } from './type-scale.ts';
import { vatSummary } from './vat-summary.ts';

const SUMS_WIDTH_MM = 70;
const GAP_MM = 9;
const ROW_MM = 4.7;
const TOTAL_MM = 9;
/** The first baseline is the one of the VAT summary's heading. */
const SUMS_TOP_MM = 1.3;

/** VAT per rate on the left and the sums down to the amount to pay on the right: never torn apart. */
export function sums(context: PartContext, invoice: Invoice): Block {
  const { left, right } = context.frame.content;
  const vat = vatSummary(context, invoice, { left, width: right - left - SUMS_WIDTH_MM - GAP_MM });
  const rows = sumRows(context, invoice);
  const sumsHeight = SUMS_TOP_MM + rows.length * ROW_MM + TOTAL_MM;
  return {
    heightMm: Math.max(vat.heightMm, sumsHeight) + 1.5,
    draw: (topMm) => [...vat.draw(topMm), ...drawSums(context, invoice, rows, topMm)],
  };
}

type SumRow = readonly [label: string, amount: string];

function sumRows(context: PartContext, { totals, allowancesAndCharges }: Invoice): readonly SumRow[] {
  const { texts, language } = context;
  const print = (amount: bigint): string => printAmount(amount, language);
  const rows: SumRow[] = [];
  if (allowancesAndCharges.length > 0) rows.push([texts.sums.lines, print(totals.linesAmount)]);
  for (const item of allowancesAndCharges)
    rows.push([allowanceLabel(context, item), print(item.charge ? item.amount : -item.amount)]);
  rows.push([texts.sums.net, print(totals.netAmount)], [texts.sums.vat, print(totals.vatAmount)]);
  const hasMore = (totals.prepaidAmount ?? 0n) !== 0n || (totals.roundingAmount ?? 0n) !== 0n;
  if (hasMore) rows.push([texts.sums.gross, print(totals.grossAmount)]);
  if (totals.prepaidAmount !== undefined && totals.prepaidAmount !== 0n)
    rows.push([texts.sums.prepaid, print(-totals.prepaidAmount)]);
  if (totals.roundingAmount !== undefined && totals.roundingAmount !== 0n)
    rows.push([texts.sums.rounding, print(totals.roundingAmount)]);
  return rows;
}

function allowanceLabel({ texts, language }: PartContext, item: AllowanceOrCharge): string {
  const label = item.reason ?? (item.charge ? texts.sums.charges : texts.sums.allowances);
  return item.percent === undefined ? label : `${label} ${printPercent(item.percent, language)}`;
}

function drawSums(context: PartContext, invoice: Invoice, rows: readonly SumRow[], topMm: number): readonly Drawing[] {
  const { set, palette, texts, language, frame } = context;
  const { right } = frame.content;
  const left = right - SUMS_WIDTH_MM;
  const drawings: Drawing[] = [];
  let baseline = topMm + SUMS_TOP_MM;
  for (const [label, amount] of rows) {
    baseline += ROW_MM;
    drawings.push(
      set.line(set.fit(label, type.row, SUMS_WIDTH_MM - 28), type.row, { xMm: left, yMm: baseline }),
      set.line(amount, type.row, { xMm: right, yMm: baseline, align: 'right' }),
    );
  }
  const label = invoice.kind === 'creditNote' ? texts.sums.toCredit : texts.sums.toPay;
  const amount = printMoney(invoice.totals.payableAmount, invoice.currency, language);
  const style = { ...type.sum, ink: palette.accent };
  const amountStyle = set.shrink(amount, style, SUMS_WIDTH_MM - 30);
  return [
    ...drawings,
    horizontalRule(left, baseline + 2.2, SUMS_WIDTH_MM, 0.9, palette.accent),
    set.line(label, style, { xMm: left, yMm: baseline + 7.6 }),
    set.line(amount, amountStyle, { xMm: right, yMm: baseline + 7.6, align: 'right', fact: 'Payable' }),
  ];
}
