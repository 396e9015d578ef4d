import type { CommandModule } from 'yargs';
import type { Statement, StatementLine } from '#engine/claims/receivable.ts';
import { loadStatements } from '#engine/store/accounts.ts';
import { inTransaction } from '#engine/store/database.ts';
import { writeStatementCsv } from '#formats/accounts/accounts-csv.ts';
import { withOpenHome } from '../house/open.ts';
import { accountOptions } from './account-options.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { clientOf, dateGiven } from './option-values.ts';
import { amountText, printJson, printTable } from './output.ts';

interface StatementArguments extends CommonArguments {
  readonly client: string;
  readonly debtor: string;
  readonly 'as-of'?: string | undefined;
  readonly csv: boolean;
}

export const statementCommand = (end: End): CommandModule<CommonArguments, StatementArguments> => ({
  command: 'statement',
  describe: 'A debtor’s account with a client: documents, payments, credits, and the balance at any date',
  builder: (yargs) =>
    yargs
      .options(accountOptions)
      .option('debtor', { type: 'string', demandOption: true, describe: 'The client’s number of the debtor' })
      .example('$0 statement --client vattnet --debtor 118 --as-of 2026-10-31', 'the account at the end of October'),
  handler: async (given) => {
    await using options = houseOptions(given);
    await withOpenHome(options, async (house) => {
      const question = { client: clientOf(house, given.client), debtor: given.debtor, asOf: dateGiven(house, given['as-of']) };
      const statements = await inTransaction(house.database, (tx) => loadStatements(tx, question));
      if (statements === null) {
        console.error(`${given.client} has no debtor ${given.debtor}.`);
        end(1);
        return;
      }
      if (given.json) printJson(statements);
      else if (given.csv) process.stdout.write(writeStatementCsv(statements));
      else if (statements.length === 0) console.log(`Nothing stands on the account of ${given.debtor} by ${question.asOf}.`);
      else for (const statement of statements) printStatement(statement);
    });
  },
});

function printStatement({ debtor, client, asOf, currency, lines, items, balanceAmount }: Statement): void {
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
export function means({ payment, valueDate, other }: Pick<StatementLine, 'payment' | 'valueDate' | 'other'>): string {
  if (payment !== undefined) return `payment ${payment}${valueDate === undefined ? '' : ` of ${valueDate}`}`;
  return other ?? (valueDate === undefined ? '' : `paid ${valueDate}`);
}
