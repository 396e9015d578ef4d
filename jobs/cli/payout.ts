import type { Argv, CommandModule } from 'yargs';
import { payoutStates, receiverText, type PayoutState } from '#engine/settlement/payment-file.ts';
import { act, ask, UsageError } from '../desk/desk.ts';
import {
  approve,
  cancel,
  listPayouts,
  showPayout,
  type DecidedPayouts,
  type PayoutOrder,
  type SentToBank,
  type ToldPayout,
} from '../desk/payouts.ts';
import { asker, personOptions, rowNumber, scopeOf, type CommonArguments, type End } from './arguments.ts';
import { amountText, printJson, printTable } from './output.ts';

/** Money that leaves: what is ordered, who lets it go, what the bank says. */
export const payoutCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'payout',
  describe: 'Look at payouts and refunds, approve or cancel them',
  builder: (yargs) =>
    yargs
      .command(listCommand())
      .command(showCommand())
      .command(approveCommand(end))
      .command(cancelCommand(end))
      .demandCommand(1, 'Name what to do.')
      .epilogue(
        'kuvert run payout settles and orders; a second person approves; the payment file leaves for the bank at once. The bank’s answer\n' +
          'accepts or rejects, its account report settles. What is rejected, returned or cancelled is owed again: a client’s is in the\n' +
          'next payout run, a refund is ordered anew with kuvert payment refund.',
      ),
  handler: () => undefined,
});

interface ListArguments extends CommonArguments {
  readonly client?: string | undefined;
  readonly state?: PayoutState | undefined;
}

const listCommand = (): CommandModule<CommonArguments, ListArguments> => ({
  command: 'list',
  describe: 'List payouts, the oldest first',
  builder: (yargs) =>
    yargs
      .option('client', { type: 'string', describe: 'One client only' })
      .option('state', { choices: payoutStates, describe: 'One state only' }),
  handler: (given) =>
    ask(given, asker(scopeOf(given.client)), async (desk) => {
      const payouts = await listPayouts(desk, { state: given.state });
      if (given.json) printJson(payouts);
      else printPayouts(payouts);
    }),
});

interface ShowArguments extends CommonArguments {
  readonly id: string;
}

const showCommand = (): CommandModule<CommonArguments, ShowArguments> => ({
  command: 'show <id>',
  describe: 'Show one payout and all that the bank said of it',
  builder: (yargs) => yargs.positional('id', { type: 'string', demandOption: true, describe: 'Number of the payout' }),
  handler: async (given) => {
    const id = idOf(given.id);
    await ask(given, asker('bureau'), async (desk) => {
      const { payout, paidThereBefore, history } = await showPayout(desk, id);
      if (given.json) return printJson({ ...payout, paidThereBefore, history });
      printFacts(payout, paidThereBefore);
      printTable(
        [{ title: 'TOLD' }, { title: 'STATUS' }, { title: 'REASON' }, { title: 'FILE' }],
        history.map((item) => [item.recordedAt.toISOString(), item.status, item.reason ?? '', item.file]),
        'The bank has said nothing of it.',
      );
    });
  },
});

interface DecideArguments extends CommonArguments {
  readonly ids?: readonly string[] | undefined;
  readonly run?: string | undefined;
  readonly who: string;
  readonly reason?: string | undefined;
  readonly 'dry-run': boolean;
}

/** Who approves need not say why. */
const approvalOptions = { ...personOptions, reason: { type: 'string', describe: 'Kept with the act' } } as const;

const approveCommand = (end: End): CommandModule<CommonArguments, DecideArguments> => ({
  command: 'approve [ids..]',
  describe: 'Let planned payouts leave for the bank; never by who planned them',
  builder: (yargs) => whichPayouts(yargs).options(approvalOptions),
  handler: (given) => decide(given, end, 'approved'),
});

/** `run approve`: the same for all that a payout run has planned. */
export const approveRunCommand = (end: End): CommandModule<CommonArguments, DecideArguments> => ({
  command: 'approve <run>',
  describe: 'Let the payouts of a payout run leave for the bank; never by who planned them',
  builder: (yargs) =>
    yargs
      .positional('run', { type: 'string', demandOption: true, describe: 'The run’s number, as in run list' })
      .options(approvalOptions),
  handler: (given) => decide(given, end, 'approved'),
});

