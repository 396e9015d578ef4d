import { fieldPlace } from './cell-reader.ts';
import { documentPaths, fieldOfPath, linePaths } from './column-paths.ts';
import type { Columns } from './columns.ts';
import type { CsvRow } from './read-rows.ts';
import type { CsvField } from '#engine/csv-mapping.ts';
import type { Place } from '#engine/finding.ts';
import type { Origin } from '#engine/submission.ts';

/** Where a document stood: line, column (the cell's number, from 1) and heading of each canonical path. */
export function documentOrigin(rows: readonly CsvRow[], columns: Columns): Origin {
  // Only the line numbers are kept, not the cells: an origin lives as long as its document does.
  const lines = rows.map((row) => row.line);
  const line = lines[0]!;
  const at = (rowLine: number, field: CsvField | undefined): Place =>
    field === undefined
      ? { line: rowLine }
      : fieldPlace({ row: { cells: [], line: rowLine, lastLine: rowLine }, columns }, field);
  return {
    line,
    lastLine: rows.at(-1)!.lastLine,
    locate: (path) => {
      const [, index, rest] = /^lines\[(\d+)\]\.?(.*)$/.exec(path) ?? [];
      if (index === undefined) return at(line, fieldOfPath(documentPaths, path));
      return at(lines[Number(index)] ?? line, fieldOfPath(linePaths, rest ?? ''));
    },
  };
}
