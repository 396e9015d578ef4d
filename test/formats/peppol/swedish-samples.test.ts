import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { sweden } from '#engine/countries/se/sweden.ts';
import { chunksOf } from '../chunks.ts';
import { shared } from '../shared-folder.ts';
import { elementList } from './element-list.ts';
import { readPeppolInvoice, readPeppolText, recheckPeppol } from '#formats/peppol/peppol.ts';
import { writePeppolInvoice } from '#formats/peppol/write-peppol-invoice.ts';

const folder = shared('samples/einvoice/sweden/');
const files = folder === undefined ? [] : readdirSync(folder).filter((name) => name.endsWith('.xml'));

describe.skipIf(folder === undefined)('the twelve Swedish invoices of SFTI', () => {
  test('are all there', () => expect(files).toHaveLength(12));

  test.each(files)('%s is read, and written again with every element it had', async (name) => {
    const source = readFileSync(new URL(name, folder));
    const [item] = await Array.fromAsync(readPeppolInvoice(chunksOf(source, 100), { encoding: 'utf-8' }));
    if (item?.kind !== 'submission') throw new Error(JSON.stringify(item));
    const { invoice, findings } = item.submission;
    expect(findings).toEqual([]);
    const written = writePeppolInvoice(invoice);
    expect(elementList(written)).toEqual(elementList(source.toString('utf8')));
    expect(readPeppolText(written)).toMatchObject({ kind: 'submission', submission: { invoice } });
    expect(recheckPeppol(written, invoice, { SE: sweden })).toEqual([]);
  });

  test('a term is found again at its line and column', () => {
    const text = readFileSync(new URL('SE-Elhandel.xml', folder), 'utf8');
    const item = readPeppolText(text);
    if (item.kind !== 'submission') throw new Error(JSON.stringify(item));
    const { locate } = item.submission.origin;
    for (const [path, opening] of [
      ['dueDate', '<cbc:DueDate>'],
      ['totals.payableAmount', '<cbc:PayableAmount'],
      ['paymentMeans[1].account.id', '<cbc:ID>11100222<'],
      ['lines[1].vat.rate', '<cbc:Percent>'],
      ['seller.taxRegistration', '<cac:PartyTaxScheme>'],
    ] as const) {
      const { line = 0, column = 0 } = locate(path);
      expect(text.split('\n')[line - 1]?.slice(column - 1)).toContain(opening);
    }
    expect(locate('lines[1].netAmount').field).toBe('/Invoice/InvoiceLine[2]/LineExtensionAmount');
    expect(locate('lines[1].noSuchTerm').field).toBe('/Invoice/InvoiceLine[2]');
  });
});

describe.skipIf(folder === undefined)('network envelopes', () => {
  const good = shared('samples/einvoice/sbdh-good/good.xml');
  test.skipIf(good === undefined)('an envelope from elsewhere is opened', () => {
    const item = readPeppolText(readFileSync(good!, 'utf8'));
    expect(item.kind).not.toBe('broken');
  });
  const bad = shared('samples/einvoice/sbdh-bad/bad-invalid-business-message.xml');
  test.skipIf(bad === undefined)('an envelope around something else is broken', () => {
    expect(readPeppolText(readFileSync(bad!, 'utf8'))).toMatchObject({ kind: 'broken', finding: { code: 'XML-ROOT' } });
  });
});