const cancelCommand = (end: End): CommandModule<CommonArguments, DecideArguments> => ({
  command: 'cancel [ids..]',
  describe: 'Take back payouts that were not sent; the money is owed again',
  builder: (yargs) => whichPayouts(yargs).options(personOptions),
  handler: (given) => decide(given, end, 'cancelled'),
});

const whichPayouts = (yargs: Argv<CommonArguments>) =>
  yargs
    .positional('ids', { type: 'string', array: true, describe: 'Numbers of payouts' })
    .option('run', { type: 'string', describe: 'All payouts of a payout run' });

async function decide(given: DecideArguments, end: End, done: 'approved' | 'cancelled'): Promise<void> {
  const { who: person, reason = null, 'dry-run': dryRun } = given;
  const which = questionOf(given);
  await act(given, { person, scope: 'bureau' }, async (desk) => {
    const order = { which, reason, dryRun };
    const { decided, sent } =
      done === 'approved' ? await approve(desk, order) : { ...(await cancel(desk, order)), sent: undefined };
    if (given.json) printJson({ dryRun, [done]: decided.done, refused: decided.refused, ...sent });
    else {
      printDecided(done, decided, sent);
      if (dryRun) console.log('\nThis was a dry run: nothing was changed.');
    }
    if (decided.refused.length > 0 || (sent?.stopped.length ?? 0) > 0 || decided.done.length === 0) end(1);
  });
}

function questionOf({ ids = [], run }: DecideArguments): PayoutOrder['which'] {
  if (ids.length > 0 === (run !== undefined)) throw new UsageError('Name payouts by number, or all of a run with --run NUMBER.');
  return run === undefined ? { ids: ids.map(idOf) } : { run: rowNumber(run, 'run', 'run list') };
}

const idOf = (text: string): bigint => rowNumber(text, 'payout', 'payout list');

function printPayouts(payouts: readonly ToldPayout[]): void {
  printTable(
    [
      { title: 'PAYOUT', right: true },
      { title: 'CLIENT' },
      { title: 'KIND' },
      { title: 'AMOUNT', right: true },
      { title: 'TO' },
      { title: 'ON' },
      { title: 'STATE' },
      { title: 'BANK' },
    ],
    payouts.map((payout) => [
      payout.id,
      payout.client,
      payout.kind,
      `${amountText(payout.amount)} ${payout.currency}`,
      receiverText(payout.receiver.account),
      payout.executionDate,
      payout.state,
      [payout.bankStatus, payout.bankReason].filter((part) => part !== null).join(' '),
    ]),
    'There are no payouts.',
  );
}

function printFacts(payout: ToldPayout, known: boolean): void {
  const { receiver } = payout;
  const lines: readonly (readonly [string, string])[] = [
    ['Payout', `${payout.id}, ${payout.kind} of ${payout.client}, ${payout.state}`],
    ['Amount', `${amountText(payout.amount)} ${payout.currency} from ${payout.fromAccount} on ${payout.executionDate}`],
    [
      'To',
      `${receiver.name}, ${receiver.town}: ${receiverText(receiver.account)}${known ? '' : ' (no payout has arrived there before)'}`,
    ],
    ['Text', payout.remittance],
    ['Planned by', payout.plannedBy],
    ['Approved by', payout.approvedBy ?? 'nobody yet'],
    ['Bank’s id', payout.instructionId ?? 'none yet'],
    ['Settled', payout.settledOn ?? 'no'],
  ];
  for (const [name, value] of lines) console.log(`${name.padEnd(12)}${value}`);
}

function printDecided(done: string, decided: DecidedPayouts, { files, stopped }: SentToBank = { files: [], stopped: [] }): void {
  for (const { id, client, amount, currency, receiver } of decided.done)
    console.log(`Payout ${id} of ${client}, ${amountText(amount)} ${currency} to ${receiverText(receiver.account)}: ${done}.`);
  for (const { payout, because } of decided.refused)
    console.log(`Payout ${payout.id} of ${payout.client}: not ${done}, ${because}.`);
  for (const { payout, because } of stopped)
    console.log(`Payout ${payout.id} of ${payout.client} is approved and not sent: ${because} Correct it, or cancel the payout.`);
  for (const file of files) console.log(`Payment file ${file.messageId}: ${file.payments} payments, ${amountText(file.amount)}.`);
  if (decided.done.length + decided.refused.length === 0) console.log('There are no such payouts.');
}
