import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { inTransaction } from '#engine/store/database.ts';
import type { FileRow } from '#engine/store/files.ts';
import type { Receipt } from '#engine/receipt.ts';
import type { House } from '../house.ts';
import { withHouse } from '../house/prepare.ts';
import { rehearseFile, type Rehearsal } from '../pipeline/rehearse-file.ts';
import { takeInByHand } from '../pipeline/take-in-by-hand.ts';
import { receiptOf } from '../pipeline/write-receipt.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { clientOf } from './option-values.ts';
import { printJson } from './output.ts';
import { printReceipt } from './print-receipt.ts';
import { withProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

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
  handler: async (given) => {
    await using options = houseOptions({ ...given });
    await withHouse(options, async (house) => {
      const path = resolve(given.file);
      await checkGiven(house, path, given.client);
      if (given['dry-run']) await dryRun(house, path, given, end);
      else await ingest(house, path, given, end);
    });
  },
});

async function checkGiven(house: House, path: string, client: string): Promise<void> {
  clientOf(house, client);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new UsageError(`${path} is no file.`);
}

async function ingest(house: House, path: string, given: IngestArguments, end: End): Promise<void> {
  const file = await withProgress(
    () => `Taking in ${basename(path)}`,
    () => takeInByHand(house, { client: given.client, path }),
  );
  const receipt = await inTransaction(house.database, (tx) => receiptOf(house, tx, file));
  report(given, receipt, file);
  if (file.state !== 'booked' || receipt.documents.rejected.count > 0) end(1);
}

function report(given: IngestArguments, receipt: Receipt, file: FileRow): void {
  if (given.json) printJson({ dryRun: false, receipt });
  else {
    printReceipt(receipt);
    console.log(`\nReceipts lie in outbox/clients/${file.client}; kuvert trace ${file.client}/${file.number} follows the file.`);
  }
}

async function dryRun(house: House, path: string, given: IngestArguments, end: End): Promise<void> {
  const rehearsal = await withProgress(
    () => `Rehearsing ${basename(path)}`,
    () => rehearseFile(house, { client: given.client, path }),
  );
  printRehearsal(given, rehearsal);
  if (rehearsal.receipt.file.state !== 'booked' || rehearsal.receipt.documents.rejected.count > 0) end(1);
}

function printRehearsal(given: IngestArguments, { receipt, samples }: Rehearsal): void {
  if (given.json) {
    printJson({ dryRun: true, receipt, samples });
    return;
  }
  printReceipt(receipt, { rehearsed: true });
  console.log('\nThis was a dry run: nothing was booked and nothing leaves the house.');
  for (const sample of samples) console.log(`Sample letter: ${sample}`);
}
