import type { Demand, DemandClaim } from '#engine/claims/demand.ts';
import { components, type Component, sumOfComponents } from '#engine/amounts.ts';
import { type Drawing, horizontalRule } from '../page/drawing.ts';
import type { DemandTexts } from '../texts/demand-texts.ts';
import { printMoney, printPercent, printAmount } from '../texts/figures.ts';
import { type FigureColumn, figureColumns, figureLabels, figures, figuresLeftMm } from './figure-columns.ts';
import { headingRow, type Block, type PartContext, leading, type, type TableRow } from './flow.ts';
import { sum } from '#engine/money.ts';

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
const usedComponents = ({ claims }: Demand): readonly Component[] =>
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

const SUMS_WIDTH_MM = 70;
const GAP_MM = 9;
const ROW_MM = 4.7;
const TOTAL_MM = 9;
const TOP_MM = 1.3;

/** Whom to contact with objections on the left, and the sum of each component down to the amount to pay on the right. */
export function claimSums(context: PartContext, texts: DemandTexts, demand: Demand): Block {
  const { left, right } = context.frame.content;
  const contact = contactLines(context, texts, demand, right - left - SUMS_WIDTH_MM - GAP_MM);
  const rows = usedComponents(demand).map(
    (component) => [texts.components[component], sum(demand.claims.map((claim) => claim[`${component}Amount`]))] as const,
  );
  const sumsHeight = TOP_MM + rows.length * ROW_MM + TOTAL_MM;
  return {
    heightMm: Math.max(TOP_MM + (contact.length + 1) * leading.body, sumsHeight) + 1.5,
    draw: (topMm) => [
      ...drawContact(context, texts, contact, topMm + TOP_MM),
      ...drawSums(context, texts, demand, rows, topMm + TOP_MM),
    ],
  };
}

function contactLines(
  { set }: PartContext,
  { objections }: DemandTexts,
  { agent, deadline }: Demand,
  widthMm: number,
): readonly string[] {
  const named = [agent.name, agent.telephone === '' ? '' : `${objections.telephone} ${agent.telephone}`].filter(
    (text) => text !== '',
  );
  const lines = [objections.text(deadline), named.join(', '), agent.email].filter((text) => text !== '');
  return lines.flatMap((text) => set.wrap(text, type.row, widthMm));
}

function drawContact(
  { set, frame }: PartContext,
  { objections }: DemandTexts,
  lines: readonly string[],
  topMm: number,
): readonly Drawing[] {
  const { left } = frame.content;
  return [
    set.line(objections.heading, type.rowStrong, { xMm: left, yMm: topMm + ROW_MM }),
    ...lines.map((text, at) => set.line(text, type.row, { xMm: left, yMm: topMm + ROW_MM + (at + 1) * leading.row })),
  ];
}

function drawSums(
  { set, palette, language, frame }: PartContext,
  texts: DemandTexts,
  demand: Demand,
  rows: readonly (readonly [label: string, amount: bigint])[],
  topMm: number,
): readonly Drawing[] {
  const { right } = frame.content;
  const left = right - SUMS_WIDTH_MM;
  const baselineOf = (row: number): number => topMm + (row + 1) * ROW_MM;
  const total = printMoney(demand.payableAmount, demand.currency, language);
  const style = { ...type.sum, ink: palette.accent };
  const below = baselineOf(rows.length - 1);
  return [
    ...rows.flatMap(([label, amount], row) => [
      set.line(label, type.row, { xMm: left, yMm: baselineOf(row) }),
      set.line(printAmount(amount, language), type.row, { xMm: right, yMm: baselineOf(row), align: 'right' }),
    ]),
    horizontalRule(left, below + 2.2, SUMS_WIDTH_MM, 0.9, palette.accent),
    set.line(texts.sums.toPay, style, { xMm: left, yMm: below + 7.6 }),
    set.line(total, set.shrink(total, style, SUMS_WIDTH_MM - 30), {
      xMm: right,
      yMm: below + 7.6,
      align: 'right',
      fact: 'Payable',
    }),
  ];
}
