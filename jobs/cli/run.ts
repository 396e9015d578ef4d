import type { CommandModule } from 'yargs';
import { becauseText } from '#engine/findings/texts/en/reasons.ts';
import { act, ask, systemUser, timeZoneAt, UsageError } from '../desk/desk.ts';
import {
  kindsOfRun,
  listMissingRuns,
  listRuns,
  makeRun,
  previewRuns,
  showRun,
  takeRunBack,
  type RunAsked,
  type RunDone,
  type RunShown,
  type ToldRun,
} from '../desk/runs.ts';
import { asker, dateGiven, rowNumber, scopeOf, type CommonArguments, type End } from './arguments.ts';
import { printJson, printTable, timeText } from './output.ts';
import { approveRunCommand } from './payout.ts';

type Kind = RunAsked['kind'];

/** A dry run shows so many lines. */
const MAX_SHOWN = 500;

/** `run reminder|collection|payout`, and what became of runs. */
export const runCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'run',
  describe: 'Remind, collect and pay out, one run per client and business date',
  builder: (yargs) => {
    for (const { kind, title } of kindsOfRun) yargs.command(kindCommand(kind, title, end));
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

const kindCommand = (kind: Kind, title: string, end: End): CommandModule<CommonArguments, KindArguments> => ({
  command: kind,
  describe: title,
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
    const date = dateGiven(given.date);
    const caller = { person: given.who ?? systemUser(), scope: scopeOf(given.client) };
    await act(given, caller, async (desk) => {
      if (given.dryRun) {
        const { businessDate, shown } = await previewRuns(desk, { kind, date });
        if (given.json) return printJson(shown);
        for (const one of shown) printShown(`${kind} run of ${businessDate}`, one);
        return;
      }
      const done = await makeRun(desk, { kind, date, override: given.override ? given.reason : undefined });
      if (given.json) printJson(done);
      else done.forEach((item) => printDone(kind, item));
      if (done.some((item) => item.outcome === 'refused')) end(1);
    });
  },
});

function printDone(kind: Kind, done: RunDone): void {
  if (done.outcome === 'already-done') {
    const { id, trigger, who } = done.run;
    console.log(`${done.client}: the ${kind} run of ${done.run.businessDate} was made before: run ${id}, by ${trigger}, ${who}.`);
  } else if (done.outcome === 'refused') {
    console.log(`${done.client}: refused (${done.rule}).`);
    for (const line of done.because) console.log(`    ${line}`);
    if (done.rule === 'gate') console.log('    Wait for the files, or add --override --who NAME --reason TEXT.');
  } else for (const run of done.runs) console.log(`${done.client}: ${runLine(run)}`);
}

const runLine = ({ id, kind, businessDate, trigger, steps, skips, totals }: ToldRun): string => {
  const sums = Object.entries(totals).map(([name, amount]) => `${name} ${amount}`);
  const late = trigger === 'catch-up' ? ' (missed, made up for)' : '';
  return `run ${id}, ${kind} of ${businessDate}${late}: ${steps} steps, ${skips} passed over. ${sums.join(', ')}`;
};

function printShown(run: string, { client, lines, gate, missing, steps, skips }: RunShown): void {
  console.log(`\n${client}, ${run} (dry run): ${steps} steps, ${skips} passed over`);
  for (const line of gate) console.log(`    gate: ${line}`);
  if (missing.length > 0) console.log(`    missed before, and made up for first: ${missing.join(', ')}`);
  printTable(
    [{ title: 'INVOICE' }, { title: 'WHAT' }, { title: 'AMOUNT', right: true }, { title: 'BECAUSE' }],
    lines.slice(0, MAX_SHOWN).map(({ subject, what, amount, because }) => [subject, what, amount, because]),
    'Nothing to do.',
  );
}

interface ListArguments extends CommonArguments {
  readonly kind?: Kind | undefined;
  readonly client?: string | undefined;
  readonly from?: string | undefined;
  readonly missing: boolean;
}

const listCommand = (): CommandModule<CommonArguments, ListArguments> => ({
  command: 'list',
  describe: 'Runs, the latest first; or those that should have been and were not',
  builder: (yargs) =>
    yargs
      .option('kind', { choices: kindsOfRun.map(({ kind }) => kind), describe: 'One kind only' })
      .option('client', { type: 'string', describe: 'One client only' })
      .option('from', { type: 'string', describe: 'From this business date on' })
      .option('missing', { type: 'boolean', default: false, describe: 'Bank days up to today without a run (IR1)' }),
  handler: async (given) => {
    const from = dateGiven(given.from);
    const { kind } = given;
    await ask(given, asker(scopeOf(given.client)), async (desk) => {
      if (given.missing) {
        const missing = await listMissingRuns(desk, { kind });
        if (given.json) return printJson(missing);
        return printTable(
          [{ title: 'KIND' }, { title: 'CLIENT' }, { title: 'DATE' }],
          missing.map((run) => [run.kind, run.client, run.date]),
          'No run is missing.',
        );
      }
      const runs = await listRuns(desk, { kind, from });
      if (given.json) printJson(runs);
      else printRuns(runs);
    });
  },
});

const printRuns = (runs: readonly ToldRun[]): void =>
  printTable(
    [
      { title: 'RUN', right: true },
      { title: 'KIND' },
      { title: 'CLIENT' },
      { title: 'DATE' },
      { title: 'STATE' },
      { title: 'BY' },
      { title: 'STEPS', right: true },
      { title: 'PASSED OVER', right: true },
    ],
    runs.map((run) => [
      run.id,
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
    await ask(given, asker('bureau'), async (desk) => {
      const found = await showRun(desk, id);
      if (found === undefined) {
        console.error(`There is no run ${id}: kuvert run list shows them.`);
        return end(1);
      }
      const { run, items } = found;
      if (given.json) return printJson({ ...run, items });
      console.log(runLine(run));
      console.log(`${run.state}, ${run.trigger} by ${run.who}, ${timeText(run.startedAt, timeZoneAt(desk))}`);
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
    const { reason, dryRun } = given;
    await act(given, { person: given.who, scope: 'bureau' }, async (desk) => {
      const undone = await takeRunBack(desk, { run: id, reason, dryRun });
      if (given.json) printJson(undone);
      else if (undone.outcome === 'refused') console.log(`Run ${id} cannot be undone: ${undone.because}`);
      else
        console.log(
          `Run ${id} ${dryRun ? 'would be' : 'is'} undone: ${undone.letters} letters and ${undone.steps} steps taken back.`,
        );
      if (undone.outcome === 'refused') end(1);
    });
  },
});
