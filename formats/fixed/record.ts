import type { DecodedText } from '../text/decode.ts';
import { finding, type Finding } from '#engine/finding.ts';
import { parseIsoDate, type IsoDate } from '#engine/iso-date.ts';
import { MAX_AMOUNT, type Minor } from '#engine/money.ts';

/**
 * A fixed-width record as one table: the only source of its reader, writer, type and documentation. Order is position; the record's code
 * stands first in the line, and the fields follow it.
 */
export interface RecordSpec<Kind extends string, Fields extends FieldTable> {
  readonly kind: Kind;
  /** What the line begins with; empty in a format of one kind of record. */
  readonly code: string;
  /** What the manual calls the record. */
  readonly title: string;
  /** Characters of the line without its end. */
  readonly length: number;
  readonly fields: Fields;
}

/** One field: how wide, and what it says. */
export interface Field<Value> {
  readonly width: number;
  /** As a bank's manual writes it: `N 10` digits, `AN 25` text, `YYMMDD`, or the codes that are allowed. */
  readonly form: string;
  /** Constants and fillers carry no value. */
  readonly silent?: true;
  /** A constant tells records of one code apart: it is looked at before the record is chosen. */
  readonly constant?: string;
  /** The value, or undefined where the cell, which is as wide as the field, holds none. */
  readonly read: (cell: string) => Value | undefined;
  /** The cell; throws a RangeError at a value that the field cannot carry. */
  readonly write: (value: Value) => string;
}

/** A field of any type: what it reads is unknown, and it writes only what its own type says. */
interface AnyField extends Omit<Field<never>, 'read'> {
  readonly read: (cell: string) => unknown;
}
type FieldTable = Readonly<Record<string, AnyField>>;
type AnySpec = RecordSpec<string, FieldTable>;
type ValueOf<F> = F extends { readonly read: (cell: string) => infer Value } ? Exclude<Value, undefined> : never;

/** The values of a record's fields; constants and fillers have none. */
export type ValuesOf<Spec> =
  Spec extends RecordSpec<string, infer Fields>
    ? { readonly [Name in keyof Fields as [ValueOf<Fields[Name]>] extends [never] ? never : Name]: ValueOf<Fields[Name]> }
    : never;

/** A record that was read; of several specs the union, told apart by `kind`. */
export type RecordOf<Spec> =
  Spec extends RecordSpec<infer Kind, FieldTable> ? { readonly kind: Kind; readonly line: number } & ValuesOf<Spec> : never;

/**
 * Declares a record. Widths that do not add up to its length, or a field without a width, are our own error: a RangeError when the
 * module is loaded.
 */
export function record<const Kind extends string, Fields extends FieldTable>(
  spec: RecordSpec<Kind, Fields>,
): RecordSpec<Kind, Fields> {
  const widths = Object.values(spec.fields).map(({ width }) => width);
  if (widths.some((width) => !Number.isInteger(width) || width < 1))
    throw new RangeError(`record ${spec.kind}: field without width`);
  const width = widths.reduce((total, each) => total + each, spec.code.length);
  if (width !== spec.length) throw new RangeError(`record ${spec.kind} is ${width} wide, not ${spec.length}`);
  return spec;
}

/** Exactly so many digits, leading zeros included: numbers that nobody counts with. */
export const digits = (width: number): Field<string> => ({
  width,
  form: `N ${width}`,
  read: (cell) => (/^\d+$/.test(cell) ? cell : undefined),
  write: (value) => (value.length === width && /^\d+$/.test(value) ? value : wrongValue(value, `N ${width}`)),
});

/** Text filled up with blanks at the other side than it is aligned to; without the blanks it is filled with. */
export const text = (width: number, align: 'left' | 'right' = 'left'): Field<string> => ({
  width,
  form: `AN ${width}`,
  read: (cell) => (unprintable.test(cell) ? undefined : withoutFill(cell, align)),
  write: (value) => {
    if (value.length > width || unprintable.test(value) || withoutFill(value, align) !== value) wrongValue(value, `AN ${width}`);
    return align === 'left' ? value.padEnd(width) : value.padStart(width);
  },
});

/** Control characters, among them the lone carriage return and line ends of other systems, which would break the line. */
const unprintable = /[\p{Cc}\u2028\u2029]/u;
const withoutFill = (cell: string, align: 'left' | 'right'): string =>
  align === 'left' ? cell.replace(/ +$/, '') : cell.replace(/^ +/, '');

/** A number without sign, filled with zeros on the left, such as how many records a section holds. */
export const count = (width: number): Field<number> => ({
  width,
  form: `N ${width}`,
  read: (cell) => (/^\d+$/.test(cell) && Number.isSafeInteger(Number(cell)) ? Number(cell) : undefined),
  write: (value) => zeroFilled(BigInt(value), width),
});

