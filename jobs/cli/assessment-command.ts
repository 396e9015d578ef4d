import type { CommandModule } from 'yargs';
import { decideAssessment, loadAssessments, lockAssessment, type AssessmentRow } from '#engine/store/assessments.ts';
import { storeAudit } from '#engine/store/audit.ts';
import { inTransaction } from '#engine/store/database.ts';
import { withHouse } from '../open-house.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { printJson, printTable } from './output.ts';
import { UsageError } from './usage-error.ts';

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
    await withHouse(options, async (house) => {
      const rows = await inTransaction(house.database, (transaction) =>
        loadAssessments(transaction, { client: given.client, undecided: !given.all, limit: MAX_SHOWN }),
      );
      if (given.json) return printJson(rows.map(jsonOf));
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

/** Numbers of rows are no amounts. */
const jsonOf = ({ id, run, ...row }: AssessmentRow) => ({ id: id.toString(), run: run.toString(), ...row });

interface DecideArguments extends CommonArguments {
  readonly id: number;
  readonly who: string;
  readonly reason: string;
}

const decideCommand = (verb: 'confirm' | 'decline', end: End): CommandModule<CommonArguments, DecideArguments> => ({
  command: `${verb} <id>`,
  describe: verb === 'confirm' ? 'Take a proposal' : 'Set a proposal aside',
  builder: (yargs) =>
    yargs
      .positional('id', { type: 'number', demandOption: true, describe: 'The proposal’s number, as in assessment list' })
      .option('who', { type: 'string', demandOption: true, describe: 'Who decides' })
      .option('reason', { type: 'string', demandOption: true, describe: 'Why; kept with the case' }),
  handler: async (given) => {
    if (!Number.isSafeInteger(given.id) || given.id < 1) throw new UsageError(`"${given.id}" is no proposal.`);
    await using options = houseOptions(given);
    await withHouse(options, async (house) => {
      const decision = verb === 'confirm' ? 'confirmed' : 'declined';
      const { who, reason } = given;
      const at = house.clock();
      const before = await inTransaction(house.database, async (transaction) => {
        const row = await lockAssessment(transaction, BigInt(given.id));
        if (row === undefined || row.decision !== null) return row;
        await decideAssessment(transaction, row.id, { decision, who, reason, at });
        await storeAudit(transaction, {
          at,
          who,
          act: `assessment ${verb}`,
          subject: `${row.client} ${row.invoice}: ${row.outcome}`,
          reason,
        });
        return row;
      });
      if (before === undefined || before.decision !== null) {
        console.error(
          before === undefined ? `There is no proposal ${given.id}.` : `Proposal ${given.id} was ${decisionText(before)}.`,
        );
        return end(1);
      }
      if (given.json) printJson({ ...jsonOf(before), decision, decidedBy: who, decisionReason: reason });
      else
        console.log(`Proposal ${given.id}, ${before.outcome} for invoice ${before.invoice} of ${before.client}, is ${decision}.`);
    });
  },
});
