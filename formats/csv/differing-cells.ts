import { fieldPlace, rawText, type CellSource } from './cell-reader.ts';
import type { CsvRow } from './read-rows.ts';
import { csvDocumentFields } from '#engine/csv-mapping.ts';
import { finding, type Finding } from '#engine/finding.ts';

/**
 * A document's fields stand on each of its rows, or only on the first: a later row with another value leaves open which one holds.
 * One finding per field.
 */
export function differingCells(
  rows: readonly CsvRow[],
  source: Omit<CellSource, 'row' | 'document'>,
  document: string | undefined,
): readonly Finding[] {
  const fields = csvDocumentFields.filter((field) => source.columns.indexes.has(field));
  return fields.flatMap((field) => {
    const first = rawText({ ...source, row: rows[0]! }, field).trim();
    const row = rows.find((item) => ![first, ''].includes(rawText({ ...source, row: item }, field).trim()));
    if (row === undefined) return [];
    const value = rawText({ ...source, row }, field);
    const facts = { first, firstLine: String(rows[0]!.line) };
    return [finding('CSV-ROW-DIFFERS', { ...fieldPlace({ ...source, row }, field), document, value, facts })];
  });
}
