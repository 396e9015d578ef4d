import { userInfo } from 'node:os';
import type { CommandModule } from 'yargs';
import type { IsoDate } from '#engine/iso-date.ts';
import { inTransaction } from '#engine/store/database.ts';
import { loadRun, loadRunItems, loadRuns, runKinds, type RunKindName, type RunRow } from '#engine/store/runs.ts';
import type { House, OpenHome } from '../house.ts';
import { withOpenHome } from '../house/open.ts';
import { withHouse } from '../house/prepare.ts';
import { advance } from '../pipeline/advance.ts';
import { becauseText } from '../runs/because-text.ts';
import { executeRun, previewRun, type Executed } from '../runs/execute-run.ts';
import { clientsConcerned, loadAllMissing } from '../runs/run-calendar.ts';
import type { RunKind } from '../runs/run-kind.ts';
import { runKindsByName } from '../runs/run-kinds.ts';
import { undoRun } from '../runs/undo-run.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { clientOf, dateGiven, dateOf, rowNumber } from './option-values.ts';
import { printJson, printTable, timeText } from './output.ts';
import { approveRunCommand } from './payout-command.ts';
import { UsageError } from './usage-error.ts';

const MAX_SHOWN = 500;

/** `run reminder|collection|payout`, and what became of runs. */
export const runCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'run',
  describe: 'Remind, collect and pay out, one run per client and business date',
  builder: (yargs) => {
    for (const kind of Object.values(runKindsByName)) yargs.command(kindCommand(kind, end));
    return yargs
      .command(listCommand())
      .command(showCommand(end))
      .command(approveRunCommand(end))
      .command(undoCommand(end))
      .demandCommand(1, 'Name a kind of run, or list, show, approve or undo.')
      .epilogue(
        'A run is made once per kind, client and business date, whoever starts it. What was missed before is made up for first, each date ' +
          'with its own facts. No run is made before the bank’s files of the day before are posted, unless --override says who and why.',
      );
  },
  handler: () => undefined,
});

interface KindArguments extends CommonArguments {
  readonly date?: string | undefined;
  readonly client?: string | undefined;
  readonly dryRun: boolean;
  readonly override: boolean;
  readonly who?: string | undefined;
  readonly reason?: string | undefined;
}

const kindCommand = (kind: RunKind, end: End): CommandModule<CommonArguments, KindArguments> => ({
  command: kind.kind,
  describe: kind.title,
  builder: (yargs) =>
    yargs
      .option('date', { type: 'string', describe: 'Business date YYYY-MM-DD, a bank day (today)' })
      .option('client', { type: 'string', describe: 'One client only (all whose agreement has this run)' })
      .option('dryRun', {
        alias: 'dry-run',
        type: 'boolean',
        default: false,
        describe: 'Show what it would do, on any date, and do nothing',
      })
      .option('override', { type: 'boolean', default: false, describe: 'Go on although expected bank files are missing' })
      .option('who', { type: 'string', describe: 'Who orders it; of an override, who answers for it' })
      .option('reason', { type: 'string', describe: 'Why the gate is overridden' }),
  handler: async (given) => {
    if (given.override && (given.who === undefined || given.reason === undefined))
      throw new UsageError('An override needs --who NAME and --reason TEXT; both are kept with the run.');
    await using options = houseOptions(given);
    await withHouse(options, async (house) => {
      const businessDate = dateGiven(house, given.date);
      const clients = clientsFor(house, kind, businessDate, given.client);
      if (given.dryRun) return preview(house, { kind, businessDate, clients, json: given.json });
      const done: Done[] = [];
      for (const client of clients) {
        const who = given.who ?? userInfo().username;
        const override = given.override ? { who, reason: given.reason ?? '' } : undefined;
        done.push({
          client,
          ...(await executeRun(house, {
            kind,
            client,
            businessDate,
            trigger: 'command',
            who,
            ...(override ? { override } : {}),
          })),
        });
      }
      const [trouble] = await advance(house, new AbortController().signal);
      if (trouble) throw trouble;
      if (given.json) printJson(done);
      else done.forEach((item) => printDone(kind, item));
      if (done.some((item) => item.outcome === 'refused')) end(1);
    });
  },
});

