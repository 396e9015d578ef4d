export type CorrectionLevel = 'L' | 'M';

/** How a version divides its words (ISO/IEC 18004 table 9): check words of a block, and the number of blocks. */
export interface QrBlocks {
  readonly checksPerBlock: number;
  readonly blocks: number;
}

/** Versions 1 to 15, which hold every payment code. */
export const MAX_QR_VERSION = 15;

export const sizeOf = (version: number): number => 17 + 4 * version;

const levels: Readonly<Record<CorrectionLevel, readonly (readonly [checksPerBlock: number, blocks: number])[]>> = {
  L: [
    [7, 1],
    [10, 1],
    [15, 1],
    [20, 1],
    [26, 1],
    [18, 2],
    [20, 2],
    [24, 2],
    [30, 2],
    [18, 4],
    [20, 4],
    [24, 4],
    [26, 4],
    [30, 4],
    [22, 6],
  ],
  M: [
    [10, 1],
    [16, 1],
    [26, 1],
    [18, 2],
    [24, 2],
    [16, 4],
    [18, 4],
    [22, 4],
    [22, 5],
    [26, 5],
    [30, 5],
    [22, 8],
    [22, 9],
    [24, 9],
    [24, 10],
  ],
};

export function blocksOf(version: number, level: CorrectionLevel): QrBlocks {
  const [checksPerBlock, blocks] = levels[level][version - 1] ?? [0, 0];
  return { checksPerBlock, blocks };
}

/** Words of a version, data and check words together (ISO/IEC 18004 table 1). */
export function wordsOf(version: number): number {
  const alignments = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const patterns = alignments === 0 ? 0 : 25 * (alignments - 1) ** 2 + 20 * 2 * (alignments - 2);
  const functional = 3 * 64 + 31 + 2 * (sizeOf(version) - 16) + patterns + (version >= 7 ? 36 : 0);
  return Math.floor((sizeOf(version) ** 2 - functional) / 8);
}

export const dataWordsOf = (version: number, level: CorrectionLevel): number => {
  const { checksPerBlock, blocks } = blocksOf(version, level);
  return wordsOf(version) - checksPerBlock * blocks;
};

/** Centres of the alignment patterns along a side (ISO/IEC 18004 annex E); even steps down from the far one. */
export function alignmentCentres(version: number): readonly number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const last = sizeOf(version) - 7;
  const step = Math.ceil((last - 6) / (count - 1) / 2) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, at) => last - (count - 2 - at) * step)];
}
