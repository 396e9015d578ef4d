/** A value a log line may carry. Amounts are written as their decimal text, never as a floating-point number. */
export type LogValue = string | number | bigint | boolean | null | undefined | Error | readonly string[];

export type LogFields = Readonly<Record<string, LogValue>>;

/** Events have dotted names (`file.claimed`), facts go into fields (`fileId`, `client`), so that a log can be searched by both. */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
  /** A log that adds the fields to every line it writes. */
  child(fields: LogFields): Log;
}
