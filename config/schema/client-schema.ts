import { z } from 'zod';
import { csvDateFormats, csvDocumentFields, csvLineFields, type CsvMapping, encodings } from '#engine/csv-mapping.ts';
import { text, wholeNumber, amount, percent, yesNo, colour, country, date, endpoint, fileName, id } from './fields.ts';
import type { PayoutTerms, Agreement, BureauFees } from '#engine/agreement.ts';
import type { WithAccounts } from '#engine/sockets/account-scheme.ts';
import { receiverSchema, paymentAccountSchema } from './account-schema.ts';
import type { Seller } from '#engine/invoice.ts';
import { currencies } from '#engine/money.ts';
import { debtorClasses, type DebtorClass } from '#engine/submission.ts';
import type { Country, Refusal } from '#engine/sockets/country.ts';
import { formatsReading, type WithFormats } from '#engine/sockets/format.ts';
import { MissingPartError } from '#engine/sockets/plugged.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { remark } from '../read-config-file.ts';
import { address, contact, language } from './party-schema.ts';
import { policyChoicesSchema, type PolicyChoice } from './policy-schema.ts';

const csvField = z.enum([...csvDocumentFields, ...csvLineFields]);
/** UNCL5305 categories without VAT whose reason the law wants on the document (ML 17:24 p. 13 and 14). */
const exemptCategories = ['E', 'AE', 'G', 'K', 'O'] as const;
/** An empty text is a value too: a column may say "nothing" and mean something. */
const cell = z.string();
const position = wholeNumber({ from: 1, to: 1000, unit: 'columns from 1' });
const heading = text(200);

const common = {
  delimiter: z.enum([';', ',', '\t', '|']),
  quote: z.enum(['"', 'none']),
  decimalMark: z.enum([',', '.']),
  thousandsMark: z.enum([' ', '.', ',', 'none']),
  dateFormat: z.enum(csvDateFormats),
  constants: z.partialRecord(csvField, text(200)),
  values: z.partialRecord(csvField, z.record(cell, text(200))),
  exemptionReasons: z.exactOptional(z.partialRecord(z.enum(exemptCategories), text(200))),
  ignoredColumns: z.array(heading),
  ending: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('newline') }),
    z.strictObject({ kind: z.literal('trailer'), marker: text(40), documentsPosition: position, payablePosition: position }),
  ]),
};

/** A client's CSV layout: columns are headings, or numbers where the file has no row of headings. */
const csvMappingSchema: z.ZodType<CsvMapping> = z.discriminatedUnion('columnsBy', [
  z.strictObject({ ...common, columnsBy: z.literal('headings'), columns: z.partialRecord(csvField, heading) }),
  z.strictObject({ ...common, columnsBy: z.literal('positions'), columns: z.partialRecord(csvField, position) }),
]);

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const;

const schedule = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('bank-day') }),
    z.strictObject({ kind: z.literal('weekly'), weekday: z.enum(weekdays) }),
  ])
  .transform((given): PayoutTerms['schedule'] =>
    given.kind === 'weekly' ? { kind: 'weekly', weekday: weekdays.indexOf(given.weekday) + 1 } : given,
  );

/** `payout:` of an agreement. */
const payoutSchema = (parts: WithAccounts) =>
  z
    .strictObject({
      receiver: receiverSchema(parts),
      /** A bank's domestic name field takes 35 characters (reference/iso20022.md §6.5). */
      name: text(35),
      town: text(35),
      minimum: amount,
      schedule,
      holdBackDays: wholeNumber({ from: 0, to: 30, unit: 'bank days' }),
      approvalLimit: amount,
    })
    .transform(({ minimum, approvalLimit, ...rest }): PayoutTerms => ({
      ...rest,
      minimumAmount: minimum,
      approvalLimitAmount: approvalLimit,
    }));

/** `purchase:` of an agreement. */
const purchaseSchema = z.strictObject({ pricePercent: percent, recourse: yesNo });

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
