/**
 * A text as one cell of a CSV file that people open in a spreadsheet: quoted, and inert. A cell that a spreadsheet would take for a formula
 * (it begins with `=`, `+`, `-`, `@`, their full-width twins, or with white space that hides them) gets an apostrophe in front
 * (reliability.md IS3, XC3). Numbers of ours are written by `writeNumberCell`.
 */
export const writeTextCell = (text: string): string =>
  `"${(startsFormula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

const startsFormula = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/;

/** A number that we wrote: digits with an optional minus, point or comma; throws on anything else. */
export function writeNumberCell(text: string): string {
  if (!/^-?\d+(?:[.,]\d+)?$/.test(text)) throw new RangeError(`not a number cell: ${text}`);
  return text;
}
