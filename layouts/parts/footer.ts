import type { PaymentAccount, Seller } from '#engine/invoice.ts';
import type { Drawing } from '../page/drawing.ts';
import { horizontalRule } from '../page/drawing.ts';
import { giroKind, printAccount, printLegalId } from '../texts/account-numbers.ts';
import type { Block, PartContext } from './part.ts';
import { leading, type } from './type-scale.ts';

const HEADING_MM = 4;
const MAX_ROWS = 4;
const MAX_COMPACT_ROWS = 3;
const SEPARATOR = '   ·   ';

/** The seller in four columns: address, contact, company and payment, with what the law asks of an invoice (ML 17 kap. 24 §). */
export function footer(context: PartContext, seller: Seller, accounts: readonly PaymentAccount[]): Block {
  const { set, palette, frame } = context;
  const { left, right } = frame.content;
  const filled = columnsOf(context, seller, accounts).filter(({ rows }) => rows.length > 0);
  const step = (right - left) / filled.length;
  const columns = filled.map(({ heading, rows }) => ({
    heading,
    rows: rows.flatMap((row) => atMostTwo(context, row, step - 3)).slice(0, MAX_ROWS),
  }));
  const most = Math.max(...columns.map(({ rows }) => rows.length));
  return {
    heightMm: HEADING_MM + most * leading.footer + 1.2,
    draw: (topMm) => [
      horizontalRule(left, topMm, right - left, 0.5, palette.accent),
      ...columns.flatMap(({ heading, rows }, column) => {
        const xMm = left + column * step;
        return [
          set.line(heading, type.footerStrong, { xMm, yMm: topMm + HEADING_MM }),
          ...rows.map((row, at) => set.line(row, type.footer, { xMm, yMm: topMm + HEADING_MM + (at + 1) * leading.footer })),
        ];
      }),
    ],
  };
}

/** The same facts in running lines, for pages where a slip takes the room. */
export function compactFooter(context: PartContext, seller: Seller, accounts: readonly PaymentAccount[]): Block {
  const { set, palette, frame } = context;
  const { left, right } = frame.content;
  const rows = fillLines(
    context,
    columnsOf(context, seller, accounts).flatMap((column) => column.rows),
    right - left,
  );
  return {
    heightMm: 1 + rows.length * leading.footer + 1.2,
    draw: (topMm): readonly Drawing[] => [
      horizontalRule(left, topMm, right - left, 0.5, palette.accent),
      ...rows.map((row, at) => set.line(row, type.footer, { xMm: left, yMm: topMm + 1 + (at + 1) * leading.footer })),
    ],
  };
}

/** Items side by side as long as they fit; each is measured once. */
function fillLines({ set }: PartContext, items: readonly string[], widthMm: number): readonly string[] {
  const separatorMm = set.widthMm(SEPARATOR, type.footer);
  const lines: string[] = [];
  let usedMm = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const shown = set.fit(item, type.footer, widthMm);
    const itemMm = set.widthMm(shown, type.footer);
    if (usedMm + separatorMm + itemMm <= widthMm) {
      lines[lines.length - 1] += SEPARATOR + shown;
      usedMm += separatorMm + itemMm;
    } else {
      lines.push(shown);
      usedMm = itemMm;
    }
  }
  return lines.slice(0, MAX_COMPACT_ROWS);
}

function atMostTwo({ set }: PartContext, row: string, widthMm: number): readonly string[] {
  const lines = set.wrap(row, type.footer, widthMm);
  return lines.length <= 2 ? lines : [lines[0] ?? '', set.fit(lines.slice(1).join(' '), type.footer, widthMm)];
}

interface FooterColumn {
  readonly heading: string;
  readonly rows: readonly string[];
}

function columnsOf({ texts }: PartContext, seller: Seller, accounts: readonly PaymentAccount[]): readonly FooterColumn[] {
  const { address, contact, legalId, vatId } = seller;
  const town = [address.postcode, address.city].filter((part) => part !== undefined).join('  ');
  return [
    { heading: texts.footer.address, rows: present([seller.name, address.line1, address.line2, town]) },
    { heading: texts.footer.contact, rows: present([contact?.name, contact?.telephone, contact?.email]) },
    {
      heading: texts.footer.company,
      rows: present([
        legalId === undefined ? undefined : `${texts.footer.legalId} ${printLegalId(legalId.id)}`,
        vatId === undefined ? undefined : `${texts.footer.vatId} ${vatId}`,
        seller.taxRegistration,
        seller.legalForm,
      ]),
    },
    {
      heading: texts.footer.payment,
      rows: accounts.map((account) => `${texts.panel[giroKind(account)]} ${printAccount(account)}`),
    },
  ];
}

const present = (rows: readonly (string | undefined)[]): readonly string[] =>
  rows.filter((row): row is string => row !== undefined && row !== '');
