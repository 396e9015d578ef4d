import { join, dirname } from 'node:path';
import { Writable } from 'node:stream';
import winston from 'winston';
import { inspect } from 'node:util';
import { redactField, redactText } from './redact.ts';
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs';

/** 20 MB is about 100,000 lines: a day of a large bureau. With the ten older ones the log takes at most 220 MB. */
const DEFAULT_LIMITS: RotationLimits = { maxFileBytes: 20_000_000, keptFiles: 10 };

export interface LogOptions {
  /** The bureau's home; the log is `log/kuvert.log` in it. */
  readonly home: string;
  /** Also writes one short line per event to standard error, for a person who looks on. */
  readonly terminal: boolean;
  readonly limits?: RotationLimits;
  readonly clock?: () => Date;
  /** Where the short lines, and the troubles of the log itself, go; standard error when left out. */
  readonly writeTerminal?: (line: string) => void;
}

export interface OpenLog extends Log {
  /** Lets go of the file. Nothing waits to be written: every line stands in the file when the call that logged it returns. */
  readonly close: () => Promise<void>;
}

/**
 * Opens the program's log: one JSON object a line in the file, with `time` (UTC), `level`, `event`, `pid` and the event's fields.
 * Personal numbers, accounts and secrets are masked before they reach either place. A log that cannot be written never stops the
 * work: it is reported once on standard error, and the lines go there until the file takes them again.
 */
export function createLog(options: LogOptions): OpenLog {
  const { clock = () => new Date(), writeTerminal = (line) => void process.stderr.write(`${line}\n`) } = options;
  const file = openRotatingFile(join(options.home, 'log', 'kuvert.log'), options.limits ?? DEFAULT_LIMITS);
  const transports = [lineTransport(fileLine, fileWriter(file, writeTerminal))];
  if (options.terminal) transports.push(lineTransport(terminalLine, writeTerminal));
  const logger = winston.createLogger({ transports });
  const write = (level: LogLevel, event: string, fields: LogFields): void => {
    logger.log({ level, message: event, line: logLine(clock(), level, event, fields) });
  };
  return { ...withFields(write, {}), close: async () => file.close() };
}

type WriteLine = (level: LogLevel, event: string, fields: LogFields) => void;

function withFields(write: WriteLine, own: LogFields): Log {
  return {
    info: (event, fields) => write('info', event, { ...own, ...fields }),
    warn: (event, fields) => write('warn', event, { ...own, ...fields }),
    error: (event, fields) => write('error', event, { ...own, ...fields }),
    child: (fields) => withFields(write, { ...own, ...fields }),
  };
}

/**
 * Winston's own file transport buffers (a killed program loses lines) and rotates for itself alone, so the stream behind the transport
 * is ours and writes at once.
 */
function lineTransport(show: (line: LogLine) => string, write: (text: string) => void): winston.transport {
  const stream = new Writable({
    decodeStrings: false,
    write: (text: string, _encoding, next) => {
      write(text);
      next();
    },
  });
  return new winston.transports.Stream({
    stream,
    eol: '',
    format: winston.format.printf((entry) => show(entry['line'] as LogLine)),
  });
}

function fileWriter(file: RotatingFile, writeTerminal: (line: string) => void): (line: string) => void {
  let failing = false;
  return (line) => {
    try {
      file.append(line);
      if (failing) writeTerminal('kuvert: the log file can be written again');
      failing = false;
    } catch (cause) {
      if (!failing) writeTerminal(`kuvert: the log file cannot be written (${(cause as Error).message}); its lines follow here`);
      failing = true;
      writeTerminal(line);
    }
  };
}

const fileLine = ({ fields, ...line }: LogLine): string => JSON.stringify({ ...line, pid: process.pid, ...fields });

/** A value a log line may carry. Amounts are written as their decimal text, never as a floating-point number. */
type LogValue = string | number | bigint | boolean | null | undefined | Error | readonly string[];

export type LogFields = Readonly<Record<string, LogValue>>;

/** Events have dotted names (`file.claimed`), facts go into fields (`fileId`, `client`), so that a log can be searched by both. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** A log that adds the fields to every line it writes. */
  child(fields: LogFields): Log;
}

