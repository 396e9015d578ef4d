import { isCurrency, type Minor, type Money } from '#engine/money.ts';

/** Reads an amount as letters print it: `1 234,50 kr`, `1,234.50 EUR`, `−12,00 kr`; null for anything else. */
export function readPrintedAmount(text: string): Money | null {
  const match = /^([-−]?)(\d{1,3}(?:([\s,])\d{3})*)([.,])(\d\d)\s(kr|[A-Z]{3})$/.exec(text.replaceAll(/[\s\u00a0\u202f]/g, ' '));
  if (match === null) return null;
  const [, sign, whole = '', group, point, fraction = '', unit = ''] = match;
  // Swedish groups with blanks before a comma, English with commas before a point: never the same mark for both.
  if (group === point || (group === ',' && point !== '.') || (group === ' ' && point !== ',')) return null;
  const currency = unit === 'kr' ? 'SEK' : unit;
  if (!isCurrency(currency)) return null;
  const amount: Minor = BigInt(whole.replaceAll(/\D/g, '') + fraction);
  return { amount: sign === '' ? amount : -amount, currency };
}

export interface PrintedSlipLine {
  readonly reference: string;
  readonly amount: Minor;
  readonly bankgiro: string;
}

/** Reads the machine line of a bankgiro slip column by column and checks its check digit; null for anything else. */
export function readPrintedSlipLine(text: string): PrintedSlipLine | null {
  const match = /^H {2}# ( *\d+) #( *\d+) (\d\d) {3}(\d) >( *\d+)#41#$/.exec(text.trimEnd());
  if (match === null) return null;
  const [, reference = '', kronor = '', ore = '', check = '', bankgiro = ''] = match;
  if (reference.length !== 25 || kronor.length !== 8 || bankgiro.length !== 25) return null;
  const digits = kronor.trim() + ore + check;
  if (!passesLuhn(digits)) return null;
  return { reference: reference.trim(), amount: BigInt(kronor.trim() + ore), bankgiro: bankgiro.trim() };
}

/** 10-modul over digits whose last one is the check digit; its own computation, so that a wrong writer is found. */
export function passesLuhn(digits: string): boolean {
  const doubled = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
  const values = Array.from(digits, Number);
  const total = values.toReversed().reduce((sum, value, at) => sum + (at % 2 === 0 ? value : (doubled[value] ?? 0)), 0);
  return total % 10 === 0;
}
