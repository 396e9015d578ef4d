import { join } from 'node:path';
import { Writable } from 'node:stream';
import winston from 'winston';
import type { Log, LogFields } from './log.ts';
import { logLine, type LogLevel, type LogLine } from './log-line.ts';
import { openRotatingFile, type RotatingFile, type RotationLimits } from './rotating-file.ts';
import { terminalLine } from './terminal-line.ts';

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
