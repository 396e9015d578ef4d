import type { z } from 'zod';
import { bankCountryOf, type BankAccount } from '#engine/bank-account.ts';
import { accountKey, type AccountNumber } from '#engine/sockets/account-scheme.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import type { ClientFile } from '../client-file.ts';
import type { ConfigProblem } from '../config-problem.ts';
import type { ConfigFile } from '../read-config-file.ts';
import type { bankAccountsSchema } from '../schema/house-schemas.ts';
import { checkCountry } from './check-countries.ts';
import { problemAt } from '../yaml-source.ts';

export type BankAccountsFile = ConfigFile<z.output<ReturnType<typeof bankAccountsSchema>>>;

/**
 * Accounts are told apart by id and number; each giro is paid into one of them, in the currency of the agreements that name it; and
 * money that is held for a client lies on an account for clients' funds (inkassolagen 10 §).
 */
export const checkBankAccounts = (
  file: BankAccountsFile,
  { clients, parts }: { readonly clients: readonly ClientFile[]; readonly parts: Parts },
): readonly ConfigProblem[] => [
  ...(['id', 'iban', 'bban'] as const).flatMap((key) => checkOnce(file, key)),
  ...checkCalendars(file, parts),
  ...checkGirosOnce(file),
  ...checkGirosOfClients(file, clients),
];

function checkOnce({ source, value }: BankAccountsFile, key: 'id' | 'iban' | 'bban'): readonly ConfigProblem[] {
  return value.accounts.flatMap((account, index) => {
    const given = account[key];
    if (given === undefined || value.accounts.findIndex((other) => other[key] === given) === index) return [];
    const message = `Two accounts have the ${key} "${given}".`;
    return [
      problemAt(source, { path: ['accounts', index, key], message, hint: 'Each account stands here once: correct one of them.' }),
    ];
  });
}

/** Payment dates of an account, and the days on which its files are expected, are bank days of the country it is in. */
const checkCalendars = ({ source, value }: BankAccountsFile, parts: Parts): readonly ConfigProblem[] =>
  value.accounts.flatMap((account, index) =>
    checkCountry(source, { path: ['accounts', index, 'iban'], code: bankCountryOf(account) }, parts),
  );

function checkGirosOnce({ source, value }: BankAccountsFile): readonly ConfigProblem[] {
  const holders = new Map<string, string>();
  return value.accounts.flatMap(({ id, giros }, account) =>
    giros.flatMap((mayBe, index) => {
      const keys = mayBe.map(accountKey);
      const other = keys.map((key) => holders.get(key)).find((holder) => holder !== undefined);
      for (const key of keys) holders.set(key, id);
      if (other === undefined) return [];
      const message = `Giro ${mayBe[0]?.number ?? ''} is already paid into account "${other}".`;
      return [
        problemAt(source, { path: ['accounts', account, 'giros', index], message, hint: 'Take it away from one of them.' }),
      ];
    }),
  );
}

function checkGirosOfClients({ value }: BankAccountsFile, clients: readonly ClientFile[]): readonly ConfigProblem[] {
  return clients.flatMap(({ source, value: client }) =>
    client.agreements.flatMap(({ product, currency, paymentAccounts }, agreement) =>
      paymentAccounts.flatMap((paidOn, index) => {
        const { number } = paidOn;
        // Nothing of such documents is booked, so no payment of theirs is posted either.
        if (product === 'distribute-only') return [];
        const at = { path: ['agreements', agreement, 'paymentAccounts', index, 'number'] };
        const account = value.accounts.find((one) =>
          [ownNumber(one), ...one.giros.flat()].some((item) => accountKey(item) === accountKey(paidOn)),
        );
        if (account === undefined) {
          const message = `Giro ${number} is paid into no account of bank-accounts.yaml, so no payment to it would be posted.`;
          return [problemAt(source, { ...at, message, hint: 'Add it to the giros of the account that the bank pays it into.' })];
        }
        if (account.currency !== currency) {
          const message = `Giro ${number} is paid into account "${account.id}" in ${account.currency}, but the agreement is in ${currency}.`;
          return [problemAt(source, { ...at, message, hint: 'Name a giro that is paid into an account in that currency.' })];
        }
        if (product !== 'service' || account.holder === 'client-funds') return [];
        const message = `Giro ${number} is paid into account "${account.id}", which holds the bureau's own money.`;
        return [
          problemAt(source, { ...at, message, hint: 'Money held for a client belongs on an account with holder client-funds.' }),
        ];
      }),
    ),
  );
}

const ownNumber = ({ iban }: Pick<BankAccount, 'iban'>): AccountNumber => ({ kind: 'iban', number: iban });

/**
 * The accounts by id. What number a giro is, where its form leaves that open, the clients' agreements say; the account's own IBAN is among what is
 * paid to it where one of them names it.
 */
export function bankAccountsOf({ value }: BankAccountsFile, clients: readonly ClientFile[]): ReadonlyMap<string, BankAccount> {
  const named = new Set(
    clients.flatMap((client) => client.value.agreements.flatMap(({ paymentAccounts }) => paymentAccounts.map(accountKey))),
  );
  const isNamed = (number: AccountNumber): boolean => named.has(accountKey(number));
  return new Map(
    value.accounts.map(({ giros, ...account }) => {
      const listed = giros.flatMap((mayBe) => (mayBe.some(isNamed) ? mayBe.filter(isNamed) : mayBe));
      return [account.id, { ...account, receives: [...listed, ...[ownNumber(account)].filter(isNamed)] }];
    }),
  );
}
