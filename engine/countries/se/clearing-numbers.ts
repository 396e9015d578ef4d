import { hasValidModulus10 } from '../../check-digits.ts';

/**
 * How a Swedish account number is checked, by its clearing number (reference/sweden-bank.md §6.5; Bankgirot's list of 2024-02-22 and an
 * older one agree on every row here). `modulus-11` runs over the last `clearingDigits` of the clearing number and the account; of
 * Handelsbanken over the account alone. `modulus-10` is Luhn over the account filled with zeros.
 */
interface AccountRule {
  readonly check: 'modulus-11' | 'modulus-10';
  readonly clearingDigits: 0 | 3 | 4;
  readonly minDigits: number;
  readonly maxDigits: number;
  /** Some old accounts fail their check digit; they are accepted (§6.5). */
  readonly lenient?: boolean;
}

const type11: AccountRule = { check: 'modulus-11', clearingDigits: 3, minDigits: 7, maxDigits: 7 };
const type12: AccountRule = { check: 'modulus-11', clearingDigits: 4, minDigits: 7, maxDigits: 7 };
const type21: AccountRule = { check: 'modulus-10', clearingDigits: 0, minDigits: 10, maxDigits: 10 };
const handelsbanken: AccountRule = { check: 'modulus-11', clearingDigits: 0, minDigits: 8, maxDigits: 9 };
const savingsBanks: AccountRule = { check: 'modulus-10', clearingDigits: 0, minDigits: 2, maxDigits: 10, lenient: true };
const plusgirot: AccountRule = { check: 'modulus-10', clearingDigits: 0, minDigits: 2, maxDigits: 8 };

/** First and last clearing number with the rule; single exceptions stand before the range they lie in. */
const ranges: readonly (readonly [first: number, last: number, rule: AccountRule])[] = [
  [3300, 3300, type21],
  [3782, 3782, type21],
  [3400, 3409, type11],
  [1100, 1399, type11],
  [1400, 2099, type11],
  [2300, 2399, type12],
  [2400, 2499, type11],
  [3000, 3399, type11],
  [3410, 3999, type11],
  [4000, 4999, type12],
  [5000, 5999, type11],
  [6000, 6999, handelsbanken],
  [7000, 7999, type11],
  [8000, 8999, savingsBanks],
  [9020, 9029, type12],
  [9040, 9049, type12],
  [9060, 9079, type11],
  [9090, 9109, type12],
  [9120, 9124, type11],
  [9130, 9149, type11],
  [9150, 9169, type12],
  [9170, 9179, type11],
  [9180, 9189, type21],
  [9190, 9199, type12],
  [9230, 9239, type11],
  [9250, 9259, type11],
  [9260, 9269, type12],
  [9270, 9289, type11],
  [9300, 9349, type21],
  [9390, 9399, type12],
  [9400, 9449, type11],
  [9460, 9469, type11],
  [9470, 9479, type12],
  [9500, 9549, plusgirot],
  [9550, 9569, type12],
  [9570, 9579, type21],
  [9580, 9589, type11],
  [9590, 9599, type12],
  [9630, 9639, type11],
  [9640, 9679, type12],
  [9680, 9689, type11],
  [9700, 9719, type12],
  [9750, 9759, type12],
  [9780, 9789, type12],
  [9880, 9889, type12],
  [9890, 9899, type21],
  [9960, 9969, plusgirot],
];

/** What is wrong with an account, or undefined. Both are digits only; the clearing number has four. */
export function accountNumberProblem({
  clearing,
  number,
}: {
  readonly clearing: string;
  readonly number: string;
}): string | undefined {
  const rule = ranges.find(([first, last]) => Number(clearing) >= first && Number(clearing) <= last)?.[2];
  if (rule === undefined) return `No bank has clearing number ${clearing}`;
  const { minDigits, maxDigits } = rule;
  if (number.length < minDigits || number.length > maxDigits)
    return `Account ${number} has ${number.length} digits; at clearing number ${clearing} it has ${minDigits === maxDigits ? minDigits : `${minDigits} to ${maxDigits}`}`;
  return rule.lenient === true || isValid(rule, clearing, number)
    ? undefined
    : `Account ${clearing}-${number} has a wrong check digit`;
}

function isValid({ check, clearingDigits, maxDigits }: AccountRule, clearing: string, number: string): boolean {
  if (check === 'modulus-10') return hasValidModulus10(number.padStart(maxDigits, '0'));
  return hasValidModulus11(clearing.slice(clearing.length - clearingDigits) + number.padStart(maxDigits, '0'));
}

/** Weights from the right 1 to 10 and 1 again; the weighted sum is a multiple of 11. */
function hasValidModulus11(digits: string): boolean {
  const fromRight = Array.from(digits, Number).toReversed();
  return fromRight.reduce((sum, digit, at) => sum + digit * ((at % 10) + 1), 0) % 11 === 0;
}
