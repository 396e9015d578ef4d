import type { Invoice, InvoiceLine, AllowanceOrCharge, Period } from '#engine/invoice.ts';
import { type Drawing, horizontalRule, type TextDrawing } from '../page/drawing.ts';
import type { TextStyle } from '../page/typesetter.ts';
import { printAmount, printDecimal, printPercent, printPrice, unitWord } from '../texts/figures.ts';
import type { Minor } from '#engine/money.ts';
import { headingRow, type Block, type PartContext, leading, type, type TableRow } from './flow.ts';

/** Right or left edges of the columns, in mm from the right edge of the content. */
const QUANTITY_RIGHT = 76;
const UNIT_LEFT = 74.5;
const PRICE_RIGHT = 40;
const VAT_RIGHT = 25;
const ITEM_GAP = 4;
const QUANTITY_WIDTH = 22;
const UNIT_WIDTH = 13;

const ROW_TOP_MM = 1.1;
const ROW_BOTTOM_MM = 0.9;
const MAX_ROW_BLOCK_LINES = 12;

/** The columns of an invoice's lines. */
export function tableHeading(context: PartContext): Block {
  const { set, texts, frame } = context;
  const { left, right } = frame.content;
  const style = type.labelStrong;
  return headingRow(context, (yMm) => {
    const rightAligned = (text: string, edge: number): TextDrawing => set.line(text, style, { xMm: edge, yMm, align: 'right' });
    return [
      set.line(texts.table.item, style, { xMm: left, yMm }),
      rightAligned(texts.table.quantity, right - QUANTITY_RIGHT),
      set.line(texts.table.unit, style, { xMm: right - UNIT_LEFT, yMm }),
      rightAligned(texts.table.price, right - PRICE_RIGHT),
      rightAligned(texts.table.vat, right - VAT_RIGHT),
      rightAligned(texts.table.amount, right),
    ];
  });
}

/** The invoice's lines as rows with running sums. */
export function tableRows(context: PartContext, invoice: Invoice): readonly TableRow[] {
  let runningAmount = 0n;
  return invoice.lines.map((line) => {
    runningAmount += line.netAmount;
    return { blocks: rowBlocks(context, line), runningAmount };
  });
}

interface TextLine {
  readonly text: string;
  readonly style: TextStyle;
  readonly leadingMm: number;
}

function rowBlocks(context: PartContext, line: InvoiceLine): readonly Block[] {
  const { set, frame } = context;
  const itemWidth = frame.content.right - QUANTITY_RIGHT - QUANTITY_WIDTH + ITEM_GAP - frame.content.left;
  const lines: TextLine[] = set
    .wrap(line.name, type.row, itemWidth)
    .map((text) => ({ text, style: type.row, leadingMm: leading.row }));
  // Small print may run under the figures' columns a little, since none stand there.
  for (const detail of lineDetails(context, line)) {
    for (const text of set.wrap(detail, type.small, itemWidth + QUANTITY_WIDTH)) {
      lines.push({ text, style: type.small, leadingMm: leading.small });
    }
  }
  const blocks: Block[] = [];
  for (let from = 0; from < Math.max(1, lines.length); from += MAX_ROW_BLOCK_LINES) {
    const isLast = from + MAX_ROW_BLOCK_LINES >= lines.length;
    blocks.push(rowBlock(context, line, lines.slice(from, from + MAX_ROW_BLOCK_LINES), { isFirst: from === 0, isLast }));
  }
  return blocks;
}

