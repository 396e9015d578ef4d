import type { Agreement } from './agreement.ts';
import { parseAmount, type Minor } from './money.ts';

/**
 * Reads an agreement from the JSON form that `toJson` gives it. Unlike `fromJson` it turns back its three amounts by their place: a CSV
 * mapping has keys such as `statedPayableAmount` that hold headings. Throws a TypeError where an amount is missing.
 */
export function readAgreementJson(text: string): Agreement {
  const agreement = JSON.parse(text) as Agreement;
  const { terms, fees } = agreement;
  return {
    ...agreement,
    terms: {
      ...terms,
      ...(terms.reminderFeeAmount === undefined ? {} : { reminderFeeAmount: revive(terms.reminderFeeAmount) }),
    },
    fees: { letterAmount: revive(fees.letterAmount), einvoiceAmount: revive(fees.einvoiceAmount) },
  };
}

/** The type says `Minor`, but JSON has no bigint: it is the text that `formatAmount` wrote. */
function revive(item: unknown): Minor {
  const amount = typeof item === 'string' ? parseAmount(item) : null;
  if (amount === null) throw new TypeError(`no amount in a stored agreement: ${String(item)}`);
  return amount;
}
