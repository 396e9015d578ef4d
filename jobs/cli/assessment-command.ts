import type { CommandModule } from 'yargs';
import { loadAssessments, type AssessmentRow } from '#engine/store/assessments.ts';
import { inTransaction } from '#engine/store/database.ts';
import { decideProposal, decisions } from '../claims/decide-proposal.ts';
import { withOpenHome } from '../house/open.ts';
import { withHouse } from '../house/prepare.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { rowNumber } from './option-values.ts';
import { printJson, printTable } from './output.ts';

const MAX_SHOWN = 500;

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
  handler: async (given) => {
    await using options = houseOptions(given);
    await withOpenHome(options, async (house) => {
      const rows = await inTransaction(house.database, (tx) =>
        loadAssessments(tx, { client: given.client, undecided: !given.all, limit: MAX_SHOWN }),
      );
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
        rows.map((row) => [`${row.id}`, row.client, row.invoice, row.outcome, row.rule, row.proposedOn, decisionText(row)]),
        'No proposal waits.',
      );
    });
  },
});

const decisionText = ({ decision, decidedBy }: AssessmentRow): string => (decision === null ? '' : `${decision} by ${decidedBy}`);

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
    await using options = houseOptions(given);
    await withHouse(options, async (house) => {
      const decision = decisions[verb];
      const { who, reason } = given;
      const before = await inTransaction(house.database, (tx) => decideProposal(house, tx, { id, verb, who, reason }));
      if (before === undefined || before.decision !== null) {
        console.error(before === undefined ? `There is no proposal ${id}.` : `Proposal ${id} was ${decisionText(before)}.`);
        return end(1);
      }
      if (given.json) printJson({ ...before, decision, decidedBy: who, decisionReason: reason });
      else console.log(`Proposal ${id}, ${before.outcome} for invoice ${before.invoice} of ${before.client}, is ${decision}.`);
    });
  },
});