type Done = { readonly client: string } & Executed;

const clientsFor = (house: House, kind: RunKind, date: IsoDate, client: string | undefined): readonly string[] =>
  client === undefined ? clientsConcerned(house, kind, date) : [clientOf(house, client)];

function printDone(kind: RunKind, done: Done): void {
  if (done.outcome === 'already-done') {
    const { id, trigger, who } = done.run;
    console.log(
      `${done.client}: the ${kind.kind} run of ${done.run.businessDate} was made before: run ${id}, by ${trigger}, ${who}.`,
    );
  } else if (done.outcome === 'refused') {
    console.log(`${done.client}: refused (${done.rule}).`);
    for (const line of done.because) console.log(`    ${line}`);
    if (done.rule === 'gate') console.log('    Wait for the files, or add --override --who NAME --reason TEXT.');
  } else for (const run of done.runs) console.log(`${done.client}: ${runLine(run)}`);
}

const runLine = ({ id, kind, businessDate, trigger, steps, skips, totals }: RunRow): string => {
  const sums = Object.entries(totals).map(([name, amount]) => `${name} ${amount}`);
  const late = trigger === 'catch-up' ? ' (missed, made up for)' : '';
  return `run ${id}, ${kind} of ${businessDate}${late}: ${steps} steps, ${skips} passed over. ${sums.join(', ')}`;
};

interface PreviewOrder {
  readonly kind: RunKind;
  readonly businessDate: IsoDate;
  readonly clients: readonly string[];
  readonly json: boolean;
}

async function preview(house: House, { kind, businessDate, clients, json }: PreviewOrder): Promise<void> {
  const shown = [];
  for (const client of clients) shown.push({ client, ...(await previewRun(house, { kind, client, businessDate })) });
  if (json) {
    printJson(shown);
    return;
  }
  for (const { client, lines, gate, missing, steps, skips } of shown) {
    console.log(`\n${client}, ${kind.kind} run of ${businessDate} (dry run): ${steps} steps, ${skips} passed over`);
    for (const line of gate) console.log(`    gate: ${line}`);
    if (missing.length > 0) console.log(`    missed before, and made up for first: ${missing.join(', ')}`);
    printTable(
      [{ title: 'INVOICE' }, { title: 'WHAT' }, { title: 'AMOUNT', right: true }, { title: 'BECAUSE' }],
      lines.slice(0, MAX_SHOWN).map(({ subject, what, amount, because }) => [subject, what, amount, because]),
      'Nothing to do.',
    );
  }
}

interface ListArguments extends CommonArguments {
  readonly kind?: RunKindName | undefined;
  readonly client?: string | undefined;
  readonly from?: string | undefined;
  readonly missing: boolean;
}

const listCommand = (): CommandModule<CommonArguments, ListArguments> => ({
  command: 'list',
  describe: 'Runs, the latest first; or those that should have been and were not',
  builder: (yargs) =>
    yargs
      .option('kind', { choices: runKinds, describe: 'One kind only' })
      .option('client', { type: 'string', describe: 'One client only' })
      .option('from', { type: 'string', describe: 'From this business date on' })
      .option('missing', { type: 'boolean', default: false, describe: 'Bank days up to today without a run (IR1)' }),
  handler: async (given) => {
    const from = given.from === undefined ? undefined : dateOf(given.from);
    await using options = houseOptions(given);
    await withOpenHome(options, async (house) => {
      if (given.missing) return listMissing(house, given);
      const runs = await inTransaction(house.database, (tx) =>
        loadRuns(tx, { kind: given.kind, client: given.client, from, limit: MAX_SHOWN }),
      );
      if (given.json) return printJson(runs);
      printTable(
        [
          { title: 'RUN', right: true },
          { title: 'KIND' },
          { title: 'CLIENT' },
          { title: 'DATE' },
          { title: 'STATE' },
          { title: 'BY' },
        ].concat({ title: 'STEPS', right: true }, { title: 'PASSED OVER', right: true }),
        runs.map((run) => [
          `${run.id}`,
          run.kind,
          run.client,
          run.businessDate,
          run.state,
          `${run.trigger}, ${run.who}`,
          `${run.steps}`,
          `${run.skips}`,
        ]),
        'No run has been made.',
      );
    });
  },
});

