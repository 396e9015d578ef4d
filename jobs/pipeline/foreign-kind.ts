/** Bytes of a file's start that tell its kind. */
export const HEAD_BYTES = 8;

/** First bytes of kinds of file that never are invoice data here; texts are told apart by their readers, not by guessing. */
const signatures: readonly (readonly [string, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['gzip', [0x1f, 0x8b]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]],
  ['rar', [0x52, 0x61, 0x72, 0x21, 0x1a]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['Microsoft Office', [0xd0, 0xcf, 0x11, 0xe0]],
  ['program', [0x7f, 0x45, 0x4c, 0x46]],
  ['program', [0x4d, 0x5a, 0x90]],
];

/** The kind of a file that cannot be invoice data, by its first bytes; undefined for anything that may be text (fault XU15). */
export const foreignKind = (head: Uint8Array): string | undefined =>
  signatures.find(([, signature]) => signature.every((byte, index) => head[index] === byte))?.[0];
