import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { resolvePolicy } from '#config/choose-policy.ts';
import { loadPolicy, usualTerms } from '#config/load-policies.ts';
import { at } from '#engine/dated-table.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import type { Policy, PolicyStep } from '#engine/law/policy.ts';
import { filingDate, planSchedule, type ScheduledStep } from '#engine/law/step-date.ts';
import type { Country } from '#engine/sockets/country.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import { parts } from '../house/parts.ts';
import type { CommonArguments, End } from './house-options.ts';
import { dateOption } from './law-options.ts';
import { amountText, printJson, printProblems, printTable } from './output.ts';

interface PolicyArguments extends CommonArguments {
  readonly file: string;
  readonly due?: string | undefined;
}

export const lawPolicyCommand = (end: End): CommandModule<CommonArguments, PolicyArguments> => ({
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
    const { terms, problems } = await loadPolicy(resolve(file), parts);
    const dueDate = due === undefined ? undefined : dateOption('due', due);
    if (!terms) {
      if (json) printJson({ valid: false, problems });
      else printProblems(problems);
      end(1);
      return;
    }
    const law = countryOf(parts, terms.country);
    const policy = resolvePolicy(terms, usualTerms(terms, law));
    const schedule = dueDate === undefined ? [] : planSchedule(policy, dueDate, law);
    const filing = earliestFiling(policy, schedule, law);
    if (json) printJson({ valid: true, policy, schedule, ...(filing === undefined ? {} : { filingFrom: filing }) });
    else print(file, policy, schedule, filing);
  },
});

function earliestFiling(policy: Policy, schedule: readonly ScheduledStep[], law: Country): IsoDate | undefined {
  const deadline = schedule.findLast(({ document }) => document === law.filedAfter)?.deadline;
  return deadline === undefined ? undefined : filingDate(policy, deadline, law);
}

function print(file: string, policy: Policy, schedule: readonly ScheduledStep[], filing: IsoDate | undefined): void {
  const licensed = at(countryOf(parts, policy.country).licensedActs, policy.validFrom);
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

const whenText = ({ trigger: { after, days, calendar } }: PolicyStep): string =>
  `${days} ${calendar === 'bank' ? 'bank days' : 'days'} after ${bases[after]}`;

const bases: Readonly<Record<PolicyStep['trigger']['after'], string>> = {
  due: 'the due date',
  'previous-dispatch': 'the letter before',
  'previous-deadline': 'the term before',
};
