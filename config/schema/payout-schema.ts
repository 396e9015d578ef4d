import { z } from 'zod';
import type { PayoutTerms } from '#engine/agreement.ts';
import type { WithAccounts } from '#engine/sockets/account-scheme.ts';
import { receiverSchema } from './account-schema.ts';
import { amount, percent, text, wholeNumber, yesNo } from './fields.ts';

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
export const payoutSchema = (parts: WithAccounts) =>
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
export const purchaseSchema = z.strictObject({ pricePercent: percent, recourse: yesNo });
