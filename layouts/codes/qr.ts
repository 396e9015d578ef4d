import { makeGaloisField } from './datamatrix.ts';
import type { MatrixCode } from './matrix-code.ts';
import {
  type QrPattern,
  qrPattern,
  maskSymbol,
  packSymbol,
  qrPenalty,
  blocksOf,
  type CorrectionLevel,
  dataWordsOf,
  MAX_QR_VERSION,
  wordsOf,
} from './qr-pattern.ts';

/**
 * A QR code of a text as UTF-8 bytes, in the smallest version that holds it; text outside ASCII is announced by ECI 26, so that å ä ö
 * survive. Throws a RangeError when version MAX_QR_VERSION is too small.
 */
export function encodeQr(text: string, level: CorrectionLevel): MatrixCode {
  const bytes = new TextEncoder().encode(text);
  const eci = bytes.length !== text.length;
  const version = smallestVersion(bytes.length, eci, level);
  const words = interleave(dataWords(bytes, eci, version, level), version, level);
  const pattern = qrPattern(version);
  const modules = Uint8Array.from(pattern.modules);
  for (let bit = 0; bit < words.length * 8; bit += 1) {
    modules[pattern.positions[bit] ?? 0] = ((words[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
  }
  return { size: pattern.size, modules: chooseMask(modules, pattern, level) };
}

const field = makeGaloisField(0x1_1d, 0);

const BYTE_MODE = 0b0100;
const ECI_MODE = 0b0111;
/** ECI assignment number of UTF-8. */
const ECI_UTF8 = 26;

/** Versions 1 to 9 count bytes in 8 bits, later ones in 16 (ISO/IEC 18004 table 3). */
const countBits = (version: number): number => (version < 10 ? 8 : 16);

function smallestVersion(length: number, eci: boolean, level: CorrectionLevel): number {
  for (let version = 1; version <= MAX_QR_VERSION; version += 1) {
    const bits = (eci ? 12 : 0) + 4 + countBits(version) + length * 8;
    if (bits <= dataWordsOf(version, level) * 8) return version;
  }
  throw new RangeError(`${length} bytes do not fit a QR code of version ${MAX_QR_VERSION}`);
}

/** Mode, count and bytes, then the terminator and the two pad words in turn (ISO/IEC 18004 §7.4). */
function dataWords(bytes: Uint8Array, eci: boolean, version: number, level: CorrectionLevel): Uint8Array {
  const words = new Uint8Array(dataWordsOf(version, level));
  let length = 0;
  const append = (value: number, bits: number): void => {
    for (let bit = bits - 1; bit >= 0; bit -= 1, length += 1) {
      if (((value >> bit) & 1) === 1) words[length >> 3] = (words[length >> 3] ?? 0) | (0x80 >> (length & 7));
    }
  };
  if (eci) {
    append(ECI_MODE, 4);
    append(ECI_UTF8, 8);
  }
  append(BYTE_MODE, 4);
  append(bytes.length, countBits(version));
  for (const byte of bytes) append(byte, 8);
  const used = Math.ceil(Math.min(length + 4, words.length * 8) / 8);
  for (let at = used; at < words.length; at += 1) words[at] = (at - used) % 2 === 0 ? 0xec : 0x11;
  return words;
}

/** Blocks in turn, word by word, data first (ISO/IEC 18004 §7.6); the last blocks are one word longer. */
function interleave(data: Uint8Array, version: number, level: CorrectionLevel): Uint8Array {
  const { checksPerBlock, blocks } = blocksOf(version, level);
  const shortLength = Math.floor(data.length / blocks);
  const longBlocks = data.length % blocks;
  const generator = field.generator(checksPerBlock);
  const result = new Uint8Array(wordsOf(version));
  let from = 0;
  for (let block = 0; block < blocks; block += 1) {
    const isLong = block >= blocks - longBlocks;
    const words = data.subarray(from, from + shortLength + (isLong ? 1 : 0));
    from += words.length;
    for (let at = 0; at < shortLength; at += 1) result[at * blocks + block] = words[at] ?? 0;
    if (isLong) result[shortLength * blocks + block - (blocks - longBlocks)] = words[shortLength] ?? 0;
    const checks = field.checkWords(words, generator);
    for (let at = 0; at < checksPerBlock; at += 1) result[data.length + at * blocks + block] = checks[at] ?? 0;
  }
  return result;
}

/** The symbol under the mask with the lowest penalty, format information drawn. */
function chooseMask(unmasked: Uint8Array, pattern: QrPattern, level: CorrectionLevel): Uint8Array {
  const packed = packSymbol(unmasked, pattern.size);
  let chosen = pattern.masks[level][0];
  let lowest = Number.MAX_SAFE_INTEGER;
  for (const mask of pattern.masks[level]) {
    const penalty = qrPenalty(maskSymbol(packed, mask.packed));
    if (penalty >= lowest) continue;
    lowest = penalty;
    chosen = mask;
  }
  return unmasked.map((module, at) => module ^ (chosen?.modules[at] ?? 0));
}