/** An amount in minor units without sign, filled with zeros on the left. Its sign, where there is one, is a field of its own. */
export const amount = (width: number): Field<Minor> => ({
  width,
  form: `N ${width}`,
  read: (cell) => (/^\d+$/.test(cell) && BigInt(cell) <= MAX_AMOUNT ? BigInt(cell) : undefined),
  write: (value) => (value <= MAX_AMOUNT ? zeroFilled(value, width) : wrongValue(value, `N ${width}`)),
});

function zeroFilled(value: bigint, width: number): string {
  const cell = value.toString().padStart(width, '0');
  return value >= 0n && cell.length === width ? cell : wrongValue(value, `N ${width}`);
}

/** One of the codes of a table, read as what it means; each code is as wide as the field, and no two mean the same. */
export function code<const Meaning extends string>(width: number, meanings: Readonly<Record<string, Meaning>>): Field<Meaning> {
  const codes = new Map(Object.entries(meanings).map(([cell, meaning]) => [meaning, cell]));
  const form = Object.keys(meanings).join(' | ');
  if (codes.size < Object.keys(meanings).length) throw new RangeError(`two of the codes ${form} mean the same`);
  if (Object.keys(meanings).some((cell) => cell.length !== width))
    throw new RangeError(`the codes ${form} are not ${width} wide`);
  return {
    width,
    form,
    read: (cell) => (Object.hasOwn(meanings, cell) ? meanings[cell] : undefined),
    write: (meaning) => codes.get(meaning) ?? wrongValue(meaning, form),
  };
}

export type DateForm = 'YYYYMMDD' | 'YYMMDD' | 'DDMMYY';

/** In two digits, 00–89 are the years 2000–2089 and 90–99 are 1990–1999: the window of the dates that Kuvert accepts at all. */
const FIRST_YEAR_OF_WINDOW = 90;

/** A calendar date. A date that may be absent is `absent(date(form), '0')`, or with blanks, after the manual. */
export const date = (form: DateForm): Field<IsoDate> => ({
  width: form.length,
  form,
  read: (cell) => readDate(cell, form) ?? undefined,
  write: (value) => {
    const [year = '', month = '', day = ''] = value.split('-');
    const parts = { YYYYMMDD: [year, month, day], YYMMDD: [year.slice(2), month, day], DDMMYY: [day, month, year.slice(2)] };
    const cell = parts[form].join('');
    return readDate(cell, form) === value ? cell : wrongValue(value, form);
  },
});

function readDate(cell: string, form: DateForm): IsoDate | null {
  if (!/^\d+$/.test(cell)) return null;
  const part = (letter: 'Y' | 'M' | 'D'): string => cell.slice(form.indexOf(letter), form.lastIndexOf(letter) + 1);
  const year = part('Y');
  const century = year.length === 4 ? '' : Number(year) >= FIRST_YEAR_OF_WINDOW ? '19' : '20';
  return parseIsoDate(`${century}${year}-${part('M')}-${part('D')}`);
}

/** A field that may be left out, which is written by filling it with one character: `null`. */
export const absent = <Value>({ width, form, read, write }: Field<Value>, fill: ' ' | '0'): Field<Value | null> => ({
  width,
  form: `${form}, or ${fill === ' ' ? 'blank' : 'zeros'}`,
  read: (cell) => (cell === fill.repeat(width) ? null : read(cell)),
  write: (value) => (value === null ? fill.repeat(width) : write(value)),
});

/** What always stands there, such as the second half of a record's code. */
export const constant = (value: string): Field<never> => ({
  width: value.length,
  form: value,
  silent: true,
  constant: value,
  read: () => undefined,
  write: () => value,
});

/** What the manual reserves: written as blanks or zeros, passed over when read, whatever a bank has begun to write there. */
export const filler = (width: number, fill: ' ' | '0' = ' '): Field<never> => ({
  width,
  form: fill === ' ' ? 'blank' : 'zeros',
  silent: true,
  read: () => undefined,
  write: () => fill.repeat(width),
});

function wrongValue(value: unknown, form: string): never {
  throw new RangeError(`${String(value)} does not fit a field ${form}`);
}

/** What a file of records holds, in its order. `wrong`: a line that is no record, or a damaged one. Nothing follows `broken` or `end`. */
export type RecordItem<Spec> =
  | { readonly kind: 'record'; readonly record: RecordOf<Spec> }
  | { readonly kind: 'wrong'; readonly line: number; readonly findings: readonly Finding[] }
  | { readonly kind: 'end'; readonly finalNewline: boolean; readonly lastLine: number }
  | { readonly kind: 'broken'; readonly finding: Finding };

