import type { Demand, DemandClaim } from '#engine/demand.ts';
import { components, sumOfComponents, type Component } from '#engine/ledger.ts';
import { type Drawing, horizontalRule } from '../page/drawing.ts';
import type { DemandTexts } from '../texts/demand-texts.ts';
import { printMoney, printPercent } from '../texts/figures.ts';
import { type FigureColumn, figureColumns, figureLabels, figures, figuresLeftMm } from './figure-columns.ts';
import { headingRow } from './heading-row.ts';
import type { TableRow } from './line-table.ts';
import type { Block, PartContext } from './part.ts';
import { leading, type } from './type-scale.ts';

/** Invoices of a demand as a table: one column for each component that any of them has, never two in one (inkassolagen 5 §). */
export interface ClaimsTable {
  readonly heading: Block;
  readonly rows: readonly TableRow[];
}

const DUE_DATE_MM = 21;
/** Invoice numbers take at least this; figures are made smaller before numbers are. */
const NUMBER_MM = 27;
const ROW_TOP_MM = 1.4;
const ROW_BOTTOM_MM = 1.6;
/** Between the figures and the first detail. */
const DETAIL_GAP_MM = 0.3;

/** The components that a demand has; capital always. */
export const usedComponents = ({ claims }: Demand): readonly Component[] =>
  components.filter((component) => component === 'principal' || claims.some((claim) => claim[`${component}Amount`] !== 0n));

export function claimsTable(context: PartContext, texts: DemandTexts, demand: Demand): ClaimsTable {
  const { left, right } = context.frame.content;
  const parts = usedComponents(demand).map((component) => ({
    label: texts.components[component],
    amountOf: (claim: DemandClaim) => claim[`${component}Amount`],
  }));
  const total = { label: texts.table.sum, amountOf: sumOfComponents };
  const columns = figureColumns(context, [...parts, total], right - left - NUMBER_MM - DUE_DATE_MM);
  const dueDateLeft = figuresLeftMm(columns) - DUE_DATE_MM;
  let runningAmount = 0n;
  return {
    heading: tableHeading(context, texts, columns, dueDateLeft),
    rows: demand.claims.map((claim) => {
      runningAmount += sumOfComponents(claim);
      return { blocks: [claimRow(context, texts, demand, claim, columns, dueDateLeft)], runningAmount };
    }),
  };
}

type Columns = readonly FigureColumn<DemandClaim>[];

function tableHeading(context: PartContext, texts: DemandTexts, columns: Columns, dueDateLeft: number): Block {
  const { set, frame } = context;
  return headingRow(context, (yMm) => [
    set.line(texts.table.invoice, type.labelStrong, { xMm: frame.content.left, yMm }),
    set.line(texts.table.dueDate, type.labelStrong, { xMm: dueDateLeft, yMm }),
    ...figureLabels(context, columns, yMm),
  ]);
}

function claimRow(
  context: PartContext,
  texts: DemandTexts,
  { currency }: Demand,
  claim: DemandClaim,
  columns: Columns,
  dueDateLeft: number,
): Block {
  const { set, palette, frame } = context;
  const { left, right } = frame.content;
  const details = claimDetails(context, texts, claim, currency).flatMap((text) => set.wrap(text, type.small, right - left));
  const heightMm = ROW_TOP_MM + leading.row + DETAIL_GAP_MM + details.length * leading.small + ROW_BOTTOM_MM;
  return {
    heightMm,
    draw: (topMm): readonly Drawing[] => {
      const yMm = topMm + ROW_TOP_MM - 1 + leading.row;
      const number = set.shrink(claim.invoiceNumber, type.rowStrong, dueDateLeft - left - 2);
      return [
        set.line(claim.invoiceNumber, number, { xMm: left, yMm }),
        set.line(claim.dueDate, type.row, { xMm: dueDateLeft, yMm }),
        ...figures(context, columns, { row: claim, style: type.row, yMm }),
        ...details.map((text, at) =>
          set.line(text, type.small, { xMm: left, yMm: yMm + DETAIL_GAP_MM + (at + 1) * leading.small }),
        ),
        horizontalRule(left, topMm + heightMm, right - left, 0.25, palette.rule),
      ];
    },
  };
}

/** What the invoice was for, when it came and how much it was, and how the interest came about. */
function claimDetails(
  { language }: PartContext,
  texts: DemandTexts,
  claim: DemandClaim,
  currency: Demand['currency'],
): readonly string[] {
  const { interest, issueDate, originalAmount } = claim;
  const issued = texts.claim.issued(issueDate, printMoney(originalAmount, currency, language));
  const details = [`${texts.claim.ground(claim.ground)}. ${issued}.`];
  if (interest === undefined || claim.interestAmount === 0n) return details;
  const { basis, from, to, baseAmount, rate } = interest;
  const facts = { basis, from, to, rate: printPercent(rate, language), base: printMoney(baseAmount, currency, language) };
  return [...details, `${texts.claim.interest(facts)}.`];
}
