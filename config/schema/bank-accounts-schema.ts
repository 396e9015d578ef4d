import { z } from 'zod';
import { isBankgiro, isPlusgiro } from '#engine/check-digits.ts';
import { currencies } from '#engine/money.ts';
import { bankgiro, date, field, iban, id, pattern, yesNo } from './fields.ts';

const giro = field(
  (given) => {
    const digits = given.replaceAll(/[ -]/g, '');
    return isBankgiro(digits) || isPlusgiro(digits) ? digits : null;
  },
  (given) => ({
    message: `"${given}" is neither a bankgiro nor a plusgiro number: its check digit or form is wrong.`,
    hint: 'Write it as 991-2346 or 28 65 43-4.',
  }),
);

const kind = z.enum(['notification', 'statement']);

const account = z
  .strictObject({
    id,
    holder: z.enum(['client-funds', 'own']),
    iban,
    bban: z.exactOptional(pattern(/^\d{5,30}$/, 'account number of the country', '"99999900011", in quotes')),
    bic: pattern(/^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$/, 'BIC', 'FIKTSESS'),
    currency: z.enum(currencies),
    postingSource: kind,
    informationIsBooked: yesNo,
    giros: z.array(giro),
    expects: z.exactOptional(z.strictObject({ every: z.enum(['bank-day']), kind, from: date })),
    paymentFile: z.exactOptional(
      z.strictObject({
        version: z.enum(['03', '09']),
        agreementId: pattern(/^[A-Za-z0-9-]{1,35}$/, 'agreement id', '"5599990008", in quotes'),
        scheme: z.enum(['BANK', 'CUST']),
        bankgiro: z.exactOptional(bankgiro),
      }),
    ),
  })
  .transform(({ expects, ...rest }) => ({
    ...rest,
    ...(expects === undefined ? {} : { expects: { kind: expects.kind, from: expects.from } }),
  }));

/** `bank-accounts.yaml` */
export const bankAccountsSchema = z.strictObject({ accounts: z.array(account) });
