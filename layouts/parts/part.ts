import type { Language } from '#engine/language.ts';
import type { Drawing } from '../page/drawing.ts';
import type { Palette } from '../page/ink.ts';
import type { Typesetter } from '../page/typesetter.ts';
import type { InvoiceTexts } from '../texts/invoice-texts.ts';
import type { LetterFrame } from './letter-frame.ts';

/** What every part draws with. Parts are pure: the same context and values give the same drawings. */
export interface PartContext {
  readonly set: Typesetter;
  readonly palette: Palette;
  readonly texts: InvoiceTexts;
  readonly language: Language;
  readonly frame: LetterFrame;
}

/** A part of known height that can be placed anywhere down the page. */
export interface Block {
  readonly heightMm: number;
  readonly draw: (topMm: number) => readonly Drawing[];
}

/** The drawings of a part at a fixed place, and how far down it reaches. */
export interface PlacedPart {
  readonly drawings: readonly Drawing[];
  readonly bottomMm: number;
}

/** Blocks one under the other as one block. */
export function stackBlocks(blocks: readonly Block[], gapMm: number): Block {
  const heightMm = blocks.reduce((sum, block) => sum + block.heightMm, 0) + gapMm * Math.max(0, blocks.length - 1);
  return {
    heightMm,
    draw: (topMm) => {
      let top = topMm;
      return blocks.flatMap((block) => {
        const drawings = block.draw(top);
        top += block.heightMm + gapMm;
        return drawings;
      });
    },
  };
}
