import type { Agreement } from '#engine/agreement.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import type { ReadItem } from '#engine/submission.ts';
import { readCsvInvoices } from '#formats/csv/read-csv-invoices.ts';
import { readPeppolInvoice } from '#formats/peppol/read-peppol-invoice.ts';

/** Reads a file's bytes in the format of the agreement; numbers of parties are read as their countries write them. */
export function readInput(
  agreement: Agreement,
  countries: Parts['countries'],
  chunks: AsyncIterable<Uint8Array>,
): AsyncIterable<ReadItem> {
  const { format, encoding } = agreement.input;
  switch (format.kind) {
    case 'csv':
      return readCsvInvoices(chunks, {
        mapping: format.mapping,
        encoding,
        seller: agreement.seller,
        currency: agreement.currency,
        country: agreement.country,
        countries,
      });
    case 'peppol':
      return readPeppolInvoice(chunks, { encoding });
  }
}
