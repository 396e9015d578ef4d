import { parseDecimal, type Decimal } from './decimal.ts';
import { parseIsoDate, type IsoDate } from './iso-date.ts';
import { parseAmount, type Minor } from './money.ts';

/**
 * The shape of stored JSON: reads a value field by field into a domain type, and knows by type, not by a field's name, what is money.
 * `object<T>` must name every field of `T` and nothing else, optional ones as `optional`, so that a type and its shape cannot drift apart.
 */
export interface Shape<T> {
  /** @throws Misshapen with the path of the field that is not as it should be. */
  readonly read: (value: unknown) => T;
  /** Never there: makes `T` invariant, so that a shape of some of a union's values does not pass for a shape of all. */
  readonly exactly?: (value: T) => void;
}

/** A field that may be absent; it is never null. */
export interface OptionalField<T> {
  readonly optional: Shape<T>;
}

/** Stored content that is not of the shape it was stored by: somebody changed the row, or the reader of its version is wrong. */
export class Misshapen extends TypeError {
  /** Such as `lines[2].netAmount`; empty for the value itself. */
  readonly path: string;
  readonly expected: string;
  readonly found: string;

  constructor(path: string, expected: string, found: string) {
    super(`${path === '' ? 'the content' : path} is not ${expected}: ${found}`);
    this.name = 'Misshapen';
    this.path = path;
    this.expected = expected;
    this.found = found;
  }
}

/** Reads JSON text. @throws SyntaxError for text that is no JSON, Misshapen for what is of another shape. */
export const readJson = <T>(shape: Shape<T>, json: string): T => shape.read(JSON.parse(json));

type FieldsOf<T> = {
  readonly [Name in keyof T]-?: Pick<T, Name> extends Required<Pick<T, Name>> ? Shape<T[Name]> : OptionalField<Required<T>[Name]>;
};

/** What is left of a shape whose type does not matter. */
type Reader = Pick<Shape<unknown>, 'read'>;

export function object<T extends object>(fields: FieldsOf<T>): Shape<T> {
  const listed = Object.entries<Reader | { readonly optional: Reader }>(fields);
  const names = new Set(listed.map(([name]) => name));
  const read = (value: unknown): T => {
    if (!isObject(value)) throw misshapen('an object', value);
    const found: Record<string, unknown> = {};
    let at = '';
    try {
      for (const [name, field] of listed) {
        at = name;
        const given = value[name];
        if (!('optional' in field)) found[name] = field.read(given);
        else if (given !== undefined) found[name] = field.optional.read(given);
      }
    } catch (error) {
      throw within(at, error);
    }
    const unknown = Object.keys(value).find((name) => !names.has(name));
    if (unknown !== undefined) throw new Misshapen(unknown, 'a field of this shape', excerpt(value[unknown]));
    // Every field of T was read by its own shape; the compiler proved of `fields` that these are all.
    return found as T;
  };
  return { read };
}

export const optional = <T>(shape: Shape<T>): OptionalField<T> => ({ optional: shape });

export function list<T>(item: Shape<T>): Shape<readonly T[]> {
  const read = (value: unknown): readonly T[] => {
    if (!Array.isArray(value)) throw misshapen('a list', value);
    let at = 0;
    try {
      const found: T[] = [];
      for (; at < value.length; at += 1) found.push(item.read(value[at]));
      return found;
    } catch (error) {
      throw within(`[${at}]`, error);
    }
  };
  return { read };
}

/** Objects that are told apart by one field's value, each with its own shape. */
export function union<T, Tag extends keyof T & string>(
  tag: Tag,
  cases: { readonly [Value in T[Tag] & string]: Shape<Extract<T, Readonly<Record<Tag, Value>>>> },
): Shape<T> {
  const shapes = new Map(Object.entries<{ readonly read: (value: unknown) => T }>(cases));
  const read = (value: unknown): T => {
    if (!isObject(value)) throw misshapen('an object', value);
    const kind = value[tag];
    const shape = typeof kind === 'string' ? shapes.get(kind) : undefined;
    if (shape === undefined) throw within(tag, misshapen(`one of ${[...shapes.keys()].join(', ')}`, kind));
    return shape.read(value);
  };
  return { read };
}

/** One of some words. */
export function oneOf<const Word extends string>(words: readonly Word[]): Shape<Word> {
  const read = (value: unknown): Word => {
    const found = words.find((word) => word === value);
    if (found === undefined) throw misshapen(`one of ${words.join(', ')}`, value);
    return found;
  };
  return { read };
}

export const text: Shape<string> = {
  read: (value) => {
    if (typeof value !== 'string') throw misshapen('a text', value);
    return value;
  },
};

export const flag: Shape<boolean> = {
  read: (value) => {
    if (typeof value !== 'boolean') throw misshapen('true or false', value);
    return value;
  },
};

/** Money, written as decimal text such as `"1250.00"`. */
export const amount: Shape<Minor> = readText('an amount', parseAmount);
/** `"2026-11-20"`. */
export const date: Shape<IsoDate> = readText('a date', parseIsoDate);
/** An exact decimal such as `"0.125"`: a quantity, a price, a rate. */
export const exactDecimal: Shape<Decimal> = readText('a decimal', parseDecimal);

function readText<T>(expected: string, parse: (given: string) => T | null): Shape<T> {
  const read = (value: unknown): T => {
    const found = typeof value === 'string' ? parse(value) : null;
    if (found === null) throw misshapen(expected, value);
    return found;
  };
  return { read };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);

/** Content may be long, and personal: an error shows its beginning. */
const EXCERPT_CHARACTERS = 40;
const excerpt = (value: unknown): string => (JSON.stringify(value) ?? 'absent').slice(0, EXCERPT_CHARACTERS);

const misshapen = (expected: string, value: unknown): Misshapen => new Misshapen('', expected, excerpt(value));

function within(place: string, error: unknown): unknown {
  if (!(error instanceof Misshapen)) return error;
  const { path, expected, found } = error;
  return new Misshapen(path === '' || path.startsWith('[') ? `${place}${path}` : `${place}.${path}`, expected, found);
}
