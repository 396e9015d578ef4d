import type { CommandModule } from 'yargs';
import { inTransaction } from '#engine/store/database.ts';
import { loadOutstandingJobs, type DispatchCount } from '#engine/store/dispatch-status.ts';
import { loadMoneyStatus, type MoneyStatus } from '#engine/store/money-status.ts';
import { loadQueueDepths } from '#engine/store/queue-depths.ts';
import { loadStatus, type HouseStatus } from '#engine/store/status.ts';
import { jobName } from '#layouts/spool/spool.ts';
import { withOpenHome } from '../house/open.ts';
import { queueNames } from '../queues/job-queues.ts';
import { loadAllMissing } from '../runs/run-calendar.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { amountText, printJson, printTable, timeText } from './output.ts';

export const statusCommand = (_end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'status',
  describe: 'Files, queues, outbox, and what waits for whom',
  handler: async (given) => {
    await using options = houseOptions(given);
    await withOpenHome(options, async (house) => {
      const status = await inTransaction(house.database, loadStatus);
      const money = await inTransaction(house.database, loadMoneyStatus);
      const overdueBefore = new Date(house.clock().getTime() - house.config.limits.dispatchAlarmDays * MILLISECONDS_PER_DAY);
      const dispatch = await inTransaction(house.database, (tx) => loadOutstandingJobs(tx, overdueBefore));
      const queues = await inTransaction(house.database, (tx) => loadQueueDepths(tx, queueNames));
      const missingRuns = await inTransaction(house.database, (tx) => loadAllMissing(house, tx));
      if (given.json) {
        printJson({ ...status, dispatch, money, missingRuns, queues });
        return;
      }
      printStatus({ ...status, dispatch }, money, house.config.bureau.timeZone);
      section('Missing runs');
      printTable(
        [{ title: 'CLIENT' }, { title: 'RUN' }, { title: 'DATE' }],
        missingRuns.map(({ client, kind, date }) => [client, kind, date]),
        'None.',
      );
      section('Queues');
      printTable(
        [{ title: 'QUEUE' }, { title: 'READY', right: true }, { title: 'ACTIVE', right: true }, { title: 'FAILED', right: true }],
        queues.map(({ queue, ready, active, failed }) => [queue, `${ready}`, `${active}`, `${failed}`]),
        'No queues.',
      );
    });
  },
});

const MILLISECONDS_PER_DAY = 86_400_000;

const section = (title: string): void => console.log(`\n${title}`);
const right = (title: string) => ({ title, right: true });

interface WholeStatus extends HouseStatus {
  readonly dispatch: readonly DispatchCount[];
}

function printStatus(status: WholeStatus, money: MoneyStatus, timeZone: string): void {
  section('Files');
  printTable(
    [
      { title: 'CLIENT' },
      { title: 'STATE' },
      ...['FILES', 'ACCEPTED', 'REJECTED', 'DUPLICATE', 'HELD'].map(right),
      { title: 'LATEST' },
    ],
    status.files.map((row) => [
      row.client,
      row.state,
      ...[row.files, row.accepted, row.rejected, row.duplicate, row.held].map(String),
      timeText(row.latest, timeZone),
    ]),
    'No file has been received.',
  );
  printMoney(money);
  section('Waiting for a person');
  printTable(
    [{ title: 'WHAT' }, { title: 'WHICH' }, { title: 'WHY' }, { title: 'WHAT TO DO' }],
    [
      ...status.heldFiles.map((file) => [
        'held file',
        `${file.client}/${file.number} ${file.name}`,
        file.code ?? '',
        `kuvert file retry ${file.client} ${file.number}`,
      ]),
      ...status.refusedLetters.map((letter) => [
        'refused letter',
        `${letter.client} ${letter.invoice}`,
        letter.reason,
        'send it by hand',
      ]),
      ...status.outbound
        .filter((row) => row.parked > 0n)
        .map((row) => [
          'unsent files',
          `${row.parked} ${row.kind} for ${row.remote}`,
          row.lastError ?? '',
          `kuvert outbox retry ${row.remote}`,
        ]),
      ...status.dispatch.filter((job) => job.overdue).map((job) => overdueRow(job, timeZone)),
      ...money.tasks.map((task) => [task.what, task.which, task.why, task.command]),
    ],
    'Nothing.',
  );
  section('Under way');
  printTable(
    [{ title: 'WHAT' }, { title: 'WHOSE' }, right('NUMBER'), { title: 'REMARK' }],
    [
      ...status.waiting.map((row) => [
        row.what === 'spool' ? 'letters in a print job' : `${row.what} to be made`,
        row.client,
        `${row.documents}`,
        '',
      ]),
      ...status.dispatch.map(outstandingRow),
      ...status.outbound.map((row) => [`${row.kind} to be sent`, row.remote, `${row.waiting - row.parked}`, row.lastError ?? '']),
    ],
    'Nothing.',
  );
}

const overdueRow = (job: DispatchCount, timeZone: string): string[] => [
  'unconfirmed letters',
  `${job.outstanding} of ${job.sent} in ${jobName(job.jobNumber)}`,
  `released ${timeText(job.releasedAt, timeZone)}`,
  'ask the print house for its status file',
];

const outstandingRow = (job: DispatchCount): string[] => [
  'letters to be confirmed',
  job.client,
  `${job.outstanding}`,
  `${jobName(job.jobNumber)}: ${job.sent} sent, ${job.acknowledged} confirmed`,
];

function printMoney({ balances, runs }: MoneyStatus): void {
  section('Ledger');
  printTable(
    [
      { title: 'CLIENT' },
      ...['PRINCIPAL', 'FEES AND INTEREST', 'CLIENT FUNDS', 'OWED TO CLIENT', 'SUSPENSE', 'OVERPAID'].map(right),
      { title: '' },
    ],
    balances.map((row) => [
      row.client,
      ...[
        row.principalAmount,
        row.extrasAmount,
        row.fundsAmount,
        row.liabilityAmount,
        row.suspenseAmount,
        row.overpaidAmount,
      ].map(amountText),
      row.currency,
    ]),
    'Nothing is booked.',
  );
  section('Latest runs');
  printTable(
    [{ title: 'CLIENT' }, { title: 'RUN' }, { title: 'DATE' }, right('STEPS'), right('SKIPPED')],
    runs.map((row) => [row.client, row.kind, row.businessDate, `${row.steps}`, `${row.skips}`]),
    'None yet.',
  );
}
