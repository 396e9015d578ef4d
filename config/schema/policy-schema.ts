import { z } from 'zod';
import { dayCounts, claimKinds, interestClaims, triggerBases, triggerCalendars } from '#engine/claims/policy.ts';
import { currencies, formatAmount, MAX_AMOUNT, parseAmount, type Minor } from '#engine/money.ts';
import { debtorClasses } from '#engine/submission.ts';
import { amount, country, date, field, id, pattern, text, wholeNumber, yesNo } from './fields.ts';

/** `agreed` is the reminder fee of the agreement's terms, or none where none was agreed. */
export const AGREED_FEE = 'agreed';

const fee = field(
  (given): Minor | typeof AGREED_FEE | null => {
    if (given === AGREED_FEE) return AGREED_FEE;
    const minor = /^\d+\.\d{2}$/.test(given) ? parseAmount(given) : null;
    return minor !== null && minor <= MAX_AMOUNT ? minor : null;
  },
  (given) => ({
    message: `"${given}" is no fee.`,
    hint: `Write an amount with two decimals such as ${formatAmount(6000n)}, or ${AGREED_FEE} for the reminder fee of the terms.`,
  }),
);

const days = wholeNumber({ from: 0, to: 365, unit: 'days' });
const graceBankDays = wholeNumber({ from: 0, to: 30, unit: 'bank days' });

const step = z.strictObject({
  /** One of the acts of the country's law, as `checkPolicy` sees to. */
  document: pattern(/^[a-z][a-z-]{0,30}$/, 'kind of step', 'reminder'),
  trigger: z.strictObject({ after: z.enum(triggerBases), days, calendar: z.enum(triggerCalendars) }),
  deadlineDays: days,
  fee,
  compensation: yesNo,
});

/** The percentage of `contract` stands in the agreement's terms, once. */
const interest = z.strictObject({
  mode: z.enum(['statutory', 'contract', 'none']),
  dayCount: z.enum(dayCounts),
  claim: z.enum(interestClaims),
  minimum: amount,
});

const acknowledgement = z.strictObject({
  rule: pattern(/^[A-Z]{1,2}-\d{2}$/, 'rule of the law', 'X-10'),
  by: text(60),
  on: date,
});

/** `policies/<id>.yaml` */
export const policySchema = z.strictObject({
  country,
  debtorClass: z.enum(debtorClasses),
  claimKind: z.enum(claimKinds),
  currency: z.enum(currencies),
  validFrom: date,
  bookingGraceBankDays: graceBankDays,
  collectionGraceBankDays: graceBankDays,
  interest,
  tolerance: amount,
  minimumClaim: amount,
  steps: z.array(step).min(1),
  acknowledged: z.exactOptional(z.array(acknowledgement)),
});
export type PolicyTerms = z.output<typeof policySchema>;

/** In an agreement: a policy by name with keys of its own that replace the named one's, or every key without a name. */
const policyChoiceSchema = z.strictObject({ use: z.exactOptional(id), ...policySchema.exactPartial().shape });
export type PolicyChoice = z.output<typeof policyChoiceSchema>;

/** A policy for each class of debtors that is dunned at all. */
export const policyChoicesSchema = z.strictObject({
  consumer: z.exactOptional(policyChoiceSchema),
  business: z.exactOptional(policyChoiceSchema),
  public: z.exactOptional(policyChoiceSchema),
});
