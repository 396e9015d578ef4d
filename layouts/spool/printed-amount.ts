import { currencies, currencyUnits, isCurrency, type Minor, type Money } from '#engine/money.ts';

/** Reads an amount as letters print it: `1 234,50 kr`, `1,234.50 EUR`, `−12,00 kr`; null for anything else. */
export function readPrintedAmount(text: string): Money | null {
  const match = /^([-−]?)(\d{1,3}(?:([\s,])\d{3})*)([.,])(\d\d)\s(kr|[A-Z]{3})$/.exec(text.replaceAll(/[\s\u00a0\u202f]/g, ' '));
  if (match === null) return null;
  const [, sign, whole = '', group, point, fraction = '', unit = ''] = match;
  // Swedish groups with blanks before a comma, English with commas before a point: never the same mark for both.
  if (group === point || (group === ',' && point !== '.') || (group === ' ' && point !== ',')) return null;
  const currency = currencies.find((code) => Object.values(currencyUnits[code] ?? {}).includes(unit)) ?? unit;
  if (!isCurrency(currency)) return null;
  const amount: Minor = BigInt(whole.replaceAll(/\D/g, '') + fraction);
  return { amount: sign === '' ? amount : -amount, currency };
}

/** Modulus 10 over digits whose last one is the check digit; its own computation, so that a wrong writer is found. */
export function passesModulus10(digits: string): boolean {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
  const values = Array.from(digits, Number);
  const total = values.toReversed().reduce((sum, value, at) => sum + (at % 2 === 0 ? value : (doubled[value] ?? 0)), 0);
  return total % 10 === 0;
}
