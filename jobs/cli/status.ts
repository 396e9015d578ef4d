import type { CommandModule } from 'yargs';
import { ask, timeZoneAt } from '../desk/desk.ts';
import { spoolName, status, type WholeStatus } from '../desk/house.ts';
import { asker, type CommonArguments } from './arguments.ts';
import { amountText, printJson, printTable, timeText } from './output.ts';

export const statusCommand = (): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'status',
  describe: 'Files, queues, outbox, and what waits for whom',
  handler: (given) =>
    ask(given, asker('bureau'), async (desk) => {
      const found = await status(desk);
      if (given.json) printJson(found);
      else printStatus(found, timeZoneAt(desk));
    }),
});

type DispatchCount = WholeStatus['dispatch'][number];

const section = (title: string): void => console.log(`\n${title}`);
const right = (title: string) => ({ title, right: true });

function printStatus(status: WholeStatus, timeZone: string): void {
  printFiles(status, timeZone);
  printMoney(status);
  printWaiting(status, timeZone);
  printUnderWay(status);
  section('Missing runs');
  printTable(
    [{ title: 'CLIENT' }, { title: 'RUN' }, { title: 'DATE' }],
    status.missingRuns.map(({ client, kind, date }) => [client, kind, date]),
    'None.',
  );
  section('Queues');
  printTable(
    [{ title: 'QUEUE' }, { title: 'READY', right: true }, { title: 'ACTIVE', right: true }, { title: 'FAILED', right: true }],
    status.queues.map(({ queue, ready, active, failed }) => [queue, ready, active, failed]),
    'No queues.',
  );
}

function printFiles(status: WholeStatus, timeZone: string): void {
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
      row.files,
      row.accepted,
      row.rejected,
      row.duplicate,
      row.held,
      timeText(row.latest, timeZone),
    ]),
    'No file has been received.',
  );
}

function printWaiting(status: WholeStatus, timeZone: string): void {
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
      ...status.troubledFiles.map((file) => [
        'failed file',
        `${file.client}/${file.number} ${file.name}`,
        file.trouble,
        'it is tried again by itself; the log says more',
      ]),
      ...status.refusedLetters.map((letter) => [
        'refused letter',
        `${letter.client} ${letter.invoice}`,
        letter.reason,
        'send it by hand',
      ]),
      ...status.outbound
        .filter((row) => row.parked !== '0')
        .map((row) => [
          'unsent files',
          `${row.parked} ${row.kind} for ${row.remote}`,
          row.lastError ?? '',
          `kuvert outbox retry ${row.remote}`,
        ]),
      ...status.dispatch.filter((job) => job.overdue).map((job) => overdueRow(job, timeZone)),
      ...status.money.tasks.map((task) => [task.what, task.which, task.why, task.command]),
    ],
    'Nothing.',
  );
}

function printUnderWay(status: WholeStatus): void {
  section('Under way');
  printTable(
    [{ title: 'WHAT' }, { title: 'WHOSE' }, right('NUMBER'), { title: 'REMARK' }],
    [
      ...status.waiting.map((row) => [
        row.what === 'spool' ? 'letters in a print job' : `${row.what} to be made`,
        row.client,
        row.documents,
        '',
      ]),
      ...status.dispatch.map(outstandingRow),
      ...status.outbound.map((row) => [
        `${row.kind} to be sent`,
        row.remote,
        String(Number(row.waiting) - Number(row.parked)),
        row.lastError ?? '',
      ]),
    ],
    'Nothing.',
  );
}

const overdueRow = (job: DispatchCount, timeZone: string): string[] => [
  'unconfirmed letters',
  `${job.outstanding} of ${job.sent} in ${spoolName(job.jobNumber)}`,
  `released ${timeText(job.releasedAt, timeZone)}`,
  'ask the print house for its status file',
];

const outstandingRow = (job: DispatchCount): string[] => [
  'letters to be confirmed',
  job.client,
  job.outstanding,
  `${spoolName(job.jobNumber)}: ${job.sent} sent, ${job.acknowledged} confirmed`,
];

function printMoney({ money: { balances, runs } }: WholeStatus): void {
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
