import { claimAmount, claimComponents, type Demand, type DemandClaim } from '#engine/demand.ts';
import type { Component } from '#engine/ledger.ts';
import type { Minor } from '#engine/money.ts';
import { type Drawing, horizontalRule } from '../page/drawing.ts';
import type { DemandTexts } from '../texts/demand-texts.ts';
import { printAmount, printMoney, printPercent } from '../texts/figures.ts';
import type { TableRow } from './line-table.ts';
import type { Block, PartContext } from './part.ts';
import { leading, type } from './type-scale.ts';

/** A column of figures: its label and right edge in mm. */
interface FigureColumn {
  readonly label: string;
  readonly rightMm: number;
  readonly widthMm: number;
  readonly amountOf: (claim: DemandClaim) => Minor;
}

/** Invoices of a demand as a table: one column for each component that any of them has, never two in one (inkassolagen 5 §). */
export interface ClaimsTable {
  readonly heading: Block;
  readonly rows: readonly TableRow[];
}

const MIN_COLUMN_MM = 20;
const COLUMN_GAP_MM = 3.5;
const DUE_DATE_MM = 21;
/** Invoice numbers take at least this; figures are made smaller before numbers are. */
const NUMBER_MM = 27;
const ROW_TOP_MM = 1.4;
const ROW_BOTTOM_MM = 1.3;

/** The components that a demand has; capital always. */
export const usedComponents = ({ claims }: Demand): readonly Component[] =>
  (Object.keys(claimComponents) as Component[]).filter(
    (component) => component === 'principal' || claims.some((claim) => claimComponents[component](claim) !== 0n),
  );

export function claimsTable(context: PartContext, texts: DemandTexts, demand: Demand): ClaimsTable {
  const columns = figureColumns(context, texts, demand);
  const dueDateLeft = (columns[0]?.rightMm ?? 0) - (columns[0]?.widthMm ?? 0) - DUE_DATE_MM;
  let runningAmount = 0n;
  return {
    heading: tableHeading(context, texts, columns, dueDateLeft),
    rows: demand.claims.map((claim) => {
      runningAmount += claimAmount(claim);
      return { blocks: [claimRow(context, texts, demand, claim, columns, dueDateLeft)], runningAmount };
    }),
  };
}

/** Right-aligned columns from the right edge inwards, each as wide as its label or a figure; narrower where all do not fit. */
function figureColumns({ set, frame }: PartContext, texts: DemandTexts, demand: Demand): readonly FigureColumn[] {
  const figures: readonly Omit<FigureColumn, 'rightMm' | 'widthMm'>[] = [
    ...usedComponents(demand).map((component) => ({
      label: texts.components[component],
      amountOf: claimComponents[component],
    })),
    { label: texts.table.sum, amountOf: claimAmount },
  ];
  const { left, right } = frame.content;
  const wanted = figures.map(({ label }) => Math.max(MIN_COLUMN_MM, set.widthMm(label, type.labelStrong) + COLUMN_GAP_MM));
  const total = wanted.reduce((sum, widthMm) => sum + widthMm, 0);
  const share = Math.min(1, (right - left - NUMBER_MM - DUE_DATE_MM) / total);
  let rightMm = right;
  return figures
    .map((figure, at) => ({ ...figure, widthMm: (wanted[at] ?? MIN_COLUMN_MM) * share }))
    .toReversed()
    .map((figure) => {
      const column = { ...figure, rightMm };
      rightMm -= figure.widthMm;
      return column;
    })
    .toReversed();
}

function tableHeading(
  { set, palette, frame }: PartContext,
  texts: DemandTexts,
  columns: readonly FigureColumn[],
  dueDateLeft: number,
): Block {
  const { left, right } = frame.content;
  const style = type.labelStrong;
  return {
    heightMm: 6.4,
    draw: (topMm) => {
      const yMm = topMm + 4;
      return [
        set.line(texts.table.invoice, style, { xMm: left, yMm }),
        set.line(texts.table.dueDate, style, { xMm: dueDateLeft, yMm }),
        ...columns.map(({ label, rightMm, widthMm }) =>
          set.line(label, set.shrink(label, style, widthMm - 1), { xMm: rightMm, yMm, align: 'right' }),
        ),
        horizontalRule(left, topMm + 6, right - left, 0.9, palette.accent),
      ];
    },
  };
}

function claimRow(
  context: PartContext,
  texts: DemandTexts,
  { currency }: Demand,
  claim: DemandClaim,
  columns: readonly FigureColumn[],
  dueDateLeft: number,
): Block {
  const { set, palette, frame, language } = context;
  const { left, right } = frame.content;
  const details = claimDetails(context, texts, claim, currency).flatMap((text) => set.wrap(text, type.small, right - left));
  const heightMm = ROW_TOP_MM + leading.row + details.length * leading.small + ROW_BOTTOM_MM;
  return {
    heightMm,
    draw: (topMm): readonly Drawing[] => {
      const yMm = topMm + ROW_TOP_MM - 1 + leading.row;
      const number = set.shrink(claim.invoiceNumber, type.rowStrong, dueDateLeft - left - 2);
      return [
        set.line(claim.invoiceNumber, number, { xMm: left, yMm }),
        set.line(claim.dueDate, type.row, { xMm: dueDateLeft, yMm }),
        ...columns.map(({ amountOf, rightMm, widthMm }) => {
          const figure = printAmount(amountOf(claim), language);
          return set.line(figure, set.shrink(figure, type.row, widthMm - 1.5), { xMm: rightMm, yMm, align: 'right' });
        }),
        ...details.map((text, at) => set.line(text, type.small, { xMm: left, yMm: yMm + (at + 1) * leading.small })),
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
  const details = [texts.claim.ground(claim.ground), texts.claim.issued(issueDate, printMoney(originalAmount, currency, language))];
  if (interest === undefined || claim.interestAmount === 0n) return details;
  const { basis, from, to, baseAmount, rate } = interest;
  const facts = { basis, from, to, rate: printPercent(rate, language), base: printMoney(baseAmount, currency, language) };
  return [...details, texts.claim.interest(facts)];
}
