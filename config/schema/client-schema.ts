import { z } from 'zod';
import type { Agreement, BureauFees } from '#engine/agreement.ts';
import { encodings } from '#engine/csv-mapping.ts';
import type { Seller } from '#engine/invoice.ts';
import { currencies } from '#engine/money.ts';
import { debtorClasses, type DebtorClass } from '#engine/submission.ts';
import type { Country, Refusal } from '#engine/sockets/country.ts';
import { formatsReading, type WithFormats } from '#engine/sockets/format.ts';
import { MissingPartError } from '#engine/sockets/plugged.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { paymentAccountSchema } from './account-schema.ts';
import { csvMappingSchema } from './csv-mapping-schema.ts';
import { amount, colour, country, date, endpoint, fileName, id, percent, text, wholeNumber, yesNo } from './fields.ts';
import { remark } from './issue-text.ts';
import { address, contact, language } from './party-schema.ts';
import { payoutSchema, purchaseSchema } from './payout-schema.ts';
import { policyChoicesSchema, type PolicyChoice } from './policy-schema.ts';

const days = wholeNumber({ from: 0, to: 365, unit: 'days' });

const seller = z.strictObject({
  name: text(100),
  tradingName: z.exactOptional(text(100)),
  organisationNumber: text(40),
  vatNumber: z.exactOptional(text(40)),
  /** The seller is approved for tax, which some countries want said on every invoice. */
  approvedForTax: yesNo,
  seat: z.exactOptional(text(60)),
  endpoint: z.exactOptional(endpoint),
  address,
  contact: z.exactOptional(contact),
});

/** The seller as the agreement's country numbers and describes it; of an unknown country, which is told elsewhere, as it was written. */
function sellerOf(given: z.output<typeof seller>, country: Country | undefined, context: z.RefinementCtx): Seller {
  const { organisationNumber, vatNumber, approvedForTax, seat, ...rest } = given;
  const identity = country?.identity;
  const legalId = identity === undefined ? organisationNumber : identity.readLegalId(organisationNumber);
  const vatId = identity === undefined || vatNumber === undefined ? vatNumber : identity.readVatId(vatNumber);
  const refuse = (key: string, { message, hint }: Refusal): void =>
    context.addIssue({ code: 'custom', path: ['seller', key], message: remark({ message, hint }) });
  if (identity && legalId === null) refuse('organisationNumber', identity.legalIdRefusal(organisationNumber));
  if (identity && vatId === null) refuse('vatNumber', identity.vatIdRefusal(vatNumber ?? ''));
  return {
    ...rest,
    identifiers: [],
    legalId: { id: legalId ?? organisationNumber, ...(identity === undefined ? {} : { scheme: identity.scheme }) },
    ...(vatId === undefined || vatId === null ? {} : { vatId }),
    ...identity?.sellerTerms({ approvedForTax, seat }),
  };
}

const input = (parts: WithFormats) =>
  z.strictObject({
    encoding: z.enum(encodings),
    onRefusal: z.enum(['refuse-document', 'refuse-file']),
    format: inputFormat(parts),
  });

/** Any format that is plugged in and reads invoices; one that is read by a mapping has it here. */
function inputFormat(parts: WithFormats) {
  const shapes = formatsReading(parts, 'invoices').map(({ id, reads }) =>
    reads.byMapping
      ? z.strictObject({ kind: z.literal(id), mapping: csvMappingSchema })
      : z.strictObject({ kind: z.literal(id) }),
  );
  const [first, ...others] = shapes;
  if (first === undefined) throw new MissingPartError('format that reads invoices');
  return z.discriminatedUnion('kind', [first, ...others]);
}

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
const agreement = (parts: Parts) =>
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
      input: input(parts),
      channels: z.array(z.enum(Object.keys(parts.channels))).min(1),
      debtorClass: z.enum(debtorClasses),
      letter,
      terms,
      policies: z.exactOptional(policyChoicesSchema),
      fees,
      payout: z.exactOptional(payoutSchema(parts)),
      purchase: z.exactOptional(purchaseSchema),
    })
    .transform(({ terms: { reminderFee, ...terms }, seller: given, ...rest }, context): AgreementInFile => ({
      ...rest,
      seller: sellerOf(given, parts.countries[rest.country], context),
      terms: { ...terms, ...(reminderFee === undefined ? {} : { reminderFeeAmount: reminderFee }) },
    }));

/** `clients/<id>.yaml` */
export const clientSchema = (parts: Parts) => z.strictObject({ name: text(100), agreements: z.array(agreement(parts)).min(1) });
