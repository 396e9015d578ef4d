import type { Receivable } from '#engine/claims/receivable.ts';
import type { OpenHome } from '../house/house.ts';
import type { Agreement } from '#engine/agreement.ts';
import { runTerms, type RunTerms } from '#engine/claims/decision.ts';
import type { DebtorClass } from '#engine/submission.ts';
import { countryOf } from '#engine/sockets/parts.ts';

/** Finds the terms a receivable is under: those of the agreement it was issued under, for its debtor's class. */
export type TermsOf = (receivable: Pick<Receivable, 'agreementVersion' | 'debtor'>) => RunTerms | undefined;

/** Terms of a client's receivables; each is worked out once. Undefined where no policy was agreed: nothing is demanded then. */
export function termsOf(house: OpenHome, client: string): TermsOf {
  const agreements = house.config.clients.get(client)?.agreements ?? [];
  const known = new Map<string, RunTerms | undefined>();
  return ({ agreementVersion, debtor }) => {
    const key = `${agreementVersion} ${debtor.class}`;
    if (!known.has(key)) {
      const agreement = agreements.find((one) => one.version === agreementVersion);
      known.set(key, agreement && termsUnder(house, agreement, debtor.class));
    }
    return known.get(key);
  };
}

function termsUnder({ config }: OpenHome, agreement: Agreement, debtorClass: DebtorClass): RunTerms | undefined {
  const policy = agreement.policies?.[debtorClass];
  if (policy === undefined) return undefined;
  const { dueDateAgreed, reminderFeeAmount } = agreement.terms;
  return runTerms({
    policy,
    rules: countryOf(config.parts, agreement.country),
    dueDateAgreed,
    ...(reminderFeeAmount === undefined ? {} : { agreedReminderFeeAmount: reminderFeeAmount }),
    assigned: agreement.product === 'purchase',
    licensed: config.bureau.licences[agreement.country] === true,
  });
}
