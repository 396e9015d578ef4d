import { formatAmount } from './money.ts';
import type { Format } from './sockets/format.ts';

/**
 * The JSON form of domain values: amounts (`bigint`) become decimal strings such as `"1250.00"`, everything else is itself. What is stored
 * is read back by its shape (`shapes.ts`, `stored-content.ts`).
 */
export const toJson = (value: unknown, indent?: number): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? formatAmount(item) : item), indent);

/** The canonical invoice as it is, for people and programs that want to look. */
export const canonicalJson: Format = {
  id: 'canonical-json',
  title: 'Canonical invoices and findings, one JSON object a line',
  extension: '.json',
  writes: { of: 'invoices', write: (invoice) => `${toJson(invoice, 2)}\n` },
};
