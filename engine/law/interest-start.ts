import { at, findRow } from '../dated-table.ts';
import { addDays, type IsoDate } from '../iso-date.ts';
import type { DebtorClass } from '../submission.ts';
import type { LegalRules, CaseFacts } from './legal-rules.ts';

export interface InterestStartQuestion {
  readonly dueDate: IsoDate;
  /** Fixed in advance in the contract; a date that merely stands on the invoice is a demand. */
  readonly dueDateAgreed: boolean;
  /** Confirmed dispatch of the invoice; absent: not confirmed, so no period has begun. */
  readonly dispatchDate?: IsoDate;
  readonly debtorClass: DebtorClass;
  /** Dispatch of the first document that says that late payment bears interest; absent: none has. */
  readonly interestNoticeDate?: IsoDate;
}

/**
 * The first interest day (räntelagen (1975:635) 3 and 4 §§, reference/collection-rules.md §7.3): the day after a due date that was fixed
 * in advance; else the day after the thirtieth since the demand, never before the printed due date. A consumer must have been told that
 * late payment bears interest. Undefined: no interest runs yet.
 */
export function interestStart(
  claim: InterestStartQuestion,
  { interestNotice }: Pick<LegalRules, 'interestNotice'>,
): IsoDate | undefined {
  const { dueDate, dueDateAgreed, dispatchDate, debtorClass, interestNoticeDate } = claim;
  if (dueDateAgreed) return addDays(dueDate, 1);
  if (dispatchDate === undefined) return undefined;
  const notice = at(interestNotice, dispatchDate);
  const needsNotice = notice.consumersMustBeTold && debtorClass === 'consumer';
  const demanded = needsNotice ? interestNoticeDate : dispatchDate;
  if (demanded === undefined) return undefined;
  const demandEnds = addDays(demanded, notice.days);
  return addDays(demandEnds < dueDate ? dueDate : demandEnds, 1);
}

/** Late interest from a consumer under räntelagen 4 § needs a demand that says so; without one no interest runs (rule SE-08). */
export function lacksInterestNotice(facts: CaseFacts, { interestNotice }: LegalRules): boolean {
  const { dueDateAgreed, invoiceDispatchDate, interestNoticeDate, debtorClass } = facts;
  if (dueDateAgreed || interestNoticeDate !== undefined || invoiceDispatchDate === undefined) return false;
  const mustBeTold = findRow(interestNotice, invoiceDispatchDate)?.value.consumersMustBeTold ?? true;
  return mustBeTold && (debtorClass === 'consumer' || debtorClass === 'unknown');
}
