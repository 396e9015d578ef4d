import { z } from 'zod';
import type { PayoutReceiver, PayoutTerms } from '#engine/agreement.ts';
import { amount, bankgiro, field, iban, pattern, percent, plusgiro, text, wholeNumber, yesNo } from './fields.ts';

/** A fifth digit of Swedbank's clearing numbers (8xxx-x) is left out in payment files (reference/sweden-bank.md §6.5). */
const clearing = field(
  (given) => (/^\d{4}$|^8\d{3}-?\d$/.test(given) ? given.slice(0, 4) : null),
  (given) => ({ message: `"${given}" is no clearing number.`, hint: "Write its four digits in quotes: '5839'." }),
);

const receiver: z.ZodType<PayoutReceiver> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bankgiro'), number: bankgiro }),
  z.strictObject({ kind: z.literal('plusgiro'), number: plusgiro }),
  z.strictObject({
    kind: z.literal('account'),
    clearing,
    number: pattern(/^\d{2,12}$/, 'account number of 2 to 12 digits', "'8257466', in quotes and without the clearing number"),
  }),
  z.strictObject({ kind: z.literal('iban'), iban }),
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
export const payoutSchema = z
  .strictObject({
    receiver,
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
export const purchaseSchema = z.strictObject({ pricePercent: percent, recourse: yesNo });
