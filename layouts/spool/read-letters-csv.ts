import { letterColumns, type LetterColumn, TOTAL_MARK, unguardCell } from './letters-csv.ts';

/** A row of `J0042.letters.csv` by column, guards undone. */
export type LetterRow = Readonly<Record<LetterColumn, string>>;

export interface LettersCsv {
  readonly rows: readonly LetterRow[];
  /** Letters, pages, sheets of the last line. */
  readonly total: readonly [pieces: string, pages: string, sheets: string];
}

/** Reads the list of letters back. Throws a SyntaxError on a heading, row or total line that is not as written. */
export function readLettersCsv(text: string): LettersCsv {
  const lines = splitRecords(text);
  const heading = lines.shift();
  if (heading?.join(';') !== letterColumns.join(';')) throw new SyntaxError('letters.csv has other columns');
  const last = lines.pop();
  const [mark, pieces, pages, sheets] = last ?? [];
  if (mark !== TOTAL_MARK || pieces === undefined || pages === undefined || sheets === undefined) {
    throw new SyntaxError('letters.csv has no total line: it is cut short');
  }
  const rows = lines.map((cells, at) => {
    if (cells.length !== letterColumns.length) throw new SyntaxError(`letters.csv line ${at + 2} has ${cells.length} cells`);
    return Object.fromEntries(letterColumns.map((column, index) => [column, unguardCell(cells[index] ?? '')])) as Record<
      LetterColumn,
      string
    >;
  });
  return { rows, total: [pieces, pages, sheets] };
}

/** RFC 4180 with `;`: records end in CRLF, quoted cells may hold anything. */
function splitRecords(text: string): string[][] {
  const records: string[][] = [];
  let cells: string[] = [];
  const token = /(?:"((?:[^"]|"")*)"|([^;"\r\n]*))(;|\r\n)/y;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const match = token.exec(text);
    if (match === null) throw new SyntaxError(`letters.csv cannot be read at character ${at}`);
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
    if (match[3] === ';') continue;
    records.push(cells);
    cells = [];
  }
  if (cells.length > 0) throw new SyntaxError('letters.csv does not end with a line end');
  return records;
}
