import type { Invoice, InvoiceLine } from '#engine/invoice.ts';
import type { Drawing } from '../page/drawing.ts';
import { horizontalRule } from '../page/drawing.ts';
import type { TextDrawing } from '../page/drawing.ts';
import type { TextStyle } from '../page/typesetter.ts';
import { printAmount, printDecimal, printPercent, printPrice } from '../texts/figures.ts';
import { unitWord } from '../texts/unit-words.ts';
import type { Minor } from '#engine/money.ts';
import { headingRow } from './heading-row.ts';
import { lineDetails } from './line-details.ts';
import type { Block, PartContext } from './part.ts';
import { leading, type } from './type-scale.ts';

/** A row of the table: one block, or several where its texts are longer than MAX_ROW_BLOCK_LINES. */
export interface TableRow {
  readonly blocks: readonly Block[];
  /** Sum of this row and all before it. */
  readonly runningAmount: Minor;
}

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
