import Table from 'cli-table3';
import { describeFinding, type Finding } from '#engine/finding.ts';
import type { Language } from '#engine/language.ts';
import { formatAmount, type Minor } from '#engine/money.ts';
import type { ConfigFault } from '../desk/desk.ts';

/** Prints an answer as JSON: every `bigint` of an answer is an amount and becomes decimal text. */
export const printJson = (value: unknown): void =>
  console.log(JSON.stringify(value, (_name, item: unknown) => (typeof item === 'bigint' ? formatAmount(item) : item), 2));

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

export function printProblems(problems: readonly ConfigFault[]): void {
  for (const { file, line, column, path, message, hint } of problems) {
    console.error(`${file}:${line}:${column} ${path}\n    ${message}\n    ${hint}`);
  }
}

/** Local time to the second, as operators read it. */
export const timeText = (at: Date, timeZone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(at);

const AFTER_MILLISECONDS = 2_000;
const EVERY_MILLISECONDS = 500;

/**
 * Tells on a terminal how far long work has come, beginning after two seconds, on one line that is wiped at the end. Silent where
 * nobody looks.
 */
export async function withProgress<T>(describe: () => string, work: () => Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work();
  let shown = false;
  const began = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - began < AFTER_MILLISECONDS) return;
    shown = true;
    process.stderr.write(`\r\u001B[K${describe()} (${Math.round((performance.now() - began) / 1000)} s)`);
  }, EVERY_MILLISECONDS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    if (shown) process.stderr.write('\r\u001B[K');
  }
}
