import { formatAmount, parseAmount } from './money.ts';
import type { Format } from './sockets/format.ts';

/**
 * The JSON form of domain values: amounts (`bigint`) become decimal strings such as `"1250.00"`, everything else is itself.
 * Reading turns back exactly the fields whose name is `amount` or ends in `Amount`, by the naming rule of `invoice.ts`.
 */
export const toJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? formatAmount(item) : item), indent);

/** By the naming rule of `invoice.ts`. */
export const isAmountName = (name: string): boolean => name === 'amount' || name.endsWith('Amount');

/** The inverse of `toJson`. Throws a SyntaxError on text that is no JSON, a TypeError on an amount field without an amount. */
export const fromJson = <T>(text: string): T => JSON.parse(text, revive) as T;

function revive(key: string, item: unknown): unknown {
  if (typeof item !== 'string' || !isAmountName(key)) return item;
  const amount = parseAmount(item);
  if (amount === null) throw new TypeError(`field ${key} holds no amount: ${item}`);
  return amount;
}

/** The canonical invoice as it is, for people and programs that want to look. */
export const canonicalJson: Format = {
  id: 'canonical-json',
  title: 'Canonical invoices and findings, one JSON object a line',
  extension: '.json',
  writes: { of: 'invoices', write: (invoice) => `${toJson(invoice, 2)}\n` },
};
