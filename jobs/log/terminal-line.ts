import type { LogLine } from './log-line.ts';

/** Left out on a terminal: it takes many lines, and the log file has it. */
const FILE_ONLY = 'stack';

/** The line for people: time of day, level when it is no mere news, event, facts. Written in UTC like the log file. */
export function terminalLine({ time, level, event, fields }: LogLine): string {
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
