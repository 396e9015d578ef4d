import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { decideChannel } from '#engine/channel.ts';
import { channelOf, confirmedWhenSent, letterChannel, spooledChannels, type Channel } from '#engine/sockets/channel.ts';
import { formatSent, formatsReading, invoiceReader, type Format } from '#engine/sockets/format.ts';
import { MissingPartError } from '#engine/sockets/plugged.ts';
import { referenceIds } from '#engine/store/migrate.ts';
import { parts as houseParts } from '#jobs/house/parts.ts';
import { paperInvoice } from '../rules/sample-invoice.ts';

const folder = await mkdtemp(join(tmpdir(), 'kuvert-channel-'));
afterAll(() => rm(folder, { recursive: true }));

/** Carries invoices of at most a hundred lines into a folder; of no country, bank or network. */
const drawer: Channel = {
  id: 'drawer',
  reachesAll: false,
  carriesLetters: false,
  obstacle: ({ invoice }) => (invoice.lines.length > 100 ? { because: 'breaks-rule', rule: 'DRAWER-LINES' } : undefined),
  make: { folder: 'drawer', extension: '.txt', of: ({ id, invoice }) => `${id}: ${invoice.number}\n` },
  send: async ({ path, name }) => writeFile(join(folder, name), await readFile(path)),
  confirmed: 'when-sent',
  feeKind: 'einvoice',
};

/** A number a line, each an invoice like the sample. */
const numbers: Format = {
  id: 'numbers',
  title: 'Numbers of invoices',
  extension: '.txt',
  reads: {
    of: 'invoices',
    encodings: ['utf-8'],
    byMapping: false,
    read: async function* (chunks) {
      let line = 0;
      for await (const chunk of chunks)
        for (const number of new TextDecoder().decode(chunk).trim().split('\n')) {
          line += 1;
          const place = { line };
          yield {
            kind: 'submission',
            submission: {
              invoice: { ...paperInvoice, number },
              directions: { channel: 'drawer' },
              origin: { line, lastLine: line, locate: () => place },
              findings: [],
            },
          };
        }
    },
  },
};

const parts = {
  ...houseParts,
  formats: { ...houseParts.formats, numbers },
  channels: { ...houseParts.channels, drawer },
};

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}

test('a format and a channel that nothing else knows carry an invoice from its file to its receiver', async () => {
  const reader = invoiceReader(parts, 'numbers');
  const items = await Array.fromAsync(
    reader.read(bytes('7001\n'), { encoding: 'utf-8', countries: parts.countries, channels: Object.keys(parts.channels) }),
  );
  const submission = items.flatMap((item) => (item.kind === 'submission' ? [item.submission] : []))[0]!;
  const { invoice, directions } = submission;
  const decision = decideChannel({ parts, invoice, direction: directions.channel, policy: ['drawer', 'print'] });
  expect(decision).toEqual({ channel: 'drawer', reason: 'file-direction', passedOver: [] });

  const channel = channelOf(parts, decision.channel);
  if (channel.make === 'spool') throw new Error('the drawer has no print jobs');
  const text = channel.make.of({ id: 'a1', invoice, decidedAt: new Date(0), countries: parts.countries });
  const made = join(folder, 'made');
  await writeFile(made, text);
  await channel.send?.({ path: made, name: 'a1.txt', sha256: '', bytes: text.length });
  expect(await readFile(join(folder, 'a1.txt'), 'utf8')).toBe('a1: 7001\n');
});

test('what a channel cannot carry is passed over with its reason', () => {
  const long = { ...paperInvoice, lines: Array.from({ length: 101 }, () => paperInvoice.lines[0]!) };
  expect(decideChannel({ parts, invoice: long, policy: ['drawer', 'print'] })).toMatchObject({
    channel: 'print',
    passedOver: [{ channel: 'drawer', because: 'breaks-rule', rule: 'DRAWER-LINES' }],
  });
});

test('a channel that the house has no more is passed over, and one that must carry is missed', () => {
  expect(decideChannel({ parts: houseParts, invoice: paperInvoice, direction: 'drawer', policy: ['print'] })).toMatchObject({
    channel: 'print',
    passedOver: [{ channel: 'drawer', because: 'not-agreed' }],
  });
  expect(() => channelOf(houseParts, 'drawer')).toThrow(MissingPartError);
  expect(letterChannel(parts, ['drawer', 'print']).id).toBe('print');
  expect(() => letterChannel(parts, ['drawer'])).toThrow(MissingPartError);
});

test('channels are told apart by what stands in them', () => {
  expect(spooledChannels(parts)).toEqual(['print']);
  expect(confirmedWhenSent(parts)).toEqual(['einvoice', 'drawer']);
  expect(referenceIds(parts).channel).toEqual(['print', 'einvoice', 'drawer']);
  expect(referenceIds(parts).outbound_kind).toContain('drawer');
});

test('a file of a sender goes to the format that knows it, else to the first, which says what is wrong', () => {
  const id = (head: string) => formatSent(parts, 'bank', head).of;
  expect(id('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.03">')).toBe('payment-statuses');
  expect(id('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.054.001.02">')).toBe('bank-reports');
  expect(id('hello')).toBe('bank-reports');
  expect(() => formatSent({ formats: {} }, 'bank', '')).toThrow(MissingPartError);
});

test('every format can be told apart and does something', () => {
  const formats: Readonly<Record<string, Format>> = houseParts.formats;
  for (const [id, format] of Object.entries(formats)) {
    expect(format.id).toBe(id);
    expect(format).toSatisfy(() => format.reads !== undefined || format.writes !== undefined);
    expect(format.extension).toMatch(/^\.[a-z]+$/);
  }
  for (const { reads } of formatsReading(houseParts, 'invoices')) expect(reads.encodings.length).toBeGreaterThan(0);
});
