import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { agreementOn, type Agreement } from '#engine/agreement.ts';
import { isError, type Finding } from '#engine/finding.ts';
import { dateInZone } from '#engine/iso-date.ts';
import type { Language } from '#engine/language.ts';
import type { ReadItem, Submission } from '#engine/submission.ts';
import type { Invoice } from '#engine/invoice.ts';
import { toJson } from '#engine/invoice-json.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { readPeppolInvoice } from '#formats/peppol/read-peppol-invoice.ts';
import { recheckPeppol } from '#formats/peppol/recheck-peppol.ts';
import { writePeppolInvoice } from '#formats/peppol/write-peppol-invoice.ts';
import { formats, type Format } from '#formats/registry.ts';
import { readConfig, type HomeOptions } from '../house/open.ts';
import { checkDocument } from '../pipeline/check-document.ts';
import { readInput } from '../pipeline/read-input.ts';
import { houseAt, UsageError, type Place } from './desk.ts';

/** A file to be read outside the house: by a client's agreement, or as a format. */
export interface InputAsked {
  readonly file: string;
  readonly as?: string | undefined;
  readonly client?: string | undefined;
}

/** One document of a file, read and checked, or why there is none. */
export interface InputDocument {
  readonly line?: number;
  readonly number?: string;
  readonly outcome: 'accepted' | 'rejected' | 'broken';
  readonly submission?: Submission;
  readonly findings: readonly Finding[];
}

export interface Input {
  readonly documents: AsyncIterable<InputDocument>;
  readonly language: Language;
}

/** Opens a file for reading by a client's agreement or by a format's name, without database. Throws a UsageError if it is not said. */
export async function openInput(place: Place, given: InputAsked): Promise<Input> {
  await using options = houseAt(place);
  const path = resolve(given.file);
  if (!(await stat(path).catch(() => undefined))?.isFile()) throw new UsageError(`${path} is no file.`);
  const agreement = given.client === undefined ? undefined : await agreementOf(given.client, options);
  const read = readerFor(given, { agreement, parts: options.parts });
  return {
    documents: documentsOf(read(createReadStream(path)), { agreement, parts: options.parts }),
    language: agreement?.language ?? 'en',
  };
}

async function agreementOf(client: string, options: HomeOptions): Promise<Agreement> {
  const config = await readConfig(options);
  const found = config.clients.get(client);
  if (!found) throw new UsageError(`There is no client ${client}; there are ${[...config.clients.keys()].join(', ')}.`);
  const agreement = agreementOn(found, dateInZone(options.clock(), config.bureau.timeZone));
  if (!agreement) throw new UsageError(`Client ${client} has no agreement in force today.`);
  return agreement;
}

type Reader = (chunks: AsyncIterable<Uint8Array>) => AsyncIterable<ReadItem>;

function readerFor({ as, file }: InputAsked, { agreement, parts }: Rules): Reader {
  if (agreement && (as === undefined || as === agreement.input.format.kind))
    return (chunks) => readInput(agreement, parts.countries, chunks);
  if (as === 'peppol' || (as === undefined && file.endsWith('.xml')))
    return (chunks) => readPeppolInvoice(chunks, { encoding: 'utf-8' });
  if (as === 'csv') throw new UsageError('A CSV file is read by a client’s mapping: add --client ID of a client who sends CSV.');
  throw new UsageError(
    as === undefined
      ? 'Say what it is: --client ID, or --as FORMAT.'
      : `There is no format ${as} to read; kuvert formats lists them.`,
  );
}

interface Rules {
  readonly agreement: Agreement | undefined;
  readonly parts: Parts;
}

async function* documentsOf(items: AsyncIterable<ReadItem>, rules: Rules): AsyncGenerator<InputDocument> {
  for await (const item of items) yield documentOf(item, rules);
}

function documentOf(item: ReadItem, { agreement, parts }: Rules): InputDocument {
  switch (item.kind) {
    case 'broken':
      return { outcome: 'broken', findings: [item.finding] };
    case 'refusal': {
      const { line, number, findings } = item.refusal;
      return { line, ...(number === undefined ? {} : { number }), outcome: 'rejected', findings };
    }
    case 'submission': {
      const { submission } = item;
      const findings = [...submission.findings, ...checkDocument(submission, parts, agreement)];
      const outcome = findings.some(isError) ? 'rejected' : 'accepted';
      return { line: submission.origin.line, number: submission.invoice.number, outcome, submission, findings };
    }
  }
}

/** Every format of the house. */
export const listFormats = (): readonly Format[] => formats;

/** How invoices are written in a format. */
export interface Writer {
  /** Of a file's name. */
  readonly ending: string;
  readonly write: (invoice: Invoice) => string;
}

/** Writers by the format's name. */
export const writers: Readonly<Record<string, Writer>> = {
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