/** A longer field says nothing more and would let one bad file fill the log. */
const MAX_FIELD_CHARACTERS = 4_000;

type LogLevel = 'info' | 'warn' | 'error';

/** A log line ready to be written: every value is redacted. */
interface LogLine {
  readonly time: string;
  readonly level: LogLevel;
  readonly event: string;
  readonly fields: Readonly<Record<string, string | number | boolean | null | readonly string[]>>;
}

/** Makes the line of an event. Empty fields are left out; an error becomes its message, its cause's messages and its stack. */
function logLine(time: Date, level: LogLevel, event: string, fields: LogFields): LogLine {
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

/** Left out on a terminal: it takes many lines, and the log file has it. */
const FILE_ONLY = 'stack';

/** The line for people: time of day, level when it is no mere news, event, facts. Written in UTC like the log file. */
function terminalLine({ time, level, event, fields }: LogLine): string {
  const facts = Object.entries(fields)
    .filter(([name]) => name !== FILE_ONLY)
    .map(([name, value]) => `${name}=${quoted(Array.isArray(value) ? value.join(',') : String(value))}`);
  const mark = level === 'info' ? [] : [level.toUpperCase()];
  return [time.slice('2026-01-01T'.length, -'.000Z'.length), ...mark, event, ...facts].join(' ');
}

/** File names come from outside: control characters in them must not reach the terminal, nor spaces blur where a fact ends. */
const quoted = (text: string): string => (/^[\p{L}\p{N}_.,:/@*+-]+$/u.test(text) ? text : escapeControls(JSON.stringify(text)));

/** JSON leaves out the second control block, the marks that turn the writing direction, and the line separators. */
const escapeControls = (text: string): string =>
  text.replaceAll(
    /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

interface RotationLimits {
  /** The file is rotated before a line that would make it larger than this. */
  readonly maxFileBytes: number;
  /** How many older files are kept, `path.1` the latest. */
  readonly keptFiles: number;
}

interface RotatingFile {
  /** Appends a line. @throws the operating system's error when it cannot be written whole. */
  readonly append: (line: string) => void;
  readonly close: () => void;
}

/**
 * A file of lines that several programs append to at once. Written line by line and at once: what a program said before it was killed
 * stands in the file, and no line of one is mixed into another's.
 */
function openRotatingFile(path: string, limits: RotationLimits): RotatingFile {
  const state: { file: number | undefined; broken: boolean } = { file: undefined, broken: false };
  const close = (): void => {
    if (state.file !== undefined) closeSync(state.file);
    state.file = undefined;
  };
  const append = (line: string): void => {
    if (state.file !== undefined && !isAt(state.file, path)) close();
    const bytes = Buffer.from(`${state.broken ? '\n' : ''}${line}\n`);
    state.file ??= openForAppending(path);
    const { size } = fstatSync(state.file);
    if (size > 0 && size + bytes.length > limits.maxFileBytes) {
      close();
      rotate(path, limits.keptFiles);
      state.file = openForAppending(path);
    }
    writeWhole(state, bytes);
  };
  return { append, close };
}

function writeWhole(state: { file: number | undefined; broken: boolean }, bytes: Buffer): void {
  const written = writeSync(state.file as number, bytes);
  // A full disk takes the beginning of a line; the next line then starts with a line end of its own.
  state.broken = written < bytes.length;
  if (state.broken) throw Object.assign(new Error('no space left for the whole log line'), { code: 'ENOSPC' });
}

/** Another program may have rotated the file, or a person moved it away. */
function isAt(file: number, path: string): boolean {
  const there = statSync(path, { throwIfNoEntry: false });
  return there !== undefined && there.ino === fstatSync(file).ino;
}

function openForAppending(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  return openSync(path, 'a', 0o640);
}

function rotate(path: string, kept: number): void {
  for (let age = kept - 1; age >= 0; age -= 1) {
    const from = age === 0 ? path : `${path}.${age}`;
    if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${path}.${age + 1}`);
  }
}
