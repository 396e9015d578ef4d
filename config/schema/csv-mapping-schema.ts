import { z } from 'zod';
import { csvDateFormats, csvDocumentFields, csvLineFields, type CsvMapping } from '#engine/csv-mapping.ts';
import { text, wholeNumber } from './fields.ts';

const csvField = z.enum([...csvDocumentFields, ...csvLineFields]);
/** UNCL5305 categories without VAT whose reason the law wants on the document (ML 17:24 p. 13 and 14). */
const exemptCategories = ['E', 'AE', 'G', 'K', 'O'] as const;
/** An empty text is a value too: a column may say "nothing" and mean something. */
const cell = z.string();
const position = wholeNumber({ from: 1, to: 1000, unit: 'columns from 1' });
const heading = text(200);

const common = {
  delimiter: z.enum([';', ',', '\t', '|']),
  quote: z.enum(['"', 'none']),
  decimalMark: z.enum([',', '.']),
  thousandsMark: z.enum([' ', '.', ',', 'none']),
  dateFormat: z.enum(csvDateFormats),
  constants: z.partialRecord(csvField, text(200)),
  values: z.partialRecord(csvField, z.record(cell, text(200))),
  exemptionReasons: z.exactOptional(z.partialRecord(z.enum(exemptCategories), text(200))),
  ignoredColumns: z.array(heading),
  ending: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('newline') }),
    z.strictObject({ kind: z.literal('trailer'), marker: text(40), documentsPosition: position, payablePosition: position }),
  ]),
};

/** A client's CSV layout: columns are headings, or numbers where the file has no row of headings. */
export const csvMappingSchema: z.ZodType<CsvMapping> = z.discriminatedUnion('columnsBy', [
  z.strictObject({ ...common, columnsBy: z.literal('headings'), columns: z.partialRecord(csvField, heading) }),
  z.strictObject({ ...common, columnsBy: z.literal('positions'), columns: z.partialRecord(csvField, position) }),
]);
