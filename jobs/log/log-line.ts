import { inspect } from 'node:util';
import type { LogFields, LogValue } from './log.ts';
import { redactField, redactText } from './redact.ts';

/** A longer field says nothing more and would let one bad file fill the log. */
const MAX_FIELD_CHARACTERS = 4_000;

export type LogLevel = 'info' | 'warn' | 'error';

/** A log line ready to be written: every value is redacted. */
export interface LogLine {
  readonly time: string;
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** Makes the line of an event. Empty fields are left out; an error becomes its message, its cause's messages and its stack. */
export function logLine(time: Date, level: LogLevel, event: string, fields: LogFields): LogLine {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return {
    time: time.toISOString(),
    level,
    event: redactText(event),
    fields: Object.fromEntries(entries.flatMap(([name, value]) => readableField(name, value))),
  };
}

type ReadableEntry = readonly [string, string | number | boolean | null | readonly string[]];

function readableField(name: string, value: LogValue): readonly ReadableEntry[] {
  if (value === null || value === undefined) return [[name, null]];
  if (typeof value === 'boolean') return [[name, value]];
  if (typeof value === 'number') return [[name, readableNumber(name, value)]];
  if (value instanceof Error) return [[name, safe(name, messages(value))], ...stackField(value)];
  if (Array.isArray(value)) return [[name, value.map((item: unknown) => safe(name, String(item)))]];
  return [[name, safe(name, textOf(value))]];
}

/** Libraries call errors what is none; a log that throws on one would end the program it is to tell of. */
const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'bigint' ? String(value) : inspect(value);

/** A personal number may have been passed as a number; it is masked like any other and becomes a text. */
function readableNumber(name: string, value: number): string | number {
  const text = String(value);
  const redacted = redactField(name, text);
  return redacted === text ? value : redacted;
}

function safe(name: string, text: string): string {
  const redacted = redactField(name, text.slice(0, 2 * MAX_FIELD_CHARACTERS));
  return redacted.length <= MAX_FIELD_CHARACTERS ? redacted : `${redacted.slice(0, MAX_FIELD_CHARACTERS)}…`;
}

/** The messages of an error and of what caused it, outermost first. */
function messages(error: Error): string {
  const words = error.message === '' && error instanceof AggregateError ? error.errors.map(String).join('; ') : error.message;
  const { cause } = error;
  return cause instanceof Error && !words.includes(cause.message) ? `${words} Cause: ${messages(cause)}` : words;
}

const stackField = (error: Error): readonly ReadableEntry[] =>
  error.stack === undefined ? [] : [['stack', safe('stack', error.stack)]];
