import Table from 'cli-table3';
import type { ConfigProblem } from '#config/config-problem.ts';
import { describeFinding, type Finding } from '#engine/finding.ts';
import { isAmountName, toJson } from '#engine/invoice-json.ts';
import type { Language } from '#engine/language.ts';
import { formatAmount, type Minor } from '#engine/money.ts';

/** Prints a value as JSON: amounts as decimal text, known by their names; any other `bigint` is a row's number or a count, as digits. */
export const printJson = (value: unknown): void => console.log(JSON.stringify(value, readable, 2));

/** Fields that hold amounts by component, age or client. */
const listsOfAmounts: ReadonlySet<string> = new Set(['amounts', 'open', 'sums']);

function readable(name: string, value: unknown): unknown {
  if (value instanceof Map) return Object.fromEntries(value);
  if (typeof value === 'bigint') return isAmountName(name) ? formatAmount(value) : String(value);
  return listsOfAmounts.has(name) ? JSON.parse(toJson(value)) : value;
}

export interface Column {
  readonly title: string;
  /** Figures stand right. */
  readonly right?: boolean;
}

/** Prints rows under titles, without boxes: it reads well and cuts well. Says so if there are none. */
export function printTable(columns: readonly Column[], rows: readonly (readonly string[])[], whenEmpty: string): void {
  if (rows.length === 0) {
    console.log(whenEmpty);
    return;
  }
  const table = new Table({
    head: columns.map((column) => column.title),
    colAligns: columns.map((column) => (column.right === true ? 'right' : 'left')),
    chars: NO_LINES,
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
  });
  for (const row of rows) table.push([...row]);
  console.log(
    table
      .toString()
      .split('\n')
      .map((line) => line.trimEnd())
      .join('\n'),
  );
}

const NO_LINES = Object.fromEntries(
  [
    'top',
    'top-mid',
    'top-left',
    'top-right',
    'bottom',
    'bottom-mid',
    'bottom-left',
    'bottom-right',
    'left',
    'left-mid',
    'mid',
    'mid-mid',
    'right',
    'right-mid',
    'middle',
  ].map((name) => [name, '']),
);

/** Thousands parted by a blank: `1 234 567.89`. */
export const amountText = (amount: Minor): string => formatAmount(amount).replaceAll(/\B(?=(?:\d{3})+\.)/g, ' ');

export function printFindings(
  findings: readonly Finding[],
  name: string,
  language: Language,
  print: (text: string) => void = console.log,
): void {
  for (const item of findings) {
    const place = [name, item.line, item.column].filter((part) => part !== undefined).join(':');
    const { message, hint } = describeFinding(item, language);
    const of = item.document === undefined ? '' : ` ${item.document}`;
    print(`${place} ${item.severity} ${item.code}${of} (${item.rule})\n    ${message}\n    ${hint}`);
  }
}

export function printProblems(problems: readonly ConfigProblem[]): void {
  for (const { file, line, column, path, message, hint } of problems) {
    console.error(`${file}:${line}:${column} ${path}\n    ${message}\n    ${hint}`);
  }
}

/** Local time to the second, as operators read it. */
export const timeText = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);
