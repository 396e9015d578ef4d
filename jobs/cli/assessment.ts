import type { CommandModule } from 'yargs';
import { act, ask } from '../desk/desk.ts';
import { decideOnAssessment, listAssessments, type ToldAssessment } from '../desk/runs.ts';
import { asker, rowNumber, scopeOf, type CommonArguments, type End } from './arguments.ts';
import { printJson, printTable } from './output.ts';

export const assessmentCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'assessment',
  describe: 'Proposals of what to do with unpaid claims; a person decides on each',
  builder: (yargs) =>
    yargs
      .command(listCommand())
      .command(decideCommand('confirm', end))
      .command(decideCommand('decline', end))
      .demandCommand(1, 'Name what to do: list, confirm or decline.'),
  handler: () => undefined,
});

interface ListArguments extends CommonArguments {
  readonly client?: string | undefined;
  readonly all: boolean;
}

const listCommand = (): CommandModule<CommonArguments, ListArguments> => ({
  command: 'list',
  describe: 'Proposals that wait for a person',
  builder: (yargs) =>
    yargs
      .option('client', { type: 'string', describe: 'One client only' })
      .option('all', { type: 'boolean', default: false, describe: 'Those decided too' }),
  handler: (given) =>
    ask(given, asker(scopeOf(given.client)), async (desk) => {
      const rows = await listAssessments(desk, { all: given.all });
      if (given.json) return printJson(rows);
      printTable(
        [
          { title: 'ID', right: true },
          { title: 'CLIENT' },
          { title: 'INVOICE' },
          { title: 'PROPOSAL' },
          { title: 'RULE' },
          { title: 'DATE' },
          { title: 'DECISION' },
        ],
        rows.map((row) => [row.id, row.client, row.invoice, row.outcome, row.rule, row.proposedOn, decisionText(row)]),
        'No proposal waits.',
      );
    }),
});

const decisionText = ({ decision, decidedBy }: ToldAssessment): string =>
  decision === null ? '' : `${decision} by ${decidedBy}`;

interface DecideArguments extends CommonArguments {
  readonly id: string;
  readonly who: string;
  readonly reason: string;
}

const decideCommand = (verb: 'confirm' | 'decline', end: End): CommandModule<CommonArguments, DecideArguments> => ({
  command: `${verb} <id>`,
  describe: verb === 'confirm' ? 'Take a proposal' : 'Set a proposal aside',
  builder: (yargs) =>
    yargs
      .positional('id', { type: 'string', demandOption: true, describe: 'The proposal’s number, as in assessment list' })
      .option('who', { type: 'string', demandOption: true, describe: 'Who decides' })
      .option('reason', { type: 'string', demandOption: true, describe: 'Why; kept with the case' }),
  handler: async (given) => {
    const id = rowNumber(given.id, 'proposal', 'assessment list');
    await act(given, { person: given.who, scope: 'bureau' }, async (desk) => {
      const decided = await decideOnAssessment(desk, { id, verb, reason: given.reason });
      if (decided.outcome !== 'decided') {
        console.error(
          decided.outcome === 'unknown'
            ? `There is no proposal ${id}.`
            : `Proposal ${id} was ${decisionText(decided.assessment)}.`,
        );
        return end(1);
      }
      const { assessment } = decided;
      if (given.json) printJson(assessment);
      else
        console.log(
          `Proposal ${id}, ${assessment.outcome} for invoice ${assessment.invoice} of ${assessment.client}, is ${assessment.decision}.`,
        );
    });
  },
});
