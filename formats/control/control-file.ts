import {
  claimActions,
  disputeOutcomes,
  type ClaimAct,
  type ClaimOrder,
  blockCauses,
  disputeCategories,
} from '#engine/claims/holds.ts';
import { finding, MAX_FINDING_VALUE, type DetailsOf, type Finding, type FindingCodeName } from '#engine/finding.ts';
import { parseIsoDate, type IsoDate } from '#engine/iso-date.ts';
import { parseAmount, type Minor } from '#engine/money.ts';
import type { CsvRow } from '../csv/rows.ts';
import { readCountedRows, type CountedForm } from '../csv/counted-rows.ts';

export const controlColumns = ['invoice', 'action', 'date', 'amount', 'reason'] as const;
type Column = (typeof controlColumns)[number];

/** `defer` lets interest run from the original due date, as the law has it; the other is agreed without. */
const controlActions = [...claimActions, 'defer-without-interest'] as const;
type ControlAction = (typeof controlActions)[number];

/** Makes an order of a row's trimmed cells, or tells everything that is wrong with it. */
function readControlRow({ cells, line, lastLine }: CsvRow): ControlItem {
  const invoice = cells[0] ?? '';
  const found: Finding[] = [];
  const report: Row['report'] = (code, column, ...details) => {
    const index = controlColumns.indexOf(column);
    const value = cells[index];
    found.push({
      ...finding(code, ...details),
      line,
      column: index + 1,
      field: column,
      ...(invoice === '' ? {} : { document: invoice }),
      ...(value === undefined || value === '' ? {} : { value: value.slice(0, MAX_FINDING_VALUE) }),
    });
    return undefined;
  };
  const order = cells.length === controlColumns.length ? readOrder({ cells, report }) : undefined;
  if (cells.length !== controlColumns.length) {
    const facts = { columns: String(controlColumns.length) };
    found.push(finding('CTL-ROW-WIDTH', { line, value: String(cells.length), facts }));
  }
  if (order && found.length === 0) return { kind: 'order', line, lastLine, ...order };
  return { kind: 'refusal', line, lastLine, ...(invoice === '' ? {} : { invoice }), findings: found };
}

interface Row {
  readonly cells: readonly string[];
  readonly report: <Code extends FindingCodeName>(code: Code, column: Column, ...details: DetailsOf<Code>) => undefined;
}

function readOrder(row: Row): Pick<Extract<ControlItem, { kind: 'order' }>, 'order' | 'amount'> | undefined {
  const [invoice = '', action = '', , , reason = ''] = row.cells;
  if (invoice === '') row.report('CTL-INVOICE-MISSING', 'invoice');
  if (!isAction(action)) return row.report('CTL-ACTION', 'action', { facts: { actions: controlActions.join(', ') } });
  if (reason === '') row.report('CTL-REASON-MISSING', 'reason');
  const act = readAct(action, readFields(row, action), reason, row);
  if (!act) return undefined;
  return { order: { invoice, act, reason }, amount: ('amount' in act ? act.amount : undefined) ?? 0n };
}

const isAction = (text: string): text is ControlAction => (controlActions as readonly string[]).includes(text);

/** Which fields an action uses: `must` be there, `may` be there; all others must be empty, since something else was meant. */
const fieldUse: Readonly<Record<ControlAction, Readonly<Partial<Record<'date' | 'amount', 'must' | 'may'>>>>> = {
  defer: { date: 'must' },
  'defer-without-interest': { date: 'must' },
  promise: { date: 'must' },
  dispute: { amount: 'may' },
  hold: {},
  release: {},
  credit: { amount: 'may' },
  'write-off': { amount: 'may' },
  'paid-to-client': { date: 'must', amount: 'must' },
};

interface Fields {
  readonly date?: IsoDate;
  readonly amount?: Minor;
}

function readFields({ cells: [, , dateText = '', amountText = ''], report }: Row, action: ControlAction): Fields {
  const use = fieldUse[action];
  const date = dateText === '' ? undefined : (parseIsoDate(dateText) ?? report('CTL-DATE', 'date'));
  const amount = amountText === '' ? undefined : (parsePositive(amountText) ?? report('CTL-AMOUNT', 'amount'));
  if (dateText === '' && use.date === 'must') report('CTL-DATE-MISSING', 'date', { facts: { action } });
  if (amountText === '' && use.amount === 'must') report('CTL-AMOUNT-MISSING', 'amount', { facts: { action } });
  if (dateText !== '' && use.date === undefined) report('CTL-NOT-USED', 'date', { facts: { action } });
  if (amountText !== '' && use.amount === undefined) report('CTL-NOT-USED', 'amount', { facts: { action } });
  return { ...(date === undefined ? {} : { date }), ...(amount === undefined ? {} : { amount }) };
}

