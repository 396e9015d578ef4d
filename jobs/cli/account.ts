import type { CommandModule } from 'yargs';
import { ageBuckets, type AgeBucket, type Ageing, type AgeSums } from '#engine/claims/receivable.ts';
import type { Minor } from '#engine/money.ts';
import { ask, dateAt } from '../desk/desk.ts';
import {
  ageingCsv,
  showAgeing,
  showStatements,
  statementCsv,
  toldStatement,
  type ToldEntry,
  type ToldStatement,
} from '../desk/invoices.ts';
import { asker, dateGiven, type CommonArguments, type End } from './arguments.ts';
import { amountText, printJson, printTable } from './output.ts';

/** Options of lists of a client's accounts. */
const accountOptions = {
  client: { type: 'string', demandOption: true, describe: 'Whose ledger' },
  'as-of': { type: 'string', describe: 'As it was at the end of this date (YYYY-MM-DD); today if absent' },
  csv: { type: 'boolean', default: false, describe: 'Print CSV for a spreadsheet instead of tables' },
} as const;

interface AccountArguments extends CommonArguments {
  readonly client: string;
  readonly 'as-of'?: string | undefined;
  readonly csv: boolean;
}

export const statementCommand = (end: End): CommandModule<CommonArguments, AccountArguments & { readonly debtor: string }> => ({
  command: 'statement',
  describe: 'A debtor’s account with a client: documents, payments, credits, and the balance at any date',
  builder: (yargs) =>
    yargs
      .options(accountOptions)
      .option('debtor', { type: 'string', demandOption: true, describe: 'The client’s number of the debtor' })
      .example('$0 statement --client vattnet --debtor 118 --as-of 2026-10-31', 'the account at the end of October'),
  handler: (given) =>
    ask(given, asker({ client: given.client }), async (desk) => {
      const question = { debtor: given.debtor, asOf: dateGiven(given['as-of']) };
      const statements = await showStatements(desk, question);
      if (statements === null) {
        console.error(`${given.client} has no debtor ${given.debtor}.`);
        end(1);
        return;
      }
      if (given.json) printJson(statements.map(toldStatement));
      else if (given.csv) process.stdout.write(statementCsv(statements));
      else if (statements.length === 0)
        console.log(`Nothing stands on the account of ${given.debtor} by ${dateAt(desk, question.asOf)}.`);
      else statements.map(toldStatement).forEach(printStatement);
    }),
});

function printStatement({ debtor, client, asOf, currency, lines, items, balanceAmount }: ToldStatement): void {
  console.log(`${debtor.number} ${debtor.name}, account with ${client} at the end of ${asOf}, ${currency}\n`);
  printTable(
    [
      { title: 'DATE' },
      { title: 'WHAT' },
      { title: 'DOCUMENT' },
      { title: 'PART' },
      { title: 'BY' },
      { title: 'AMOUNT', right: true },
      { title: 'BALANCE', right: true },
    ],
    lines.map((line) => [
      line.date,
      line.kind,
      line.invoice ?? '',
      line.component,
      means(line),
      amountText(line.amount),
      amountText(line.balanceAmount),
    ]),
    'No lines.',
  );
  console.log('');
  printTable(
    [
      { title: 'DOCUMENT' },
      { title: 'ISSUED' },
      { title: 'DUE' },
      { title: 'ORIGINAL', right: true },
      { title: 'OPEN', right: true },
    ],
    items.map((item) => [
      item.invoice,
      item.issueDate,
      item.dueDate ?? '',
      amountText(item.originalAmount),
      amountText(item.openAmount),
    ]),
    'No documents.',
  );
  console.log(`\nBalance ${amountText(balanceAmount)} ${currency}`);
}

/** By which payment or document. */
export function means({ payment, valueDate, other }: Pick<ToldEntry, 'payment' | 'valueDate' | 'other'>): string {
  if (payment !== undefined) return `payment ${payment}${valueDate === undefined ? '' : ` of ${valueDate}`}`;
  return other ?? (valueDate === undefined ? '' : `paid ${valueDate}`);
}

export const ageingCommand = (): CommandModule<CommonArguments, AccountArguments> => ({
  command: 'ageing',
  describe: 'What a client’s debtors owe, by how late it is: per debtor and in all, as the ledger has it',
  builder: (yargs) =>
    yargs.options(accountOptions).example('$0 ageing --client vattnet --as-of 2026-10-31 --csv', 'for a spreadsheet'),
  handler: (given) =>
    ask(given, asker({ client: given.client }), async (desk) => {
      const asOf = dateGiven(given['as-of']);
      const lists = await showAgeing(desk, { asOf });
      if (given.json) printJson(lists);
      else if (given.csv) process.stdout.write(ageingCsv(lists));
      else if (lists.length === 0) console.log(`Nothing was open at the end of ${dateAt(desk, asOf)}.`);
      else lists.forEach(printAgeing);
    }),
});

const titles: Readonly<Record<AgeBucket, string>> = {
  notDue: 'NOT DUE',
  days1to30: '1–30',
  days31to60: '31–60',
  days61to90: '61–90',
  over90: 'OVER 90',
  credits: 'CREDITS',
};

function printAgeing({ client, asOf, currency, rows, sums, totalAmount }: Ageing): void {
  console.log(`Open items of ${client} at the end of ${asOf}, days late, ${currency}\n`);
  const figures = (of: AgeSums, all: Minor): string[] => [...ageBuckets.map((bucket) => amountText(of[bucket])), amountText(all)];
  printTable(
    [
      { title: 'DEBTOR' },
      { title: 'NAME' },
      ...ageBuckets.map((bucket) => ({ title: titles[bucket], right: true })),
      { title: 'TOTAL', right: true },
    ],
    [
      ...rows.map((row) => [row.debtor, row.name, ...figures(row.sums, row.totalAmount)]),
      ['TOTAL', '', ...figures(sums, totalAmount)],
    ],
    'Nothing is open.',
  );
}
