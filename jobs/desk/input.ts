import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { agreementOn, type Agreement } from '#engine/agreement.ts';
import { isError, type Finding } from '#engine/finding.ts';
import { dateInZone } from '#engine/iso-date.ts';
import type { Language } from '#engine/language.ts';
import type { ReadItem, Submission } from '#engine/submission.ts';
import type { Invoice } from '#engine/invoice.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { formatsReading, formatsWriting, type Format } from '#engine/sockets/format.ts';
import { readConfig, type HomeOptions } from '../house/open.ts';
import { parts as plugged } from '../house/parts.ts';
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
    return (chunks) => readInput(agreement, parts, chunks);
  const known = formatsReading(parts, 'invoices');
  const found =
    as === undefined
      ? known.find(({ reads, extension }) => !reads.byMapping && file.endsWith(extension))
      : known.find(({ id }) => id === as);
  if (found === undefined)
    throw new UsageError(
      as === undefined
        ? 'Say what it is: --client ID, or --as FORMAT.'
        : `There is no format ${as} to read; kuvert formats lists them.`,
    );
  const { id, reads } = found;
  const [encoding] = reads.encodings;
  if (reads.byMapping || encoding === undefined)
    throw new UsageError(
      `A ${id.toUpperCase()} file is read by a client’s mapping: add --client ID of a client who sends ${id.toUpperCase()}.`,
    );
  return (chunks) => reads.read(chunks, { encoding, countries: parts.countries, channels: Object.keys(parts.channels) });
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

/** A format as people ask for it. */
export interface ListedFormat extends Pick<Format, 'id' | 'title' | 'extension'> {
  readonly reads: boolean;
  readonly writes: boolean;
  /** Those that an agreement may name. */
  readonly encodings: readonly string[];
  readonly versions: NonNullable<Format['versions']>;
}

/** Every format of the house. */
export const listFormats = (): readonly ListedFormat[] =>
  Object.values<Format>(plugged.formats).map(({ id, title, extension, reads, writes, versions = {} }) => ({
    id,
    title,
    reads: reads !== undefined,
    writes: writes !== undefined,
    encodings: reads?.of === 'invoices' ? reads.encodings : [],
    extension,
    versions,
  }));

/** How invoices are written in a format. */
export interface WrittenFormat extends Pick<Format, 'id' | 'extension'> {
  /** Throws if the text does not say what the invoice says: that is our mistake. The rules of a network are the receiver's to judge here. */
  readonly write: (invoice: Invoice) => string;
}

/** Every format that invoices are written in. */
export const writers: readonly WrittenFormat[] = formatsWriting(plugged, 'invoices').map(({ id, extension, writes }) => ({
  id,
  extension,
  write: (invoice) => {
    const text = writes.write(invoice);
    const lost = writes.recheck?.(text, invoice, {}).filter(({ code }) => writes.lost?.includes(code)) ?? [];
    if (lost.length > 0)
      throw new Error(`invoice ${invoice.number} was not written whole: ${lost.map((item) => item.field).join(', ')}`);
    return text;
  },
}));
