import type { Invoice, VatGroup } from '#engine/invoice.ts';
import type { Drawing } from '../page/drawing.ts';
import { horizontalRule } from '../page/drawing.ts';
import { printAmount, printPercent } from '../texts/figures.ts';
import type { Block, PartContext } from './part.ts';
import { leading, type } from './type-scale.ts';

interface Column {
  readonly left: number;
  readonly width: number;
}

const ROW_MM = 4.2;
const HEADING_MM = 8;

/** Taxable amount and VAT per rate, and the reason wherever no VAT is charged (ML 17 kap. 24 §). */
export function vatSummary(context: PartContext, invoice: Invoice, column: Column): Block {
  const { set } = context;
  const reasons = exemptionReasons(context, invoice.vatBreakdown).flatMap((reason) => set.wrap(reason, type.small, column.width));
  const rows = invoice.vatBreakdown.length + (invoice.totals.vatInVatCurrencyAmount === undefined ? 0 : 1);
  return {
    heightMm: HEADING_MM + rows * ROW_MM + (reasons.length === 0 ? 0 : 1.5) + reasons.length * leading.small,
    draw: (topMm) => [
      ...drawTable(context, invoice, column, topMm),
      ...reasons.map((reason, at) =>
        set.line(reason, type.small, {
          xMm: column.left,
          yMm: topMm + HEADING_MM + rows * ROW_MM + 1.5 + (at + 1) * leading.small - 1,
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
    baseline += ROW_MM;
    const rate = group.rate === undefined || isExempt(group) ? texts.vat.exempt : printPercent(group.rate, language);
    drawings.push(
      set.line(rate, type.small, { xMm: column.left, yMm: baseline }),
      set.line(printAmount(group.baseAmount, language), type.small, { xMm: baseRight, yMm: baseline, ...right }),
      set.line(printAmount(group.vatAmount, language), type.small, { xMm: tableRight, yMm: baseline, ...right }),
    );
  }
  const inBooks = invoice.totals.vatInVatCurrencyAmount;
  if (inBooks !== undefined) {
    baseline += ROW_MM;
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
