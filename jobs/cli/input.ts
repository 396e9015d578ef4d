import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { describeFinding, isError } from '#engine/finding.ts';
import type { Invoice } from '#engine/invoice.ts';
import { toJson } from '#engine/invoice-json.ts';
import { UsageError } from '../desk/desk.ts';
import { listFormats, openInput, writers, type InputAsked, type WrittenFormat } from '../desk/input.ts';
import type { CommonArguments, End } from './arguments.ts';
import { printFindings, printJson, printTable } from './output.ts';

export const readCommand = (end: End): CommandModule<CommonArguments, CommonArguments & InputAsked> => ({
  command: 'read <file>',
  describe: 'Show what would be made of a file: documents and findings as JSON, one document a line; needs no database',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'The file' })
      .option('as', { type: 'string', describe: 'Its format, as kuvert formats names it; else the client’s' })
      .option('client', { type: 'string', describe: 'Read it under this client’s agreement: mapping, seller, encoding' })
      .example('$0 read faktura.xml --as FORMAT', 'kuvert formats names them')
      .example('$0 read fakturor.csv --client vattnet', 'a CSV by a client’s mapping'),
  handler: async (given) => {
    const input = await openInput(given, given);
    for await (const { submission, findings, ...document } of input.documents) {
      if (document.outcome !== 'accepted') end(1);
      const shown = findings.map((item) => ({ ...item, ...describeFinding(item, input.language) }));
      const read = submission === undefined ? {} : { directions: submission.directions, invoice: submission.invoice };
      console.log(toJson({ ...document, findings: shown, ...read }));
    }
  },
});

interface ConvertArguments extends CommonArguments, InputAsked {
  readonly to: string;
  readonly out?: string | undefined;
}

export const convertCommand = (end: End): CommandModule<CommonArguments, ConvertArguments> => ({
  command: 'convert <file>',
  describe: 'Convert invoices to another format through the canonical model; needs no database',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'The file' })
      .option('to', {
        type: 'string',
        demandOption: true,
        choices: writers.map(({ id }) => id),
        describe: 'The format to write',
      })
      .option('out', { type: 'string', describe: 'File to write, or folder for a file of many documents; else standard output' })
      .option('as', { type: 'string', describe: 'Format of FILE; else the client’s' })
      .option('client', { type: 'string', describe: 'Read FILE under this client’s agreement' })
      .example(
        `$0 convert fakturor.csv --client vattnet --to ${writers[0]?.id ?? 'FORMAT'} --out xml/`,
        'one e-invoice per invoice',
      ),
  handler: async (given) => {
    const writer = writers.find(({ id }) => id === given.to);
    if (!writer) throw new UsageError(`There is no format ${given.to} to write.`);
    const input = await openInput(given, given);
    for await (const { submission, findings, outcome } of input.documents) {
      if (outcome !== 'accepted' || !submission) {
        printFindings(findings.filter(isError), given.file, input.language, console.error);
        end(1);
        continue;
      }
      await put(given.out, submission.invoice, writer);
    }
  },
});

async function put(out: string | undefined, invoice: Invoice, { extension, write }: WrittenFormat): Promise<void> {
  const text = write(invoice);
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  const isFile = out.endsWith(extension);
  const path = isFile ? resolve(out) : join(resolve(out), `${invoice.number.replaceAll(/[^\p{L}\p{N}._-]/gu, '_')}${extension}`);
  await mkdir(dirname(path), { recursive: true });
  // Two documents into one file would lose the first.
  await writeFile(path, text, { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(`${path} exists; name a folder with --out, or another file.`);
  });
}

export const formatsCommand = (): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'formats',
  describe: 'List the formats that can be read and written',
  handler: ({ json }) => {
    const formats = listFormats();
    if (json) {
      printJson(formats);
      return;
    }
    printTable(
      [{ title: 'FORMAT' }, { title: 'READS' }, { title: 'WRITES' }, { title: 'WHAT IT IS' }],
      formats.map((format) => [format.id, format.reads ? 'yes' : '–', format.writes ? 'yes' : '–', format.title]),
      'No formats.',
    );
  },
});
