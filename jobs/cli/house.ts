import { relative } from 'node:path';
import type { CommandModule } from 'yargs';
import { act, ask } from '../desk/desk.ts';
import { checkConfig, demo, keepHouse, migrations, verify, type DemoShown, type Verdict } from '../desk/house.ts';
import { asker, type CommonArguments, type End } from './arguments.ts';
import { amountText, printJson, printProblems, printTable } from './output.ts';

export const verifyCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'verify',
  describe: 'Check every invariant of ledger, files and documents; exit code 1 if one fails',
  handler: (given) =>
    ask(given, asker('bureau'), async (desk) => {
      const verdicts = await verify(desk, given.json ? () => undefined : printVerdict);
      const failed = verdicts.filter((verdict) => verdict.violations.length > 0);
      if (given.json) printJson(verdicts);
      else
        console.log(
          failed.length === 0 ? `All ${verdicts.length} invariants hold.` : `${failed.length} of ${verdicts.length} fail.`,
        );
      if (failed.length > 0) end(1);
    }),
});

function printVerdict({ id, title, violations }: Verdict): void {
  console.log(`${violations.length === 0 ? 'ok  ' : 'FAIL'} ${id.padEnd(4)} ${title}`);
  for (const violation of violations) console.log(`          ${violation}`);
}

export const migrateCommand = (): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'migrate',
  describe: 'Bring the database to this version’s schema (the daemon and every act do so when they start)',
  handler: (given) =>
    act(given, asker('bureau'), async (desk) => {
      const names = await migrations(desk);
      if (given.json) printJson({ migrations: names });
      else console.log(`The database is up to date: ${names.join(', ')}.`);
    }),
});

export const daemonCommand = (): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'daemon',
  describe: 'Watch the inboxes and work until told to stop (SIGTERM or Ctrl-C)',
  handler: async (given) => {
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    process.once('SIGTERM', onSignal).once('SIGINT', onSignal);
    await keepHouse(given, stop.signal, { terminal: !given.json });
  },
});

export const clientCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'client',
  describe: 'Check clients’ agreements',
  builder: (yargs) => yargs.command(checkCommand(end)).demandCommand(1, 'Name what to do.'),
  handler: () => undefined,
});

const checkCommand = (end: End): CommandModule<CommonArguments, CommonArguments & { readonly file?: string | undefined }> => ({
  command: 'check [file]',
  describe: 'Check the whole configuration, or one client’s file before it is put in place',
  builder: (yargs) => yargs.positional('file', { type: 'string', describe: 'A client’s YAML file' }),
  handler: async (given) => {
    const { checked, problems } = await checkConfig(given, given.file);
    if (given.json) printJson({ valid: problems.length === 0, problems });
    else if (problems.length > 0) printProblems(problems);
    else console.log(`${checked} is in order.`);
    if (problems.length > 0) end(1);
  },
});

export const demoCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'demo',
  describe: 'Run the main job with three fictional clients, from upload to payout, weeks in a minute; safe to run again',
  handler: async (given) => {
    const shown = await demo(given, (line) => void (given.json || console.log(line)));
    const { home: _home, folderOf: _folderOf, ...result } = shown;
    if (given.json) printJson(result);
    else printDemo(shown);
    if (result.verdicts.some((verdict) => verdict.violations.length > 0)) end(1);
  },
});

function printDemo({ home, folderOf, ...result }: DemoShown): void {
  const shown = (path: string): string => relative(process.cwd(), path) || '.';
  const { booked } = result;
  console.log('');
  printTable(
    [
      { title: 'CLIENT' },
      { title: 'STATE' },
      ...['FILES', 'ACCEPTED', 'REJECTED', 'DUPLICATE'].map((title) => ({ title, right: true })),
    ],
    result.after.files.map((row) => [row.client, row.state, row.files, row.accepted, row.rejected, row.duplicate]),
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
  ${shown(folderOf('print-house'))}/*.zip        print jobs as the print house got them: PDF, manifest, letters
  ${shown(home)}/outbox/clients/fastighet/*.receipt.csv   a receipt with findings that teach
  ${shown(folderOf('access-point'))}/*.xml       e-invoices as the access point got them
  ${shown(home)}/outbox/clients/vattnet/*.pdf             settlements as the client gets them
  ${shown(folderOf('bank'))}/*.xml               payment files as the bank got them
  ${shown(folderOf('collection-agency'))}/*.json cases handed over to the agency

Ask
  npx kuvert status --home ${shown(home)}
  npx kuvert trace 260010 --home ${shown(home)}
  npx kuvert explain 260010 --client vattnet --date ${result.reminderDate} --home ${shown(home)}
  npx kuvert statement --client vattnet --debtor M10010 --home ${shown(home)}
  npx kuvert run list --home ${shown(home)}
  npx kuvert verify --home ${shown(home)}`);
}

/** Two books in every ledger; each column sums to zero. */
function printFigures({ currency, ledgers, rows, sums }: DemoShown['figures']): void {
  for (const book of ['client', 'bureau'] as const) {
    const own = rows.filter((row) => row.book === book);
    const total = sums.find((row) => row.book === book);
    printTable(
      [
        { title: book === 'client' ? `RECEIVABLES LEDGER, ${currency}` : `CLIENTS’ MONEY, ${currency}` },
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
