import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { isError } from '#engine/finding.ts';
import { toJson } from '#engine/invoice-json.ts';
import type { Invoice } from '#engine/invoice.ts';
import { recheckPeppol } from '#formats/peppol/recheck-peppol.ts';
import { writePeppolInvoice } from '#formats/peppol/write-peppol-invoice.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { openInput, type InputArguments } from './open-input.ts';
import { printFindings } from './output.ts';
import { UsageError } from './usage-error.ts';

interface ConvertArguments extends CommonArguments, InputArguments {
  readonly to: string;
  readonly out?: string | undefined;
}

export const convertCommand = (end: End): CommandModule<CommonArguments, ConvertArguments> => ({
  command: 'convert <file>',
  describe: 'Convert invoices to another format through the canonical model; needs no database',
  builder: (yargs) =>
    yargs
      .positional('file', { type: 'string', demandOption: true, describe: 'The file' })
      .option('to', { type: 'string', demandOption: true, choices: Object.keys(writers), describe: 'The format to write' })
      .option('out', { type: 'string', describe: 'File to write, or folder for a file of many documents; else standard output' })
      .option('as', { type: 'string', describe: 'Format of FILE; else the client’s' })
      .option('client', { type: 'string', describe: 'Read FILE under this client’s agreement' })
      .example('$0 convert fakturor.csv --client vattnet --to peppol --out xml/', 'one e-invoice per invoice'),
  handler: async (given) => {
    await using options = houseOptions(given);
    const writer = writers[given.to];
    if (!writer) throw new UsageError(`There is no format ${given.to} to write.`);
    const input = await openInput(given, { configFolder: options.configFolder, parts: options.parts, now: options.clock() });
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

interface Writer {
  readonly ending: string;
  readonly write: (invoice: Invoice) => string;
}

const writers: Readonly<Record<string, Writer>> = {
  peppol: {
    ending: 'xml',
    write: (invoice) => {
      const xml = writePeppolInvoice(invoice);
      // What was written must say what was read, or it is our mistake; the rules of the network are the receiver's to judge here.
      const lost = recheckPeppol(xml, invoice, {}).filter((item) => item.code === 'PEPPOL-RECHECK');
      if (lost.length > 0)
        throw new Error(`invoice ${invoice.number} was not written whole: ${lost.map((item) => item.field).join(', ')}`);
      return xml;
    },
  },
  'canonical-json': { ending: 'json', write: (invoice) => `${toJson(invoice, 2)}\n` },
};

async function put(out: string | undefined, invoice: Invoice, { ending, write }: Writer): Promise<void> {
  const text = write(invoice);
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  const isFile = out.endsWith(`.${ending}`);
  const path = isFile ? resolve(out) : join(resolve(out), `${invoice.number.replaceAll(/[^\p{L}\p{N}._-]/gu, '_')}.${ending}`);
  await mkdir(dirname(path), { recursive: true });
  // Two documents into one file would lose the first.
  await writeFile(path, text, { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UsageError(`${path} exists; name a folder with --out, or another file.`);
  });
}
