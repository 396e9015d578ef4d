import type { Argv, CommandModule } from 'yargs';
import { payoutStates, receiverText, type Payout, type PayoutState } from '#engine/payout.ts';
import { inTransaction, rehearse } from '#engine/store/database.ts';
import { loadPayoutHistory, loadPayouts, wasPaidBefore, type PayoutQuestion } from '#engine/store/payouts.ts';
import type { House } from '../house.ts';
import { withOpenHome } from '../house/open.ts';
import { withHouse } from '../house/prepare.ts';
import { approvePayouts, cancelPayouts, type Decided } from '../payout/decide-payouts.ts';
import { sendPayouts, type SentPayouts } from '../payout/send-payouts.ts';
import { dispatchFiles } from '../pipeline/dispatch-files.ts';
import { remoteFor } from '../pipeline/remotes.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { rowNumber } from './option-values.ts';
import { amountText, printJson, printTable } from './output.ts';
import { personOptions } from './person-options.ts';
import { UsageError } from './usage-error.ts';

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
          '(pain.002) accepts or rejects, its account report settles. What is rejected, returned or cancelled is owed again: a client’s is in the\n' +
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
  handler: async (given) => {
    await using options = houseOptions(given);
    await withOpenHome(options, async (house) => {
      const question = {
        ...(given.client === undefined ? {} : { client: given.client }),
        ...(given.state ? { states: [given.state] } : {}),
      };
      const payouts = await inTransaction(house.database, (tx) => loadPayouts(tx, question));
      if (given.json) printJson(payouts);
      else printPayouts(payouts);
    });
  },
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
    await using options = houseOptions(given);
    await withOpenHome(options, (house) =>
      inTransaction(house.database, async (tx) => {
        const [payout] = await loadPayouts(tx, { ids: [id] });
        if (!payout) throw new UsageError(`There is no payout ${id}: kuvert payout list shows them.`);
        const history = await loadPayoutHistory(tx, id);
        const known = await wasPaidBefore(tx, payout.client, payout.receiver);
        if (given.json) return printJson({ ...payout, paidThereBefore: known, history });
        printFacts(payout, known);
        printTable(
          [{ title: 'TOLD' }, { title: 'STATUS' }, { title: 'REASON' }, { title: 'FILE' }],
          history.map((item) => [item.recordedAt.toISOString(), item.status, item.reason ?? '', item.file]),
          'The bank has said nothing of it.',
        );
      }),
    );
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
  handler: (given) => decide(given, end, approval),
});

/** `run approve`: the same for all that a payout run has planned. */
export const approveRunCommand = (end: End): CommandModule<CommonArguments, DecideArguments> => ({
  command: 'approve <run>',
  describe: 'Let the payouts of a payout run leave for the bank; never by who planned them',
  builder: (yargs) =>
    yargs
      .positional('run', { type: 'string', demandOption: true, describe: 'The run’s number, as in run list' })
      .options(approvalOptions),
  handler: (given) => decide(given, end, approval),
});

const cancelCommand = (end: End): CommandModule<CommonArguments, DecideArguments> => ({
  command: 'cancel [ids..]',
  describe: 'Take back payouts that were not sent; the money is owed again',
  builder: (yargs) => whichPayouts(yargs).options(personOptions),
  handler: (given) => decide(given, end, { done: 'cancelled', act: cancelPayouts }),
});

const whichPayouts = (yargs: Argv<CommonArguments>) =>
  yargs
    .positional('ids', { type: 'string', array: true, describe: 'Numbers of payouts' })
    .option('run', { type: 'string', describe: 'All payouts of a payout run' });

interface Decision {
  readonly done: 'approved' | 'cancelled';
  readonly act: typeof approvePayouts;
  /** What is approved leaves at once. */
  readonly send?: (house: House) => Promise<SentPayouts>;
}

const approval: Decision = { done: 'approved', act: approvePayouts, send: sendAndDispatch };

async function decide(given: DecideArguments, end: End, { done, act, send }: Decision): Promise<void> {
  const { who, reason = null, 'dry-run': dryRun } = given;
  const which = questionOf(given);
  await using options = houseOptions(given);
  await withHouse(options, async (house) => {
    const decided = await (dryRun ? rehearse : inTransaction)(house.database, (tx) => act(house, tx, { which, who, reason }));
    const sent = dryRun ? undefined : await send?.(house);
    if (given.json) printJson({ dryRun, [done]: decided.done, refused: decided.refused, ...sent });
    else {
      printDecided(done, decided, sent);
      if (dryRun) console.log('\nThis was a dry run: nothing was changed.');
    }
    if (decided.refused.length > 0 || (sent?.stopped.length ?? 0) > 0 || decided.done.length === 0) end(1);
  });
}

async function sendAndDispatch(house: House): Promise<SentPayouts> {
  const sent = await sendPayouts(house);
  const remote = remoteFor(house.config, 'payment-file', 'bank');
  if (sent.files.length > 0 && remote !== null) await dispatchFiles(house, remote, new AbortController().signal);
  return sent;
}

function questionOf({ ids = [], run }: DecideArguments): PayoutQuestion {
  if (ids.length > 0 === (run !== undefined)) throw new UsageError('Name payouts by number, or all of a run with --run NUMBER.');
  return run === undefined ? { ids: ids.map(idOf) } : { run: rowNumber(run, 'run', 'run list') };
}

const idOf = (text: string): bigint => rowNumber(text, 'payout', 'payout list');

function printPayouts(payouts: readonly Payout[]): void {
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
      payout.id.toString(),
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

function printFacts(payout: Payout, known: boolean): void {
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

function printDecided(done: string, decided: Decided, { files, stopped }: SentPayouts = { files: [], stopped: [] }): void {
  for (const { id, client, amount, currency, receiver } of decided.done)
    console.log(`Payout ${id} of ${client}, ${amountText(amount)} ${currency} to ${receiverText(receiver.account)}: ${done}.`);
  for (const { payout, because } of decided.refused)
    console.log(`Payout ${payout.id} of ${payout.client}: not ${done}, ${because}.`);
  for (const { payout, because } of stopped)
    console.log(`Payout ${payout.id} of ${payout.client} is approved and not sent: ${because} Correct it, or cancel the payout.`);
  for (const file of files) console.log(`Payment file ${file.messageId}: ${file.payments} payments, ${amountText(file.amount)}.`);
  if (decided.done.length + decided.refused.length === 0) console.log('There are no such payouts.');
}
