import type { CommandModule } from 'yargs';
import { checkPolicy, listLawKinds, listLawRows, type CheckedPolicy } from '../desk/law.ts';
import { countryOption, dateOption, type CommonArguments, type CountryArguments, type End } from './arguments.ts';
import { lawInterestCommand } from './law-interest.ts';
import { amountText, printJson, printProblems, printTable } from './output.ts';

export const lawCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'law',
  describe: 'Show the law that Kuvert goes by, count late interest, check a policy; needs no database',
  builder: (yargs) =>
    yargs
      .command(kindsCommand)
      .command(showCommand)
      .command(lawInterestCommand)
      .command(policyCommand(end))
      .demandCommand(1, 'Name what to do: kinds, show, interest or policy.'),
  handler: () => undefined,
});

const kindsCommand: CommandModule<CommonArguments, CommonArguments & CountryArguments> = {
  command: 'kinds',
  describe: 'List the kinds of rules that are kept with dates and sources',
  builder: (yargs) => yargs.option('country', countryOption),
  handler: (given) => {
    const { json } = given;
    const kinds = listLawKinds(given.country);
    if (json) {
      printJson(kinds.map(({ kind, title, unit, rows }) => ({ kind, title, unit, rows: rows.length })));
      return;
    }
    printTable(
      [{ title: 'KIND' }, { title: 'UNIT' }, { title: 'ROWS', right: true }, { title: 'WHAT IT IS' }],
      kinds.map(({ kind, title, unit, rows }) => [kind, unit, String(rows.length), title]),
      'No kinds.',
    );
  },
};

interface ShowArguments extends CommonArguments, CountryArguments {
  readonly kind?: string | undefined;
  readonly date?: string | undefined;
}

const showCommand: CommandModule<CommonArguments, ShowArguments> = {
  command: 'show',
  describe: 'Show what the law says: one kind or all, on a day or through time, with sources',
  builder: (yargs) =>
    yargs
      .option('country', countryOption)
      .option('kind', { type: 'string', describe: 'As kuvert law kinds names it; else every kind' })
      .option('date', {
        type: 'string',
        describe: 'The rows in force on that day; else all rows of KIND, or today’s of every kind',
      })
      .example('$0 law show --kind reminder-fee-max', 'every row there ever was')
      .example('$0 law show --kind late-interest-rate --date 2025-06-30', 'the rate of one day')
      .example('$0 law show --date 2026-11-22', 'the whole law of one day')
      .epilogue(
        'MARK: V two sources or the law’s own text, S one source, M from memory. A day without a row is refused: the law is never guessed.',
      ),
  handler: (given) => {
    const { json, country, kind, date } = given;
    const rows = listLawRows(country, { kind, date: date === undefined ? undefined : dateOption('date', date) });
    if (json) {
      printJson(rows);
      return;
    }
    printTable(
      [
        { title: 'KIND' },
        { title: 'VALUE', right: true },
        { title: 'UNIT' },
        { title: 'FROM' },
        { title: 'TO' },
        { title: 'MARK' },
        { title: 'SOURCE' },
      ],
      rows.map((row) => [row.kind, row.value, row.unit, row.from, row.to ?? '–', row.confidence, row.source]),
      'No rows.',
    );
  },
};

interface PolicyArguments extends CommonArguments {
  readonly file: string;
  readonly due?: string | undefined;
}

const policyCommand = (end: End): CommandModule<CommonArguments, PolicyArguments> => ({
  command: 'policy <file>',
  describe: 'Check a policy file against the law, and show its timetable',
  builder: (yargs) =>
    yargs
      .positional('file', {
        type: 'string',
        demandOption: true,
        describe: 'A YAML file such as config/policies/se-consumer.yaml',
      })
      .option('due', { type: 'string', describe: 'A due date: each step gets the day on which it could be taken' })
      .example('$0 law policy config/policies/se-consumer.yaml --due 2026-10-01', 'the days of one claim')
      .epilogue(
        'The highest reminder fee is taken as agreed, and the bureau as licensed; with a client’s own terms it is kuvert client check that judges. A broken rule ends with 1.',
      ),
  handler: async ({ file, due, json }) => {
    const checked = await checkPolicy(file, due === undefined ? undefined : dateOption('due', due));
    if (!checked.valid) {
      if (json) printJson(checked);
      else printProblems(checked.problems);
      return end(1);
    }
    const { licensed: _licensed, ...shown } = checked;
    if (json) printJson(shown);
    else printPolicy(file, checked);
  },
});

type LawfulPolicy = Extract<CheckedPolicy, { readonly valid: true }>;

function printPolicy(file: string, { policy, licensed, schedule, filingFrom: filing }: LawfulPolicy): void {
  printTable(
    [
      { title: 'STEP' },
      { title: 'WHEN' },
      { title: 'TERM', right: true },
      { title: 'FEE', right: true },
      { title: 'LICENCE' },
      ...(schedule.length === 0 ? [] : [{ title: 'DATE' }, { title: 'LAST DAY' }]),
    ],
    policy.steps.map((step, index) => [
      step.document,
      whenText(step),
      step.deadlineDays === 0 ? '–' : `${step.deadlineDays} days`,
      step.compensation ? 'compensation' : step.feeAmount === 0n ? '–' : amountText(step.feeAmount),
      licensed.includes(step.document) ? 'needed' : '–',
      ...(schedule.length === 0 ? [] : [schedule[index]?.date ?? '', schedule[index]?.deadline ?? '–']),
    ]),
    'No steps.',
  );
  if (filing !== undefined) console.log(`\nAn application could be filed on ${filing} at the earliest.`);
  console.log(`\n${file} is within the law of ${policy.country} from ${policy.validFrom}.`);
}

type LawStep = LawfulPolicy['policy']['steps'][number];

const whenText = ({ trigger: { after, days, calendar } }: LawStep): string =>
  `${days} ${calendar === 'bank' ? 'bank days' : 'days'} after ${bases[after]}`;

const bases: Readonly<Record<LawStep['trigger']['after'], string>> = {
  due: 'the due date',
  'previous-dispatch': 'the letter before',
  'previous-deadline': 'the term before',
};
