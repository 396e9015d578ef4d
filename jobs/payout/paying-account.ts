import type { HouseConfig } from '#config/house-config.ts';
import type { Agreement } from '#engine/agreement.ts';
import { accountKey } from '#engine/sockets/account-scheme.ts';
import { OperatingError } from '#engine/operating-error.ts';

/**
 * The account a client is paid from, by its name in the configuration: the one its debtors pay into; for bought receivables the bureau’s
 * own, since the price is the bureau’s money. Throws an OperatingError where no such account takes payment files.
 */
export function payingAccount(
  { bankAccounts }: HouseConfig,
  { client, product, currency, paymentAccounts }: Pick<Agreement, 'client' | 'product' | 'currency' | 'paymentAccounts'>,
): string {
  const paidOn = new Set(paymentAccounts.map(accountKey));
  const own = [...bankAccounts.values()].filter((item) => item.currency === currency && item.paymentFile !== undefined);
  const paidInto = own.find((item) => item.receives.some((number) => paidOn.has(accountKey(number))));
  const account =
    product === 'purchase' ? (paidInto?.holder === 'own' ? paidInto : own.find(({ holder }) => holder === 'own')) : paidInto;
  if (account) return account.id;
  throw new OperatingError({
    problem: `Client ${client} cannot be paid in ${currency}: no account that its money is on takes payment files.`,
    fix: 'Add paymentFile to that account in config/bank-accounts.yaml.',
    retry: 'never',
  });
}
