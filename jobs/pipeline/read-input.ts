import type { Agreement } from '#engine/agreement.ts';
import { invoiceReader } from '#engine/sockets/format.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import type { ReadItem } from '#engine/submission.ts';

/** Reads a file's bytes in the format of the agreement; numbers of parties are read as their countries write them. */
export function readInput(
  { input: { format, encoding }, seller, currency, country }: Agreement,
  parts: Pick<Parts, 'formats' | 'channels' | 'countries'>,
  chunks: AsyncIterable<Uint8Array>,
): AsyncIterable<ReadItem> {
  return invoiceReader(parts, format.kind).read(chunks, {
    encoding,
    ...(format.mapping === undefined ? {} : { mapping: format.mapping }),
    issuer: { seller, currency, country },
    countries: parts.countries,
    channels: Object.keys(parts.channels),
  });
}
