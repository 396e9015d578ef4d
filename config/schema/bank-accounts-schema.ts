import { z } from 'zod';
import type { PaymentFileTerms } from '#engine/bank-account.ts';
import { currencies } from '#engine/money.ts';
import type { WithAccounts } from '#engine/sockets/account-scheme.ts';
import { alsoNamed, alsoNamedShape, receivedNumber } from './account-schema.ts';
import { date, iban, id, pattern, yesNo } from './fields.ts';

const kind = z.enum(['notification', 'statement']);

/** `bank-accounts.yaml` */
export const bankAccountsSchema = (parts: WithAccounts) => z.strictObject({ accounts: z.array(account(parts)) });

const account = (parts: WithAccounts) =>
  z
    .strictObject({
      id,
      holder: z.enum(['client-funds', 'own']),
      iban,
      bban: z.exactOptional(pattern(/^\d{5,30}$/, 'account number of the country', '"99999900011", in quotes')),
      bic: pattern(/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/, 'BIC', 'FIKTSESS'),
      currency: z.enum(currencies),
      postingSource: kind,
      informationIsBooked: yesNo,
      giros: z.array(receivedNumber(parts)),
      expects: z.exactOptional(z.strictObject({ every: z.enum(['bank-day']), kind, from: date })),
      paymentFile: z.exactOptional(paymentFile(parts)),
    })
    .transform(({ expects, ...rest }) => ({
      ...rest,
      ...(expects === undefined ? {} : { expects: { kind: expects.kind, from: expects.from } }),
    }));

const paymentFile = (parts: WithAccounts) =>
  z
    .strictObject({
      ...alsoNamedShape(parts),
      version: z.enum(['03', '09']),
      agreementId: pattern(/^[A-Za-z0-9-]{1,35}$/, 'agreement id', '"5599990008", in quotes'),
      scheme: z.enum(['BANK', 'CUST']),
    })
    .transform(({ version, agreementId, scheme, ...rest }): PaymentFileTerms => ({
      version,
      agreementId,
      scheme,
      alsoNamed: alsoNamed(parts, rest),
    }));
