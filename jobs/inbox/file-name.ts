/** What a sender's file name is to us. */
export type JudgedName =
  | { readonly kind: 'safe'; readonly name: string }
  /** Still being written by a well-behaved program, or hidden: not looked at until it gets its real name. */
  | { readonly kind: 'temporary'; readonly escaped: string }
  | { readonly kind: 'unsafe'; readonly escaped: string; readonly problem: NameProblem };

export const nameProblems = [
  'not-utf-8',
  'too-long',
  'control-character',
  'invisible-character',
  'path-separator',
  'percent-encoded-path',
  'drive-letter',
  'device-name',
  'leading-dash',
  'outer-space',
  'trailing-dot',
  'unusual-character',
] as const;
export type NameProblem = (typeof nameProblems)[number];

/** A received name lives on in receipts, which add their own endings within the 255 bytes a file system allows. */
export const MAX_NAME_BYTES = 200;

/**
 * Judges a name as it lies on disk, in bytes. Letters of any language, in any normal form, are welcome: a Mac sends `å` as two
 * code points, and a claim has a folder of its own, so twins by case or normal form cannot collide there. Refused is what could
 * mean something to a shell, a path, a terminal or another operating system (reliability XP1).
 */
export function judgeFileName(bytes: Uint8Array): JudgedName {
  const escaped = escapeFileName(bytes);
  const name = decodeUtf8(bytes);
  if (isTemporary(name ?? escaped)) return { kind: 'temporary', escaped };
  if (name === undefined) return { kind: 'unsafe', escaped, problem: 'not-utf-8' };
  if (bytes.byteLength > MAX_NAME_BYTES) return { kind: 'unsafe', escaped, problem: 'too-long' };
  const problem = problemPatterns.find(([, pattern]) => pattern.test(name))?.[0];
  return problem === undefined ? { kind: 'safe', name } : { kind: 'unsafe', escaped, problem };
}

const problemPatterns: readonly (readonly [NameProblem, RegExp])[] = [
  ['control-character', /\p{Cc}/u],
  // Format characters include the bidirectional marks that make `gpj.exe` out of `exe.jpg`; line and paragraph separators too.
  ['invisible-character', /[\p{Cf}\p{Zl}\p{Zp}]/u],
  ['path-separator', /[/\\]/u],
  ['percent-encoded-path', /%(?:2e|2f|5c|00|25)/iu],
  ['drive-letter', /^[a-z]:/iu],
  ['device-name', /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])[ ]*(?:[.:].*)?$/iu],
  ['leading-dash', /^[-–—−]/u],
  ['outer-space', /^\s|\s$/u],
  ['trailing-dot', /\.$/u],
  ['unusual-character', /[^\p{L}\p{M}\p{N} ._\-–—+,=@#&()[\]'!~%§:]/u],
];

/** Endings that upload programs give a file until it is whole (WinSCP, rsync, browsers, editors), and hidden names. */
const TEMPORARY_NAME = /^\.|~$|\.(?:part|partial|filepart|tmp|temp|crdownload|download|upload|uploading|swp|swx)$/iu;

/** True for a name that says of itself that the file is not finished. */
export const isTemporary = (name: string): boolean => TEMPORARY_NAME.test(name);

/** The name as text that cannot hurt a terminal or a log: anything but plain Latin letters, digits and signs is written as a code. */
export function escapeFileName(bytes: Uint8Array): string {
  const name = decodeUtf8(bytes);
  if (name === undefined) return [...bytes].map(escapeByte).join('');
  return name.replaceAll(NOT_PLAIN_CHARACTER, escapeCharacter);
}

const NOT_PLAIN_CHARACTER = /[^ -[\]-~À-ÖØ-öø-ÿ]/gu;
const escapeCharacter = (character: string): string => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
const escapeByte = (byte: number): string =>
  byte >= 0x20 && byte < 0x7f && byte !== 0x5c ? String.fromCodePoint(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
