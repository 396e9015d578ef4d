import type { Minor } from '#engine/money.ts';

export interface SlipPayment {
  /** OCR reference, 2 to 25 digits. */
  readonly reference: string;
  readonly amount: Minor;
  /** Bankgiro digits without hyphen. */
  readonly bankgiro: string;
}

/** Largest amount of the eight kronor columns. */
export const MAX_SLIP_AMOUNT: Minor = 9_999_999_999n;
const REFERENCE_COLUMNS = 25;
const KRONOR_COLUMNS = 8;
/** Bankgiro with pre-printed reference and amount; other types need the bank's word (sweden-bank.md §7.1). */
const DOCUMENT_TYPE = '41';

/** Whether a payment can stand on a slip: digits only, an amount above zero that fits its columns. */
export const fitsSlip = ({ reference, amount, bankgiro }: SlipPayment): boolean =>
  /^\d{2,25}$/.test(reference) && /^\d{7,8}$/.test(bankgiro) && amount > 0n && amount <= MAX_SLIP_AMOUNT;

/**
 * The machine-read line of a bankgiro slip: the alignment mark `H`, two blanks, and 79 columns (sweden-bank.md §7.1). Throws a
 * RangeError for a payment that does not fit; see `fitsSlip`.
 */
export function slipLine(payment: SlipPayment): string {
  if (!fitsSlip(payment)) throw new RangeError(`payment does not fit a bankgiro slip: ${payment.reference}`);
  const ore = payment.amount.toString().padStart(3, '0');
  const kronor = ore.slice(0, -2).padStart(KRONOR_COLUMNS);
  const reference = payment.reference.padStart(REFERENCE_COLUMNS);
  const account = payment.bankgiro.padStart(REFERENCE_COLUMNS);
  return `H  # ${reference} #${kronor} ${ore.slice(-2)}   ${amountCheckDigit(payment.amount)} >${account}#${DOCUMENT_TYPE}#    `;
}

/** 10-modul over the digits of the amount in öre, the last one doubled first; computed from the integer, never from a float. */
export function amountCheckDigit(amount: Minor): number {
  let sum = 0;
  let weight = 2;
  for (const digit of amount.toString().split('').toReversed()) {
    const product = Number(digit) * weight;
    sum += product > 9 ? product - 9 : product;
    weight = 3 - weight;
  }
  return (10 - (sum % 10)) % 10;
}