/** Characters of one line; no record is as long, and a file without line ends must not fill the memory. */
export const MAX_LINE_CHARACTERS = 10_000;

/**
 * Reads decoded text line by line; a line ends with a line feed, or carriage return and line feed. Every fault has its line and column.
 * Sections, counts and sums are the next layer's.
 */
export async function* readRecords<Spec extends AnySpec>(
  specs: readonly Spec[],
  texts: AsyncIterable<DecodedText>,
): AsyncGenerator<RecordItem<Spec>> {
  let pending = '';
  let line = 0;
  for await (const part of texts) {
    if (part.kind === 'broken') {
      yield part;
      return;
    }
    const lines = (pending + part.text).split('\n');
    pending = lines.pop() ?? '';
    for (const each of lines) yield readLine(specs, each.replace(/\r$/, ''), (line += 1));
    if (pending.length > MAX_LINE_CHARACTERS) {
      yield { kind: 'broken', finding: wrongLength(line + 1, pending.length, specs.at(0)?.length ?? 0) };
      return;
    }
  }
  if (pending !== '') yield readLine(specs, pending, (line += 1));
  yield { kind: 'end', finalNewline: pending === '', lastLine: line };
}

function readLine<Spec extends AnySpec>(specs: readonly Spec[], line: string, number: number): RecordItem<Spec> {
  const spec = specs.find((each) => begins(each, line));
  if (spec === undefined) {
    return { kind: 'wrong', line: number, findings: [finding('FIXED-RECORD', { line: number, column: 1, value: line })] };
  }
  if (line.length !== spec.length) {
    return { kind: 'wrong', line: number, findings: [wrongLength(number, line.length, spec.length)] };
  }
  const values: Record<string, unknown> = { kind: spec.kind, line: number };
  const findings: Finding[] = [];
  for (const { name, field, first, last } of placesOf(spec)) {
    const cell = line.slice(first - 1, last);
    const value = field.read(cell);
    if (value !== undefined) values[name] = value;
    else if (field.silent === undefined) {
      const facts = { record: spec.title, form: field.form, last: String(last) };
      findings.push(finding('FIXED-FIELD', { line: number, column: first, field: name, value: cell, facts }));
    }
  }
  if (findings.length > 0) return { kind: 'wrong', line: number, findings };
  // Every field of the table has just been read by the function that gives the field its type.
  return { kind: 'record', record: values as RecordOf<Spec> };
}

/** A line is of a record if its code and the constants in it stand in their places. */
const begins = (spec: AnySpec, line: string): boolean =>
  line.startsWith(spec.code) &&
  placesOf(spec).every(({ field, first }) => field.constant === undefined || line.startsWith(field.constant, first - 1));

const wrongLength = (line: number, length: number, expected: number): Finding =>
  finding('FIXED-LENGTH', {
    line,
    column: Math.min(length, expected) + 1,
    facts: { length: String(length), expected: String(expected) },
  });

interface FieldPlace {
  readonly name: string;
  readonly field: AnyField;
  /** Positions in the line, from 1. */
  readonly first: number;
  readonly last: number;
}

/** Counted once per record: a bank's file has a million lines of them. */
const knownPlaces = new WeakMap<AnySpec, readonly FieldPlace[]>();

function placesOf(spec: AnySpec): readonly FieldPlace[] {
  const known = knownPlaces.get(spec);
  if (known !== undefined) return known;
  let first = spec.code.length + 1;
  const places = Object.entries(spec.fields).map(([name, field]) => {
    const place = { name, field, first, last: first + field.width - 1 };
    first += field.width;
    return place;
  });
  knownPlaces.set(spec, places);
  return places;
}

/** A record's line without its end; a value that its field cannot carry is a RangeError with the field's name. */
export function writeRecord<Kind extends string, Fields extends FieldTable>(
  spec: RecordSpec<Kind, Fields>,
  values: ValuesOf<RecordSpec<Kind, Fields>>,
): string {
  const known: Readonly<Record<string, unknown>> = values;
  const cells = placesOf(spec).map(({ name, field }) => {
    try {
      // The table gives the value under a field's name that field's type.
      return field.write(known[name] as never);
    } catch (error) {
      throw new RangeError(`${spec.kind}.${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
  });
  return spec.code + cells.join('');
}

/** The record as a page of its manual, in Markdown. */
export function describeRecord(spec: AnySpec): string {
  const rows = placesOf(spec).map(({ name, field, first, last }) => [`${first}–${last}`, name, field.form]);
  const head = spec.code === '' ? [] : [[`1–${spec.code.length}`, 'record code', spec.code]];
  const table = [...head, ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  return [`### ${spec.title}, ${spec.length} characters`, '', '| Position | Field | Form |', '|---|---|---|', ...table, ''].join(
    '\n',
  );
}