/** With comma or point before the decimals, and no thousands marks. */
function parsePositive(text: string): Minor | undefined {
  const amount = parseAmount(text.replace(/^(\d+),(\d{1,2})$/, '$1.$2'));
  return amount === null || amount <= 0n ? undefined : amount;
}

function readAct(action: ControlAction, { date, amount }: Fields, reason: string, row: Row): ClaimAct | undefined {
  const part = amount === undefined ? {} : { amount };
  switch (action) {
    case 'defer':
    case 'defer-without-interest':
      return date && { action: 'defer', until: date, interestRuns: action === 'defer' };
    case 'promise':
      return date && { action, until: date };
    case 'dispute': {
      const category = firstWord(reason, disputeCategories, row);
      return category && { action, category, ...part };
    }
    case 'hold': {
      const cause = firstWord(reason, blockCauses, row);
      return cause && { action, cause };
    }
    case 'release':
      return readRelease(reason, row);
    case 'credit':
    case 'write-off':
      return { action, ...part };
    case 'paid-to-client':
      return date && amount !== undefined ? { action, date, amount } : undefined;
  }
}

const holdKinds = ['deferment', 'dispute', 'block', 'promise'] as const;

/** The outcome of a dispute, or which kind of hold ends. */
function readRelease(reason: string, row: Row): ClaimAct | undefined {
  const word = firstWord(reason, [...disputeOutcomes, ...holdKinds], row);
  const kind = holdKinds.find((one) => one === word);
  const outcome = disputeOutcomes.find((one) => one === word);
  return word && { action: 'release', ...(kind ? { kind } : {}), ...(outcome ? { outcome } : {}) };
}

/** The word before the colon, in any case of letters. */
function firstWord<Word extends string>(reason: string, words: readonly Word[], { report }: Row): Word | undefined {
  const given = (reason.split(':', 1)[0] ?? '').trim().toLowerCase();
  const word = words.find((one) => one.toLowerCase() === given);
  return word ?? (reason === '' ? undefined : report('CTL-REASON-WORD', 'reason', { facts: { words: words.join(', ') } }));
}

/** One row of a control file: an order, or why it is none. `broken` is the last item: nothing of the file may be carried out. */
export type ControlItem =
  | {
      readonly kind: 'order';
      readonly line: number;
      readonly lastLine: number;
      readonly order: ClaimOrder;
      readonly amount: Minor;
    }
  | {
      readonly kind: 'refusal';
      readonly line: number;
      readonly lastLine: number;
      readonly invoice?: string;
      readonly findings: readonly Finding[];
    }
  | { readonly kind: 'broken'; readonly finding: Finding };

const form: CountedForm = {
  headings: controlColumns,
  codes: {
    headings: 'CTL-HEADINGS',
    closingCount: 'CTL-CLOSING-COUNT',
    noClosingRow: 'CTL-NO-CLOSING-ROW',
    noRows: 'CTL-NO-ROWS',
  },
};

/**
 * Reads a client's control file (styrfil), one order a row. A row that is no order is refused by itself; a file whose form is damaged is
 * refused whole, since nobody knows what is missing.
 */
export async function* readControlFile(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ControlItem> {
  for await (const item of readCountedRows(chunks, form)) {
    if (item.kind === 'late') {
      const facts = { closingLine: String(item.closingLine) };
      yield { kind: 'broken', finding: finding('CTL-AFTER-CLOSING-ROW', { line: item.row.line, facts }) };
      return;
    }
    yield item.kind === 'broken' ? item : readControlRow(item.row);
  }
}

/** A row as it stands in the file: text, empty where the action uses no such field. */
export type ControlCells = Readonly<Record<(typeof controlColumns)[number], string>>;

/** Writes a control file, as a client's system would: what is read back is what was meant, so no cell is changed for spreadsheets. */
export const writeControlFile = (rows: readonly ControlCells[]): string =>
  [
    controlColumns.join(';'),
    ...rows.map((row) => controlColumns.map((column) => cell(row[column])).join(';')),
    `END;${rows.length}`,
  ]
    .map((line) => `${line}\r\n`)
    .join('');

const cell = (text: string): string => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
