import { parseAmount } from '#engine/money.ts';

/**
 * Turns JSON back by the names of its fields, `amount` or ending in `Amount`: for values that the program writes for people and programs to
 * look up and never reads itself, to show that nothing of them is lost.
 */
export const readByName = (json: string): unknown =>
  JSON.parse(json, (key, item: unknown) =>
    typeof item === 'string' && (key === 'amount' || key.endsWith('Amount')) ? (parseAmount(item) ?? item) : item,
  );
