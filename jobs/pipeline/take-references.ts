import type { PaymentAccountTerms } from '#engine/agreement.ts';
import { agreedReferences, type PaymentParts } from '#engine/sockets/reference-scheme.ts';
import type { Tx } from '#engine/store/database.ts';
import { takeNumbers } from '#engine/store/number-series.ts';

/** The next references of an account's series, in their order. Throws a ReferenceCapacityError where the series is used up. */
export async function takeReferences(
  tx: Tx,
  parts: PaymentParts,
  { account, count }: { readonly account: PaymentAccountTerms; readonly count: number },
): Promise<readonly string[]> {
  if (count === 0) return [];
  const { prefix, serialDigits } = account.reference;
  const { make } = agreedReferences(parts, account);
  const first = await takeNumbers(tx, `reference:${account.number}:${prefix}`, count);
  return Array.from({ length: count }, (_, index) => make({ prefix, serialDigits, serial: first + BigInt(index) }));
}
