import { relative } from 'node:path';
import type { CommandModule } from 'yargs';
import type { DemoFigures } from '../demo/demo-figures.ts';
import { runDemo, type DemoResult } from '../demo/run-demo.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { amountText, printJson, printTable } from './output.ts';

export const demoCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'demo',
  describe: 'Run the main job with three fictional clients, from upload to payout, weeks in a minute; safe to run again',
  handler: async (given) => {
    await using options = houseOptions(given);
    const tell = (line: string): void => void (given.json || console.log(line));
    const result = await runDemo(options, tell);
    if (given.json) printJson({ ...result, world: undefined });
    else printResult(result, options.home);
    if (result.verdicts.some((verdict) => verdict.violations.length > 0)) end(1);
  },
});

function printResult(result: DemoResult, home: string): void {
  const shown = (path: string): string => relative(process.cwd(), path) || '.';
  const { booked } = result;
  console.log('');
  printTable(
    [
      { title: 'CLIENT' },
      { title: 'STATE' },
      ...['FILES', 'ACCEPTED', 'REJECTED', 'DUPLICATE'].map((title) => ({ title, right: true })),
    ],
    result.after.files.map((row) => [
      row.client,
      row.state,
      String(row.files),
      String(row.accepted),
      String(row.rejected),
      String(row.duplicate),
    ]),
    'No file was received.',
  );
  console.log('');
  printFigures(result.figures);
  const failed = result.verdicts.filter((verdict) => verdict.violations.length > 0);
  console.log(
    booked === 0
      ? `\nThe house knew every one of the ${result.uploaded} files: nothing new was booked, printed or sent.`
      : `\n${booked} invoices were booked, printed or sent as e-invoices, and checked against the ledger.`,
  );
  console.log(
    failed.length === 0
      ? `All ${result.verdicts.length} invariants hold. ${Math.round(result.seconds)} seconds.`
      : `${failed.length} INVARIANTS FAIL: kuvert verify --home ${shown(home)}`,
  );
  console.log(`
Open first
  ${shown(result.world.folderOf('print-house'))}/*.zip        print jobs as the print house got them: PDF, manifest, letters
  ${shown(home)}/outbox/clients/fastighet/*.receipt.csv   a receipt with findings that teach
  ${shown(result.world.folderOf('access-point'))}/*.xml       e-invoices as the access point got them
  ${shown(home)}/outbox/clients/vattnet/*.pdf             settlements as the client gets them
  ${shown(result.world.folderOf('bank'))}/*.xml               payment files as the bank got them
  ${shown(result.world.folderOf('collection-agency'))}/*.json cases handed over to the agency

Ask
  npx kuvert status --home ${shown(home)}
  npx kuvert trace 260010 --home ${shown(home)}
  npx kuvert explain 260010 --client vattnet --date ${result.reminderDate} --home ${shown(home)}
  npx kuvert statement --client vattnet --debtor M10010 --home ${shown(home)}
  npx kuvert run list --home ${shown(home)}
  npx kuvert verify --home ${shown(home)}`);
}

/** Two books in every ledger; each column sums to zero. */
function printFigures({ ledgers, rows, sums }: DemoFigures): void {
  for (const book of ['client', 'bureau'] as const) {
    const own = rows.filter((row) => row.book === book);
    const total = sums.find((row) => row.book === book);
    printTable(
      [
        { title: book === 'client' ? 'RECEIVABLES LEDGER, SEK' : 'CLIENTS’ MONEY, SEK' },
        ...ledgers.map((ledger) => ({ title: ledger.toUpperCase(), right: true })),
      ],
      [
        ...own.map(({ account, amounts }) => [account, ...amounts.map(amountText)]),
        ['sum', ...(total?.amounts.map(amountText) ?? [])],
      ],
      'Nothing is booked.',
    );
    console.log('');
  }
}
