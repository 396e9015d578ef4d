import { z } from 'zod';
import type { PaymentAccountTerms } from '#engine/agreement.ts';
import {
  accountsNamed,
  readAccount,
  type AccountNumber,
  type AccountScheme,
  type WithAccounts,
} from '#engine/sockets/account-scheme.ts';
import { accountField, field, pattern, wholeNumber } from './fields.ts';

/** Where money goes: an account by its kind and the keys of its scheme, such as `{ kind: iban, iban: SE45 5000 0000 0583 9825 7466 }`. */
export const receiverSchema = (parts: WithAccounts): z.ZodType<AccountNumber> =>
  ofAnyScheme(
    parts,
    ({ order }) => order !== undefined,
    (scheme) =>
      z
        .strictObject({ kind: z.literal(scheme.id), ...fieldsOf(scheme) })
        .transform((given): AccountNumber => ({ kind: scheme.id, number: joined(scheme, given) })),
  );

const reference = z.strictObject({
  prefix: pattern(/^\d{0,22}$/, 'prefix of digits', '"10", in quotes; "" for none'),
  serialDigits: wholeNumber({ from: 1, to: 23, unit: 'digits' }),
  source: z.enum(['ours', 'sender']),
});

/** Where debtors pay, and how their references are made. */
export const paymentAccountSchema = (parts: WithAccounts): z.ZodType<PaymentAccountTerms> =>
  ofAnyScheme(
    parts,
    ({ invoiced }) => invoiced !== undefined,
    (scheme) =>
      z
        .strictObject({ kind: z.literal(scheme.id), ...fieldsOf(scheme), reference: referenceOf(scheme) })
        .transform((given): PaymentAccountTerms => ({
          kind: scheme.id,
          number: joined(scheme, given),
          reference: given.reference,
        })),
  );

const referenceOf = ({ references }: AccountScheme) =>
  references.length > 1 ? reference.extend({ scheme: z.exactOptional(z.enum(references)) }) : reference;

const fieldsOf = ({ fields }: AccountScheme): Readonly<Record<string, z.ZodType<string>>> =>
  Object.fromEntries(fields.map((one) => [one.key, accountField(one)]));

const joined = ({ fields }: AccountScheme, given: Readonly<Record<string, unknown>>): string =>
  fields.map(({ key }) => String(given[key])).join('-');

/** Kinds of which none is known are told as any other word that is not. */
function ofAnyScheme<Value>(
  { accounts }: WithAccounts,
  mayStand: (scheme: AccountScheme) => boolean,
  schemaOf: (scheme: AccountScheme) => z.ZodType<Value> & z.core.$ZodTypeDiscriminable,
): z.ZodType<Value> {
  const [first, ...others] = Object.values(accounts).filter(mayStand).map(schemaOf);
  if (first === undefined) throw new RangeError('no account scheme may stand here');
  return z.discriminatedUnion('kind', [first, ...others]);
}

/**
 * A number that is paid into an account, as `giros` lists it: without its kind, it is every account that it may be until the clients'
 * agreements say which; with it, as `iban:SE45…`, that one.
 */
export const receivedNumber = (parts: WithAccounts) =>
  field(
    (given): readonly AccountNumber[] | null => {
      const named = readAccount(parts, given);
      const found = named === null ? accountsNamed(parts, given) : [named];
      return found.length === 0 ? null : found;
    },
    (given) => ({
      message: `"${given}" is no number of any kind that money is paid to: its check digit or form is wrong.`,
      hint: `Write it as people do, or with its kind before it. Known kinds: ${Object.keys(parts.accounts).join(', ')}.`,
    }),
  );

/** The account's own numbers of schemes that can be paid to from such a number only; each is a key by the scheme's id. */
export const alsoNamedShape = (parts: WithAccounts): Readonly<Record<string, z.ZodExactOptional<z.ZodType<string>>>> =>
  Object.fromEntries(paidFromItsLike(parts).map(({ id, fields: [only] }) => [id, z.exactOptional(accountField(only!))]));

export const alsoNamed = (parts: WithAccounts, given: Readonly<Record<string, unknown>>): readonly AccountNumber[] =>
  paidFromItsLike(parts).flatMap(({ id }) => {
    const number = given[id];
    return typeof number === 'string' ? [{ kind: id, number }] : [];
  });

const paidFromItsLike = ({ accounts }: WithAccounts): readonly AccountScheme[] =>
  Object.values(accounts).filter((scheme) => scheme.paidFromItsLike && scheme.fields.length === 1);
