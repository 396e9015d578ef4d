import { divideRounded, type Minor } from './money.ts';

/**
 * An exact decimal as canonical text: optional minus, digits without leading zeros, optional point and decimals without
 * trailing zeros (`0`, `-12.5`, `0.0004`). Quantities, unit prices and rates are decimals; amounts are `Minor`.
 */
export type Decimal = string & { readonly __decimal: never };

/** At most 18 digits before and after the point. */
const parts = /^(-?)(\d{1,18})(?:\.(\d{1,18}))?$/;

/** Reads `12`, `-0.50`, `007.10`; returns the canonical decimal, or null for anything else. */
export function parseDecimal(text: string): Decimal | null {
  const match = parts.exec(text);
  if (!match) return null;
  const whole = (match[2] ?? '').replace(/^0+(?=\d)/, '');
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  const digits = fraction === '' ? whole : `${whole}.${fraction}`;
  return (match[1] === '-' && digits !== '0' ? `-${digits}` : digits) as Decimal;
}

/** A decimal written in source code or configuration; throws a RangeError if it is not one. */
export function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (value === null) throw new RangeError(`not a decimal: ${text}`);
  return value;
}

/** The decimal as an integer of 10^-scale units: `12.5` → { unscaled: 125n, scale: 1 }. */
export function unscale(value: Decimal): { readonly unscaled: bigint; readonly scale: number } {
  const point = value.indexOf('.');
  if (point < 0) return { unscaled: BigInt(value), scale: 0 };
  return { unscaled: BigInt(value.slice(0, point) + value.slice(point + 1)), scale: value.length - point - 1 };
}

/** The inverse of `unscale`. */
export function rescale(unscaled: bigint, scale: number): Decimal {
  const negative = unscaled < 0n;
  const digits = (negative ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return decimal(negative ? `-${text}` : text);
}

/** -1, 0 or 1. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const x = unscale(a);
  const y = unscale(b);
  const left = x.unscaled * 10n ** BigInt(y.scale);
  const right = y.unscaled * 10n ** BigInt(x.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

export const isNegative = (value: Decimal): boolean => value.startsWith('-');

export const addDecimals = (a: Decimal, b: Decimal): Decimal =>
  subtractDecimals(a, isNegative(b) ? decimal(b.slice(1)) : decimal(`-${b}`));

export function subtractDecimals(a: Decimal, b: Decimal): Decimal {
  const x = unscale(a);
  const y = unscale(b);
  const scale = Math.max(x.scale, y.scale);
  return rescale(x.unscaled * 10n ** BigInt(scale - x.scale) - y.unscaled * 10n ** BigInt(scale - y.scale), scale);
}

/** quantity × price ÷ baseQuantity in minor units, rounded once, half away from zero. */
export function extend(quantity: Decimal, price: Decimal, baseQuantity: Decimal): Minor {
  const q = unscale(quantity);
  const p = unscale(price);
  const b = unscale(baseQuantity);
  const numerator = q.unscaled * p.unscaled * 100n * 10n ** BigInt(b.scale);
  const denominator = b.unscaled * 10n ** BigInt(q.scale + p.scale);
  return divideRounded(numerator, denominator);
}

/** amount × percent ÷ 100 in minor units, rounded half away from zero. */
export function percentOf(amount: Minor, percent: Decimal): Minor {
  const rate = unscale(percent);
  return divideRounded(amount * rate.unscaled, 100n * 10n ** BigInt(rate.scale));
}

/** The amount as a decimal in major units: 1250n → `12.5`. */
export const decimalOfAmount = (amount: Minor): Decimal => rescale(amount, 2);
