import type { CommandModule } from 'yargs';
import { ageBuckets, makeAgeing, type AgeBucket, type Ageing, type AgeSums } from '#engine/claims/receivable.ts';
import { loadAgedSums } from '#engine/store/accounts.ts';
import { inTransaction } from '#engine/store/database.ts';
import type { Minor } from '#engine/money.ts';
import { writeAgeingCsv } from '#formats/accounts/accounts-csv.ts';
import { withOpenHome } from '../house/open.ts';
import { accountOptions } from './account-options.ts';
import { houseOptions, type CommonArguments } from './house-options.ts';
import { clientOf, dateGiven } from './option-values.ts';
import { amountText, printJson, printTable } from './output.ts';

interface AgeingArguments extends CommonArguments {
  readonly client: string;
  readonly 'as-of'?: string | undefined;
  readonly csv: boolean;
}

export const ageingCommand = (): CommandModule<CommonArguments, AgeingArguments> => ({
  command: 'ageing',
  describe: 'What a client’s debtors owe, by how late it is: per debtor and in all, as the ledger has it',
  builder: (yargs) =>
    yargs.options(accountOptions).example('$0 ageing --client vattnet --as-of 2026-10-31 --csv', 'for a spreadsheet'),
  handler: async (given) => {
    await using options = houseOptions(given);
    await withOpenHome(options, async (house) => {
      const client = clientOf(house, given.client);
      const asOf = dateGiven(house, given['as-of']);
      const open = await inTransaction(house.database, (tx) => loadAgedSums(tx, client, asOf));
      const lists = makeAgeing(client, asOf, open);
      if (given.json) printJson(lists);
      else if (given.csv) process.stdout.write(writeAgeingCsv(lists));
      else if (lists.length === 0) console.log(`Nothing was open at the end of ${asOf}.`);
      else for (const list of lists) printAgeing(list);
    });
  },
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
