import type { Sender } from '#engine/sender.ts';
import type { Settler } from './settlers.ts';

/** Who reads the files of each sender. */
const settlers: Readonly<Partial<Record<Sender, Settler>>> = {};

export function settlerOf(sender: Sender): Settler {
  const settler = settlers[sender];
  if (settler === undefined) throw new Error(`nobody reads the files of ${sender}`);
  return settler;
}
