import { controlColumns } from './read-control-row.ts';

/** A row as it stands in the file: text, empty where the action uses no such field. */
export type ControlCells = Readonly<Record<(typeof controlColumns)[number], string>>;

/** Writes a control file, as a client's system would: what is read back is what was meant, so no cell is changed for spreadsheets. */
export const writeControlFile = (rows: readonly ControlCells[]): string =>
  [
    controlColumns.join(';'),
    ...rows.map((row) => controlColumns.map((column) => cell(row[column])).join(';')),
    `END;${rows.length}`,
  ]
    .map((line) => `${line}\r\n`)
    .join('');

const cell = (text: string): string => (/[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
