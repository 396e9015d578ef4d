import { basename } from 'node:path';
import type { CommandModule } from 'yargs';
import { receiptOutcomes, receivedIn, type Receipt } from '#engine/receipt.ts';
import { act, ask, timeZoneAt } from '../desk/desk.ts';
import { rehearseTakingIn, retryFile, retryOutbox, takeIn, trace, type Trace } from '../desk/files.ts';
import { asker, scopeOf, type CommonArguments, type End } from './arguments.ts';
import { amountText, printFindings, printJson, printTable, timeText, withProgress } from './output.ts';

interface IngestArguments extends CommonArguments {
  readonly file: string;
  readonly client: string;
  readonly 'dry-run': boolean;
}

export const ingestCommand = (end: End): CommandModule<CommonArguments, IngestArguments> => ({
  command: 'ingest <file>',
  describe: 'Take one file in now, as the daemon would: book it, make its letters and e-invoices, send them',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'The file; it stays where it is' })
      .option('client', { type: 'string', demandOption: true, describe: 'Whose file it is' })
      .option('dry-run', {
        type: 'boolean',
        default: false,
        describe: 'Show the receipt it would get and write sample letters; book nothing, send nothing',
      })
      .example('$0 ingest fakturor.csv --client vattnet --dry-run', 'what would become of a file'),
  handler: (given) =>
    act(given, asker({ client: given.client }), async (desk) => {
      const name = basename(given.file);
      const dryRun = given['dry-run'];
      const { receipt, samples } = dryRun
        ? await withProgress(
            () => `Rehearsing ${name}`,
            () => rehearseTakingIn(desk, given.file),
          )
        : {
            receipt: await withProgress(
              () => `Taking in ${name}`,
              () => takeIn(desk, given.file),
            ),
            samples: undefined,
          };
      if (given.json) printJson({ dryRun, receipt, ...(samples ? { samples } : {}) });
      else printTakenIn(receipt, samples);
      if (receipt.file.state !== 'booked' || receipt.documents.rejected.count > 0) end(1);
    }),
});

/** With the sample letters of a dry run. */
function printTakenIn(receipt: Receipt, samples: readonly string[] | undefined): void {
  printReceipt(receipt, { rehearsed: samples !== undefined });
  if (samples === undefined) {
    const { client, file } = receipt;
    console.log(`\nReceipts lie in outbox/clients/${client}; kuvert trace ${client}/${file.number} follows the file.`);
    return;
  }
  console.log('\nThis was a dry run: nothing was booked and nothing leaves the house.');
  for (const sample of samples) console.log(`Sample letter: ${sample}`);
}

/** Shows a receipt as its sender will read it, findings first, the equation last where the eye rests. */
export function printReceipt(receipt: Receipt, { rehearsed = false }: { readonly rehearsed?: boolean } = {}): void {
  const { file, documents, currency } = receipt;
  printFindings(receipt.findings, file.name, receipt.language);
  const more = receipt.findingsInAll - receipt.findings.length;
  if (more > 0) console.log(`… and ${more} more findings.`);
  console.log(`\nFile ${file.number} of ${receipt.client}, ${file.name}${rehearsed ? ', would be' : ''}: ${file.state}`);
  printTable(
    [{ title: 'INVOICES' }, { title: 'COUNT', right: true }, { title: currency, right: true }],
    [['in', receivedIn(documents)] as const, ...receiptOutcomes.map((outcome) => [outcome, documents[outcome]] as const)].map(
      ([word, { count, amount }]) => [word, String(count), amountText(amount)],
    ),
    '',
  );
}

export const fileCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'file',
  describe: 'Act on received files',
  builder: (yargs) => yargs.command(retryFileCommand(end)).demandCommand(1, 'Name what to do with the file.'),
  handler: () => undefined,
});

interface RetryFileArguments extends CommonArguments {
  readonly client: string;
  readonly number: number;
}

const retryFileCommand = (end: End): CommandModule<CommonArguments, RetryFileArguments> => ({
  command: 'retry <client> <number>',
  describe: 'Try a held file again, such as one that came before its agreement',
  builder: (yargs) =>
    yargs
      .positional('client', { type: 'string', demandOption: true, describe: 'The client' })
      .positional('number', { type: 'number', demandOption: true, describe: 'The file’s number, as on its receipt' }),
  handler: (given) =>
    act(given, asker({ client: given.client }), async (desk) => {
      const { client, number } = given;
      const state = await retryFile(desk, number);
      if (given.json) printJson({ client, number, state });
      else console.log(`File ${number} of ${client} is now ${state}.`);
      if (state !== 'booked') end(1);
    }),
});

export const outboxCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'outbox',
  describe: 'Act on files that are to leave the house',
  builder: (yargs) => yargs.command(retryOutboxCommand(end)).demandCommand(1, 'Name what to do.'),
  handler: () => undefined,
});

const retryOutboxCommand = (end: End): CommandModule<CommonArguments, CommonArguments & { readonly remote: string }> => ({
  command: 'retry <remote>',
  describe: 'Send what waits for a remote now, parked files too; what it has already is not sent again',
  builder: (yargs) =>
    yargs.positional('remote', { type: 'string', demandOption: true, describe: 'print-house, access-point or client:ID' }),
  handler: (given) =>
    act(given, asker('bureau'), async (desk) => {
      const { remote } = given;
      const { waiting, left } = await retryOutbox(desk, remote);
      if (given.json) printJson({ remote, sent: waiting - left, left });
      else console.log(`${waiting - left} of ${waiting} files were sent to ${remote}.`);
      if (left > 0) end(3);
    }),
});

interface TraceArguments extends CommonArguments {
  readonly id: string;
  readonly client?: string | undefined;
}

export const traceCommand = (end: End): CommandModule<CommonArguments, TraceArguments> => ({
  command: 'trace <id>',
  describe: 'Follow an invoice, a document or a file through the house: each step with time, file and hash',
  builder: (yargs) =>
    yargs
      .positional('id', {
        type: 'string',
        demandOption: true,
        describe: 'Invoice number, payment reference, document id, or CLIENT/NUMBER of a file as on its receipt',
      })
      .option('client', { type: 'string', describe: 'Only this client, where numbers repeat' })
      .example('$0 trace 2026-1001', 'the way of an invoice')
      .example('$0 trace vattnet/3', 'the way of the third file of vattnet'),
  handler: (given) =>
    ask(given, asker(scopeOf(given.client)), async (desk) => {
      const traces = await trace(desk, given.id);
      if (given.json) printJson(traces);
      else for (const one of traces) printTrace(one, timeZoneAt(desk));
      if (traces.length > 0) return;
      if (!given.json) console.log(`Nothing goes by ${given.id}.`);
      end(1);
    }),
});

function printTrace({ subject, steps }: Trace, timeZone: string): void {
  console.log(subject);
  printTable(
    [{ title: 'WHEN' }, { title: 'STEP' }, { title: 'WHAT' }, { title: 'SHA-256' }],
    steps.map((step) => [step.at ? timeText(step.at, timeZone) : '–', step.step, step.what, step.sha256?.slice(0, 16) ?? '']),
    'No steps.',
  );
  console.log('');
}
