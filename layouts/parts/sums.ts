import type { AllowanceOrCharge, Invoice, VatGroup } from '#engine/invoice.ts';
import { type Drawing, horizontalRule } from '../page/drawing.ts';
import { printAmount, printMoney, printPercent } from '../texts/figures.ts';
import { type Block, type PartContext, type, leading } from './flow.ts';

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

interface Column {
  readonly left: number;
  readonly width: number;
}

const VAT_ROW_MM = 4.2;
const HEADING_MM = 8;

/** Taxable amount and VAT per rate, and the reason wherever no VAT is charged (ML 17 kap. 24 §). */
function vatSummary(context: PartContext, invoice: Invoice, column: Column): Block {
  const { set } = context;
  const reasons = exemptionReasons(context, invoice.vatBreakdown).flatMap((reason) => set.wrap(reason, type.small, column.width));
  const rows = invoice.vatBreakdown.length + (invoice.totals.vatInVatCurrencyAmount === undefined ? 0 : 1);
  return {
    heightMm: HEADING_MM + rows * VAT_ROW_MM + (reasons.length === 0 ? 0 : 1.5) + reasons.length * leading.small,
    draw: (topMm) => [
      ...drawTable(context, invoice, column, topMm),
      ...reasons.map((reason, at) =>
        set.line(reason, type.small, {
          xMm: column.left,
          yMm: topMm + HEADING_MM + rows * VAT_ROW_MM + 1.5 + (at + 1) * leading.small - 1,
        }),
      ),
    ],
  };
}

function drawTable(context: PartContext, invoice: Invoice, column: Column, topMm: number): readonly Drawing[] {
  const { set, palette, texts, language } = context;
  const tableRight = column.left + Math.min(column.width, 78);
  const baseRight = tableRight - 26;
  const headingLine = topMm + 6;
  const right = { align: 'right' } as const;
  const drawings: Drawing[] = [
    set.line(texts.vat.rate, type.labelStrong, { xMm: column.left, yMm: headingLine }),
    set.line(texts.vat.base, type.labelStrong, { xMm: baseRight, yMm: headingLine, ...right }),
    set.line(texts.vat.vat, type.labelStrong, { xMm: tableRight, yMm: headingLine, ...right }),
    horizontalRule(column.left, topMm + 7.4, tableRight - column.left, 0.25, palette.rule),
  ];
  let baseline = topMm + HEADING_MM - 1;
  for (const group of invoice.vatBreakdown) {
    baseline += VAT_ROW_MM;
    const rate = group.rate === undefined || isExempt(group) ? texts.vat.exempt : printPercent(group.rate, language);
    drawings.push(
      set.line(rate, type.small, { xMm: column.left, yMm: baseline }),
      set.line(printAmount(group.baseAmount, language), type.small, { xMm: baseRight, yMm: baseline, ...right }),
      set.line(printAmount(group.vatAmount, language), type.small, { xMm: tableRight, yMm: baseline, ...right }),
    );
  }
  const inBooks = invoice.totals.vatInVatCurrencyAmount;
  if (inBooks !== undefined) {
    baseline += VAT_ROW_MM;
    drawings.push(
      set.line(texts.vat.inVatCurrency(invoice.vatCurrency ?? ''), type.small, { xMm: column.left, yMm: baseline }),
      set.line(printAmount(inBooks, language), type.small, { xMm: tableRight, yMm: baseline, ...right }),
    );
  }
  return drawings;
}

/** Every category but standard and zero rate is one without VAT (UNCL5305). */
const isExempt = (group: VatGroup): boolean => group.code !== 'S' && group.code !== 'Z';

function exemptionReasons({ texts }: PartContext, groups: readonly VatGroup[]): readonly string[] {
  const known: Readonly<Record<string, string>> = texts.exemptions;
  const reasons = groups.filter(isExempt).map((group) => reasonOf(group, known[group.code]));
  return [...new Set(reasons.filter((reason) => reason !== ''))];
}

/** The sender's own words; the statutory ones are added where reverse charge is not called by its name. */
function reasonOf(group: VatGroup, statutory = ''): string {
  const own = group.exemptionReason;
  if (own === undefined) return statutory;
  return group.code === 'AE' && !/omvänd|reverse/i.test(own) ? `${statutory}. ${own}` : own;
}
