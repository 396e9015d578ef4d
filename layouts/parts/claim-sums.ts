import type { Demand } from '#engine/demand.ts';
import { sum } from '#engine/money.ts';
import { type Drawing, horizontalRule } from '../page/drawing.ts';
import type { DemandTexts } from '../texts/demand-texts.ts';
import { printAmount, printMoney } from '../texts/figures.ts';
import { usedComponents } from './claims-table.ts';
import type { Block, PartContext } from './part.ts';
import { leading, type } from './type-scale.ts';

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