interface RowPosition {
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

function rowBlock(context: PartContext, line: InvoiceLine, texts: readonly TextLine[], position: RowPosition): Block {
  const { set, palette, frame } = context;
  const { left, right } = frame.content;
  const textHeight = texts.reduce((sum, text) => sum + text.leadingMm, 0);
  const heightMm =
    Math.max(textHeight, position.isFirst ? leading.row : 0) +
    (position.isFirst ? ROW_TOP_MM : 0) +
    (position.isLast ? ROW_BOTTOM_MM : 0);
  return {
    heightMm,
    draw: (topMm) => {
      const drawings: Drawing[] = [];
      let baseline = topMm + (position.isFirst ? ROW_TOP_MM : 0) - 1;
      for (const { text, style, leadingMm } of texts) {
        baseline += leadingMm;
        drawings.push(set.line(text, style, { xMm: left, yMm: baseline }));
      }
      if (position.isFirst) drawings.push(...figures(context, line, topMm + ROW_TOP_MM - 1 + leading.row));
      if (position.isLast) drawings.push(horizontalRule(left, topMm + heightMm, right - left, 0.25, palette.rule));
      return drawings;
    },
  };
}

/** Quantity, unit, price, VAT rate and amount on the row's first baseline. */
function figures({ set, language, frame }: PartContext, line: InvoiceLine, yMm: number): readonly Drawing[] {
  const { right } = frame.content;
  const rightAligned = (text: string, edge: number, widthMm: number): TextDrawing =>
    set.line(text, set.shrink(text, type.row, widthMm), { xMm: edge, yMm, align: 'right' });
  const { net, baseQuantity, baseQuantityUnit } = line.price;
  const perUnits =
    baseQuantity === undefined || baseQuantity === '1'
      ? ''
      : `/${printDecimal(baseQuantity, language)}${baseQuantityUnit === undefined ? '' : `\u00a0${unitWord(baseQuantityUnit, language)}`}`;
  const rate = line.vat.rate === undefined ? '–' : printPercent(line.vat.rate, language);
  return [
    rightAligned(printDecimal(line.quantity, language), right - QUANTITY_RIGHT, QUANTITY_WIDTH - 4),
    set.line(set.fit(unitWord(line.unit, language), type.row, UNIT_WIDTH), type.row, { xMm: right - UNIT_LEFT, yMm }),
    rightAligned(printPrice(net, language) + perUnits, right - PRICE_RIGHT, UNIT_LEFT - UNIT_WIDTH - PRICE_RIGHT + 1),
    rightAligned(rate, right - VAT_RIGHT, PRICE_RIGHT - VAT_RIGHT - 2),
    rightAligned(printAmount(line.netAmount, language), right, VAT_RIGHT - 2),
  ];
}

/** The sum carried from one page to the next, under the last row and over the first. */
export function carriedSum({ set, texts, language, frame }: PartContext, amount: Minor, direction: 'over' | 'forward'): Block {
  const { left, right } = frame.content;
  const label = direction === 'over' ? texts.table.carriedOver : texts.table.broughtForward;
  return {
    heightMm: 6.5,
    draw: (topMm) => [
      set.line(label, type.small, { xMm: left, yMm: topMm + 4.4 }),
      set.line(printAmount(amount, language), type.rowStrong, { xMm: right, yMm: topMm + 4.4, align: 'right' }),
    ],
  };
}

/** What stands under a line's name in small print, one entry a line. */
function lineDetails(context: PartContext, line: InvoiceLine): readonly string[] {
  const { texts } = context;
  const identifiers = [
    line.sellersItemId === undefined ? undefined : `${texts.line.itemNumber} ${line.sellersItemId}`,
    line.buyersItemId === undefined ? undefined : `${texts.line.yourItemNumber} ${line.buyersItemId}`,
    line.orderLineReference === undefined ? undefined : `${texts.line.order} ${line.orderLineReference}`,
    line.object === undefined ? undefined : `${texts.line.object} ${line.object.id}`,
  ].filter((part) => part !== undefined);
  return [
    line.description,
    line.period === undefined ? undefined : printPeriod(line.period),
    identifiers.length === 0 ? undefined : identifiers.join(' · '),
    ...line.attributes.map(({ name, value }) => `${name}: ${value}`),
    ...line.allowancesAndCharges.map((item) => printAllowance(context, item)),
    line.note,
  ].filter((detail): detail is string => detail !== undefined && detail !== '');
}

/** `2025-01-01 – 2025-03-31`, or the one end that is known. */
export const printPeriod = ({ start, end }: Period): string => `${start ?? ''} – ${end ?? ''}`.trim();

/** An allowance or charge with its reason and sign, already part of the line's amount. */
export function printAllowance({ texts, language }: PartContext, item: AllowanceOrCharge): string {
  const label = item.reason ?? (item.charge ? texts.line.charge : texts.line.allowance);
  const percent = item.percent === undefined ? '' : ` ${printPercent(item.percent, language)}`;
  return `${label}${percent}: ${printAmount(item.charge ? item.amount : -item.amount, language)}`;
}
