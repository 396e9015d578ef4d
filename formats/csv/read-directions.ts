import type { CellReader } from './cell-reader.ts';
import { defined } from '../defined.ts';
import { languages } from '#engine/language.ts';
import { channels, debtorClasses, serviceModes, type Directions } from '#engine/submission.ts';

/** What the file says about the treatment of a document; words outside ours are findings unless the mapping translates them. */
export const readDirections = (cells: CellReader): Directions =>
  defined({
    mode: cells.choice('mode', serviceModes),
    channel: cells.choice('channel', channels),
    language: cells.choice('language', languages),
    debtorClass: cells.choice('debtorClass', debtorClasses),
    debtorNumber: cells.text('debtorNumber'),
  });
