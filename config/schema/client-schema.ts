import { z } from 'zod';
import type { Agreement, BureauFees } from '#engine/agreement.ts';
import { encodings } from '#engine/csv-mapping.ts';
import type { Seller } from '#engine/invoice.ts';
import { currencies } from '#engine/money.ts';
import { channels, debtorClasses, type DebtorClass } from '#engine/submission.ts';
import type { WithAccounts } from '#engine/sockets/account-scheme.ts';
import { paymentAccountSchema } from './account-schema.ts';
import { csvMappingSchema } from './csv-mapping-schema.ts';
import {
  amount,
  colour,
  country,
  date,
  endpoint,
  fileName,
  id,
  organisationNumber,
  pattern,
  percent,
  text,
  wholeNumber,
  yesNo,
} from './fields.ts';
import { address, contact, language } from './party-schema.ts';
import { payoutSchema, purchaseSchema } from './payout-schema.ts';
import { policyChoicesSchema, type PolicyChoice } from './policy-schema.ts';

const days = wholeNumber({ from: 0, to: 365, unit: 'days' });

const seller = z
  .strictObject({
    name: text(100),
    tradingName: z.exactOptional(text(100)),
    organisationNumber,
    vatNumber: z.exactOptional(pattern(/^SE\d{10}\d{2}$/, 'Swedish VAT number', 'SE559999000801')),
    /** Godkänd för F-skatt: the words must stand on every invoice (SE-R-005). */
    approvedForTax: yesNo,
    seat: z.exactOptional(text(60)),
    endpoint: z.exactOptional(endpoint),
    address,
    contact: z.exactOptional(contact),
  })
  .transform(({ organisationNumber, vatNumber, approvedForTax, seat, ...rest }): Seller => ({
    ...rest,
    identifiers: [],
    legalId: { id: organisationNumber, scheme: ORGANISATION_NUMBER_SCHEME },
    ...(vatNumber === undefined ? {} : { vatId: vatNumber }),
    ...(approvedForTax ? { taxRegistration: 'Godkänd för F-skatt' } : {}),
    ...(seat === undefined ? {} : { legalForm: `Säte ${seat}` }),
  }));

/** ISO 6523: Swedish organisation numbers. */
const ORGANISATION_NUMBER_SCHEME = '0007';

const input = z.strictObject({
  encoding: z.enum(encodings),
  onRefusal: z.enum(['refuse-document', 'refuse-file']),
  format: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('csv'), mapping: csvMappingSchema }),
    z.strictObject({ kind: z.literal('peppol') }),
  ]),
});

const letter = z.strictObject({
  layout: z.enum(['standard']),
  layoutVersion: wholeNumber({ from: 1, to: 999, unit: 'a layout version' }),
  logo: z.exactOptional(fileName('svg|png')),
  accentColour: colour,
  paymentSlip: yesNo,
  paymentQr: yesNo,
  greeting: z.exactOptional(z.strictObject({ sv: text(400), en: text(400) })),
  printer: id,
});

const terms = z.strictObject({
  paymentDays: days,
  bankDayRule: z.enum(['next-bank-day', 'none']),
  minimumDays: days,
  dueDateAgreed: yesNo,
  lateInterest: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('statutory') }),
    z.strictObject({ kind: z.literal('contract'), percent }),
    z.strictObject({ kind: z.literal('none') }),
  ]),
  reminderFee: z.exactOptional(amount),
});

const fees = z
  .strictObject({
    letter: amount,
    einvoice: amount,
    reminder: z.exactOptional(amount),
    demand: z.exactOptional(amount),
    payment: z.exactOptional(amount),
  })
  .transform(({ letter, einvoice, reminder, demand, payment }): BureauFees => ({
    letterAmount: letter,
    einvoiceAmount: einvoice,
    ...(reminder === undefined ? {} : { reminderAmount: reminder }),
    ...(demand === undefined ? {} : { demandAmount: demand }),
    ...(payment === undefined ? {} : { paymentAmount: payment }),
  }));

/** Policies are still choices: a name is looked up when the whole configuration has been read. */
type AgreementInFile = Omit<Agreement, 'client' | 'policies'> & {
  readonly policies?: Readonly<Partial<Record<DebtorClass, PolicyChoice>>>;
};

/** An agreement as the file has it; its client is the file's name. */
const agreement = (parts: WithAccounts) =>
  z
    .strictObject({
      version: wholeNumber({ from: 1, to: 9999, unit: 'a version' }),
      validFrom: date,
      validTo: z.exactOptional(date),
      product: z.enum(['service', 'purchase', 'distribute-only']),
      country,
      language,
      currency: z.enum(currencies),
      seller,
      paymentAccounts: z.array(paymentAccountSchema(parts)).min(1),
      input,
      channels: z.array(z.enum(channels)).min(1),
      debtorClass: z.enum(debtorClasses),
      letter,
      terms,
      policies: z.exactOptional(policyChoicesSchema),
      fees,
      payout: z.exactOptional(payoutSchema(parts)),
      purchase: z.exactOptional(purchaseSchema),
    })
    .transform(({ terms: { reminderFee, ...terms }, ...rest }): AgreementInFile => ({
      ...rest,
      terms: { ...terms, ...(reminderFee === undefined ? {} : { reminderFeeAmount: reminderFee }) },
    }));

/** `clients/<id>.yaml` */
export const clientSchema = (parts: WithAccounts) =>
  z.strictObject({ name: text(100), agreements: z.array(agreement(parts)).min(1) });