async function listMissing(house: OpenHome, given: ListArguments): Promise<void> {
  const all = await inTransaction(house.database, (tx) => loadAllMissing(house, tx));
  const missing = all.filter(
    (item) =>
      (given.kind === undefined || item.kind === given.kind) && (given.client === undefined || item.client === given.client),
  );
  if (given.json) return printJson(missing);
  printTable(
    [{ title: 'KIND' }, { title: 'CLIENT' }, { title: 'DATE' }],
    missing.map(({ kind, client, date }) => [kind, client, date]),
    'No run is missing.',
  );
}

interface IdArguments extends CommonArguments {
  readonly id: string;
}

const showCommand = (end: End): CommandModule<CommonArguments, IdArguments> => ({
  command: 'show <id>',
  describe: 'A run with what it did about each receivable, and why',
  builder: (yargs) =>
    yargs.positional('id', { type: 'string', demandOption: true, describe: 'The run’s number, as in run list' }),
  handler: async (given) => {
    const id = runNumber(given.id);
    await using options = houseOptions(given);
    await withOpenHome(options, async (house) => {
      const { run, items } = await inTransaction(house.database, async (tx) => ({
        run: await loadRun(tx, id),
        items: await loadRunItems(tx, id, MAX_SHOWN),
      }));
      if (run === undefined) {
        console.error(`There is no run ${id}: kuvert run list shows them.`);
        return end(1);
      }
      if (given.json) return printJson({ ...run, items });
      console.log(runLine(run));
      console.log(`${run.state}, ${run.trigger} by ${run.who}, ${timeText(run.startedAt, house.config.bureau.timeZone)}`);
      if (run.overrideBy !== null) console.log(`The gate was overridden by ${run.overrideBy}: ${run.overrideReason}`);
      if (run.undoneBy !== null) console.log(`Undone by ${run.undoneBy}: ${run.undoneReason}`);
      printTable(
        [{ title: 'INVOICE' }, { title: 'OUTCOME' }, { title: 'BECAUSE' }],
        items.map(({ invoice, outcome, rule, because }) => [invoice, `${outcome} ${rule}`, because.map(becauseText).join('; ')]),
        'It had nothing to think about.',
      );
    });
  },
});

const runNumber = (text: string): bigint => rowNumber(text, 'run', 'run list');

interface UndoArguments extends IdArguments {
  readonly who: string;
  readonly reason: string;
  readonly dryRun: boolean;
}

const undoCommand = (end: End): CommandModule<CommonArguments, UndoArguments> => ({
  command: 'undo <id>',
  describe: 'Take a run back: its letters, steps and claims; only while nothing of it has left the house',
  builder: (yargs) =>
    yargs
      .positional('id', { type: 'string', demandOption: true, describe: 'The run’s number' })
      .option('who', { type: 'string', demandOption: true, describe: 'Who undoes it' })
      .option('reason', { type: 'string', demandOption: true, describe: 'Why; kept with the run' })
      .option('dryRun', {
        alias: 'dry-run',
        type: 'boolean',
        default: false,
        describe: 'Show what would be taken back, and do nothing',
      }),
  handler: async (given) => {
    const id = runNumber(given.id);
    await using options = houseOptions(given);
    await withHouse(options, async (house) => {
      const undone = await undoRun(house, { run: id, who: given.who, reason: given.reason, dryRun: given.dryRun });
      if (given.json) printJson(undone);
      else if (undone.outcome === 'refused') console.log(`Run ${id} cannot be undone: ${undone.because}`);
      else
        console.log(
          `Run ${id} ${given.dryRun ? 'would be' : 'is'} undone: ${undone.letters} letters and ${undone.steps} steps taken back.`,
        );
      if (undone.outcome === 'refused') end(1);
    });
  },
});
