import { copyFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decimal, decimalOfAmount } from '#engine/decimal.ts';
import { finding, type Finding } from '#engine/finding.ts';
import type { Invoice, InvoiceLine } from '#engine/invoice.ts';
import { formatAmount } from '#engine/money.ts';
import type { Channel } from '#engine/sockets/channel.ts';
import type { Format, InvoiceReading } from '#engine/sockets/format.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import type { ReadItem } from '#engine/submission.ts';
import { totalsOf, vatGroupsOf } from '#formats/csv/totals.ts';
import * as fixed from '#formats/fixed/record.ts';
import { decodeText } from '#formats/text/decode.ts';
import { parts as own } from '#jobs/house/parts.ts';
import { toyAccount, toyland, toyReference } from './toyland.ts';

/** One toy to one buyer. */
export const toyRecord = fixed.record({
  kind: 'toy',
  code: 'T',
  title: 'Toy sold',
  length: 105,
  fields: {
    number: fixed.text(8),
    issued: fixed.date('YYYYMMDD'),
    debtor: fixed.text(6),
    name: fixed.text(20),
    street: fixed.text(20),
    postcode: fixed.digits(4),
    town: fixed.text(12),
    toy: fixed.text(16),
    price: fixed.amount(8),
    spare: fixed.filler(2),
  },
});

/** What the file holds, so that one that was cut off is noticed. */
export const endRecord = fixed.record({ kind: 'end', code: 'E', title: 'End', length: 5, fields: { toys: fixed.count(4) } });

type Toy = fixed.RecordOf<typeof toyRecord>;

const toyList: Format = {
  id: 'toy-list',
  title: 'Toy list of fixed width',
  extension: '.toy',
  reads: { of: 'invoices', encodings: ['utf-8'], byMapping: false, read: readToyList },
};

async function* readToyList(chunks: AsyncIterable<Uint8Array>, reading: InvoiceReading): AsyncGenerator<ReadItem> {
  const texts = decodeText(chunks, { encoding: reading.encoding, maxBytes: 1_000_000 });
  let toys = 0;
  let said: number | undefined;
  for await (const item of fixed.readRecords([toyRecord, endRecord], texts)) {
    if (item.kind === 'broken') yield item;
    else if (item.kind === 'wrong') {
      const { line, findings } = item;
      yield { kind: 'refusal', refusal: { line, lastLine: line, findings } };
    } else if (item.kind === 'record' && item.record.kind === 'end') said = item.record.toys;
    else if (item.kind === 'record' && item.record.kind === 'toy') {
      toys += 1;
      yield submissionOf(item.record, reading);
    } else if (said !== toys) yield { kind: 'broken', finding: cutOff(toys) };
  }
}

const cutOff = (toys: number): Finding => finding('FIXED-RECORD', { field: 'toys', value: String(toys) });

function submissionOf(toy: Toy, { issuer }: InvoiceReading): ReadItem {
  if (issuer === undefined) throw new Error('the list does not say who sells the toys');
  const { line } = toy;
  const { seller, currency, country } = issuer;
  const sold: InvoiceLine = {
    id: '1',
    name: toy.toy,
    quantity: decimal('1'),
    unit: 'C62',
    netAmount: toy.price,
    price: { net: decimalOfAmount(toy.price) },
    vat: { code: 'S', rate: decimal('20') },
    allowancesAndCharges: [],
    classifications: [],
    attributes: [],
  };
  const vatBreakdown = vatGroupsOf([sold]);
  const invoice: Invoice = {
    kind: 'invoice',
    typeCode: '380',
    number: toy.number,
    issueDate: toy.issued,
    currency,
    seller,
    buyer: {
      name: toy.name,
      identifier: { id: toy.debtor },
      address: { line1: toy.street, postcode: toy.postcode, city: toy.town, country },
    },
    lines: [sold],
    vatBreakdown,
    totals: totalsOf(vatBreakdown, undefined),
    allowancesAndCharges: [],
    attachments: [],
    paymentMeans: [],
    precedingInvoices: [],
  };
  const origin = { line, lastLine: line, locate: () => ({ line }) };
  return { kind: 'submission', submission: { invoice, directions: { debtorNumber: toy.debtor }, origin, findings: [] } };
}

/** Writes each invoice as a line of text and puts it into a folder; a nudge goes by post. */
const sleigh = (folder: string): Channel => ({
  id: 'sleigh',
  reachesAll: false,
  carriesLetters: false,
  obstacle: () => undefined,
  make: {
    folder: 'sleigh',
    extension: '.toy.txt',
    of: ({ invoice: { number, buyer, totals, currency, dueDate, paymentMeans } }) =>
      [number, buyer.name, `${formatAmount(totals.payableAmount)} ${currency}`, dueDate, paymentMeans[0]?.reference].join('; '),
  },
  send: async ({ path, name }) => {
    await mkdir(folder, { recursive: true });
    await copyFile(path, join(folder, name));
  },
  confirmed: 'when-sent',
  feeKind: 'einvoice',
});

/** The house's own parts and the toys, whose channel writes to a folder. */
export const toyParts = (folder: string): Parts => ({
  ...own,
  module: import.meta.url,
  countries: { ...own.countries, AQ: toyland },
  accounts: { ...own.accounts, 'toy-account': toyAccount },
  references: { ...own.references, 'toy-reference': toyReference },
  formats: { ...own.formats, 'toy-list': toyList },
  channels: { ...own.channels, sleigh: sleigh(folder) },
});

/** For worker threads, which ask the module for it by name and send nothing. @public */
export const parts = toyParts(join(tmpdir(), 'kuvert-sleigh'));
