import { findRow, type DatedRow } from '../dated-table.ts';
import { addDays, addMonths, type IsoDate } from '../iso-date.ts';
import { divideRounded, MAX_AMOUNT, type Minor } from '../money.ts';
import type { DebtorClass } from '../submission.ts';
import type { Act, AmountRule, FeeNumber, LegalRules, Share } from './legal-rules.ts';
import type { ActId, RuleId } from './policy.ts';

/** The act of that name. A policy with an unknown one is refused, so whoever asks has a known one: throws a RangeError otherwise. */
export function actOf({ acts, country }: Pick<LegalRules, 'acts' | 'country'>, id: ActId): Act {
  const act = findAct({ acts }, id);
  if (act === undefined) throw new RangeError(`the law of ${country} knows no ${id}`);
  return act;
}

export const findAct = ({ acts }: Pick<LegalRules, 'acts'>, id: ActId): Act | undefined =>
  Object.hasOwn(acts, id) ? acts[id] : undefined;

/** Letters press for payment, a plan is one too; a hand-over goes to the agency, an application to the authority. */
export const isLetter = ({ does }: Act): boolean => does === 'letter' || does === 'plan';

/** Letters and hand-overs press the debtor; a plan is the debtor's wish. */
export const presses = ({ does }: Act): boolean => does === 'letter' || does === 'handover';

export interface AmountQuestion {
  readonly date: IsoDate;
  readonly debtorClass: DebtorClass;
  readonly principalAmount: Minor;
}

/** An amount of the law with where it comes from; undefined where no row says one. */
export type LegalAmount = Pick<DatedRow<Minor>, 'value' | 'source'>;

/** The amount that a rule gives on a date for a claim. */
export function amountOn(rule: AmountRule, question: AmountQuestion): LegalAmount | undefined {
  const { date, debtorClass, principalAmount } = question;
  switch (rule.kind) {
    case 'fixed':
      return findRow(rule.table, date);
    case 'fraction': {
      const base = findRow(rule.base, date);
      const share = findRow(rule.share, date);
      if (base === undefined || share === undefined) return undefined;
      return { value: shareOf(base.value, share.value), source: `${share.source}; ${base.source}` };
    }
    case 'bands': {
      const row = findRow(rule.table, date);
      const band = row?.value.find(({ upTo }) => upTo === undefined || principalAmount <= upTo);
      return row && band && { value: band.amount, source: row.source };
    }
    case 'by-class': {
      const own = rule.of[debtorClass];
      return own && amountOn(own, question);
    }
  }
}

/** What the rows of a rule are called, for messages. */
export function nameOf(rule: AmountRule): string {
  switch (rule.kind) {
    case 'fixed':
    case 'bands':
      return rule.table.name;
    case 'fraction':
      return rule.share.name;
    case 'by-class':
      return [...new Set(Object.values(rule.of).map(nameOf))].join(', ');
  }
}

const shareOf = (base: Minor, { numerator, denominator, unit }: Share): Minor =>
  divideRounded(base * numerator, denominator * unit) * unit;

/** The highest fee that must be agreed to be owed, and its rule; of a fee that differs by debtor, a consumer's. Undefined: no fee must be. */
export function agreedFeeBound(rules: LegalRules, date: IsoDate): (LegalAmount & { readonly rule: RuleId }) | undefined {
  const bounds = Object.values(rules.acts).flatMap(({ fee }) => {
    const found =
      fee?.mustBeAgreed === true ? amountOn(fee.max, { date, debtorClass: 'consumer', principalAmount: MAX_AMOUNT }) : undefined;
    return fee && found ? [{ ...found, rule: fee.rule }] : [];
  });
  return bounds.toSorted((a, b) => (a.value < b.value ? 1 : -1))[0];
}

/** A letter that carried a fee or would have. */
export interface LetterWithFee {
  readonly document: ActId;
  readonly feeAmount: Minor;
  /** Absent: not confirmed. */
  readonly dispatchDate?: IsoDate;
}

/** The letters with a fee that count with those of a group, as of a day: none once they are counted anew. */
export function countedFees(
  letters: readonly LetterWithFee[],
  { group, anewAfterMonths }: FeeNumber,
  { rules, on }: { readonly rules: LegalRules; readonly on: IsoDate },
): readonly LetterWithFee[] {
  const charged = letters.filter(
    ({ document, feeAmount }) => feeAmount > 0n && findAct(rules, document)?.fee?.number?.group === group,
  );
  const latest = charged
    .flatMap(({ dispatchDate }) => dispatchDate ?? [])
    .toSorted()
    .at(-1);
  const isForgotten = anewAfterMonths !== undefined && latest !== undefined && addMonths(latest, anewAfterMonths) <= on;
  return isForgotten ? [] : charged;
}

/** The first day on which a letter may carry its fee; undefined: any. */
export function firstFeeDay(
  act: Act,
  { dueDate, letters, on }: { readonly dueDate: IsoDate; readonly letters: readonly LetterWithFee[]; readonly on: IsoDate },
): IsoDate | undefined {
  const { afterDueDays, afterPreviousDays } = act.fee ?? {};
  const sinceDue = afterDueDays && findRow(afterDueDays, on)?.value;
  const sincePrevious = afterPreviousDays && findRow(afterPreviousDays, on)?.value;
  const previous = letters.findLast(({ feeAmount }) => feeAmount > 0n)?.dispatchDate;
  const days = [
    ...(sinceDue === undefined ? [] : [addDays(dueDate, sinceDue)]),
    ...(sincePrevious === undefined || previous === undefined ? [] : [addDays(previous, sincePrevious)]),
  ];
  return days.toSorted().at(-1);
}
