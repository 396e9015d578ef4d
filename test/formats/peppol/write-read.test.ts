import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { arbitraryInvoice } from '../arbitrary-invoice.ts';
import { chunksOf } from '../chunks.ts';
import { readPeppolInvoice, readPeppolText, recheckPeppol } from '#formats/peppol/peppol.ts';
import { wrapSbdh } from '#formats/peppol/channel.ts';
import { writePeppolInvoice } from '#formats/peppol/write-peppol-invoice.ts';

test('any invoice is read as it was written, in every term, with nothing left over', () => {
  fc.assert(
    fc.property(arbitraryInvoice, (invoice) => {
      const item = readPeppolText(writePeppolInvoice(invoice));
      if (item.kind !== 'submission') throw new Error(JSON.stringify(item));
      expect(item.submission.invoice).toEqual(invoice);
      expect(item.submission.findings).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('the bytes are the same each time, and the recheck finds no term changed', () => {
  fc.assert(
    fc.property(arbitraryInvoice, (invoice) => {
      const xml = writePeppolInvoice(invoice);
      expect(writePeppolInvoice(structuredClone(invoice))).toBe(xml);
      expect(recheckPeppol(xml, invoice, { SE: sweden }).filter((item) => item.code === 'PEPPOL-RECHECK')).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('a changed term is found by the recheck', () => {
  fc.assert(
    fc.property(arbitraryInvoice, (invoice) => {
      const payableAmount = invoice.totals.payableAmount === 0n ? 1n : 0n;
      const xml = writePeppolInvoice({ ...invoice, totals: { ...invoice.totals, payableAmount } });
      const found = recheckPeppol(xml, invoice, { SE: sweden }).filter((item) => item.code === 'PEPPOL-RECHECK');
      expect(found.map((item) => item.field)).toEqual(['totals.payableAmount']);
    }),
    { numRuns: 50 },
  );
});

test('a file that was cut off anywhere is broken', () => {
  fc.assert(
    fc.property(arbitraryInvoice, fc.double({ min: 0, max: 1, noNaN: true }), (invoice, share) => {
      const xml = writePeppolInvoice(invoice).trimEnd();
      const cut = xml.slice(0, Math.floor(share * (xml.length - 1)));
      expect(readPeppolText(cut).kind).toBe('broken');
    }),
    { numRuns: 200 },
  );
});

test('chunk borders, the envelope and the order of reading change nothing', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryInvoice, fc.integer({ min: 1, max: 50 }), async (invoice, size) => {
      const envelope = {
        sender: { scheme: '0007', id: '5560004615' },
        receiver: { scheme: '0088', id: '7300010000001' },
        documentType: invoice.kind === 'invoice' ? 'Invoice' : 'CreditNote',
        instanceIdentifier: '7a1b52f0-0000-4000-8000-000000000001',
        createdAt: new Date('2026-11-21T10:33:17.123Z'),
        countryC1: 'SE',
      } as const;
      const items = await Array.fromAsync(
        readPeppolInvoice(chunksOf(wrapSbdh(writePeppolInvoice(invoice), envelope), size), { encoding: 'utf-8' }),
      );
      expect(items).toMatchObject([{ kind: 'submission', submission: { invoice, findings: [] } }]);
    }),
    { numRuns: 50 },
  );
});

test('any bytes give one item and no exception', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
      const items = await Array.fromAsync(readPeppolInvoice(chunksOf(bytes, 7), { encoding: 'utf-8' }));
      expect(items.map((item) => item.kind)).toEqual(['broken']);
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
      const items = await Array.fromAsync(readPeppolInvoice(chunksOf(`<Invoice>${text}`), { encoding: 'utf-8' }));
      expect(items.map((item) => item.kind)).toEqual(['broken']);
    }),
  );
});

test('a damaged byte never makes the reader throw', () => {
  fc.assert(
    fc.property(arbitraryInvoice, fc.nat(), fc.string({ minLength: 1, maxLength: 3 }), (invoice, position, junk) => {
      const xml = writePeppolInvoice(invoice);
      const at = position % xml.length;
      const item = readPeppolText(xml.slice(0, at) + junk + xml.slice(at + 1));
      expect(['broken', 'refusal', 'submission']).toContain(item.kind);
    }),
    { numRuns: 300 },
  );
});
