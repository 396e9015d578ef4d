import type { Address, PaymentAccount, Seller } from '../invoice.ts';
import type { IsoDate } from '../iso-date.ts';
import type { ActId, Announced, RuleId } from './policy.ts';
import { type ComponentAmounts, components, sumOfComponents, sameAmounts, type Amounts } from '../amounts.ts';
import { type Currency, type Minor, sum } from '../money.ts';
import type { Decimal } from '../decimal.ts';
import type { Language } from '../language.ts';
import type { DebtorClass } from '../submission.ts';
import { at } from '../dated-table.ts';
import type { Country, LetterKindWords, LetterWordBook } from '../sockets/country.ts';
import { pressingWord } from './step-rules.ts';
import type { Hold } from './receivable.ts';

/**
 * A reminder (betalningspåminnelse) or a collection demand (inkassokrav) to one debtor for one or several of their invoices, as it is
 * printed and stored. Capital, interest and costs are always apart (inkassolagen 5 §; reference/collection-rules.md §2.1, §2.3).
 */
export interface Demand {
  /** The country's word for the letter (`LegalRules.acts`). */
  readonly kind: ActId;
  /** Of a gapless series per client. */
  readonly number: string;
  readonly date: IsoDate;
  /** The debtor's, as on the invoices. */
  readonly language: Language;
  /** Whose claim it is; for a claim the bureau has bought, the bureau. */
  readonly creditor: Seller;
  /** Who writes on the creditor's behalf: the bureau. */
  readonly agent: DemandAgent;
  /** A bought claim: who sold it, so that the letter can say that only payment to the creditor discharges. */
  readonly assignedFrom?: string;
  readonly debtor: DemandDebtor;
  readonly currency: Currency;
  /** Oldest first. */
  readonly claims: readonly DemandClaim[];
  /** Sum of all components of all claims. */
  readonly payableAmount: Minor;
  /** New date to pay, or to object. */
  readonly deadline: IsoDate;
  readonly account: PaymentAccount;
  readonly paymentReference: string;
  /** What happens otherwise, allowed without a licence: to whom it is handed over (§2.6). */
  readonly nextStep: Announced;
  readonly handoverTo?: string;
}

export interface DemandAgent {
  readonly name: string;
  readonly organisationNumber: string;
  readonly address: Address;
  readonly telephone: string;
  readonly email: string;
  /** Permit of Finansinspektionen: a demand is refused without it (rule X-06). */
  readonly licensed: boolean;
}

export interface DemandDebtor {
  readonly number: string;
  readonly name: string;
  readonly class: DebtorClass;
  readonly address: Address;
}

/** One invoice of a demand. */
export interface DemandClaim extends ComponentAmounts {
  readonly invoiceNumber: string;
  readonly issueDate: IsoDate;
  readonly dueDate: IsoDate;
  /** What it is for, precise enough to be recognised without looking up the invoice. */
  readonly ground: string;
  readonly originalAmount: Minor;
  /** How the interest came about; absent where none is claimed. */
  readonly interest?: DemandInterest;
}

export interface DemandInterest {
  /** Percent a year on the letter's date. */
  readonly rate: Decimal;
  /** The rate's own words: statutory (reference + addition) or agreed. */
  readonly basis: 'statutory' | 'contract';
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** What it was computed on at the end of the period. */
  readonly baseAmount: Minor;
}

/** What a demand lacks, or says and may not say: the rule of reference/collection-rules.md §14.3 and a sentence for people. */
export interface DemandProblem {
  readonly rule: RuleId;
  readonly message: string;
}

/**
 * Why a demand must not go out: an item that the law asks for is missing or contradicts another (X-05; inkassolagen 5 §, all of
 * reference/collection-rules.md §2.3), it needs a licence the bureau has not, or it threatens with legal steps, which without a
 * licence is more than the law allows (`LegalRules.pressingRule`, §2.6).
 */
export function demandProblems(demand: Demand, law: LetterLaw): readonly DemandProblem[] {
  const missing = [...missingItems(demand), ...contradictions(demand)].map((message) => ({ rule: 'X-05', message }));
  return [...missing, ...licenceProblems(demand, law)];
}

/** What the law of its country makes of one letter of demand; plain data, so that it goes to a worker with the letter. */
export interface LetterLaw {
  /** Only a licensed bureau may send it for others, or what it announces. */
  readonly needsLicence: boolean;
  readonly announcesLicensed: boolean;
  /** Stems of words that its sender may not use without a licence, and the rule that says so. */
  readonly pressingWords: readonly string[];
  readonly pressingRule: RuleId;
  /** Absent: there are none for its kind, so that it cannot be printed. */
  readonly words?: LetterWords;
}

/** The words of one letter. */
export type LetterWords = LetterKindWords & Omit<LetterWordBook, 'kinds'>;

/** The law of a letter on its date and in its language. */
export function letterLaw(country: Country, { kind, nextStep, date, language }: Demand): LetterLaw {
  const licensed = at(country.licensedActs, date);
  const { kinds, ...book } = country.letterWords[language];
  const own = kinds[kind];
  return {
    needsLicence: licensed.includes(kind),
    announcesLicensed: licensed.includes(nextStep),
    pressingWords: at(country.pressingWords, date),
    pressingRule: country.pressingRule,
    ...(own === undefined ? {} : { words: { ...book, ...own } }),
  };
}

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

function missingItems(demand: Demand): readonly string[] {
  const { agent, creditor, account, debtor } = demand;
  const items: readonly (readonly [isMissing: boolean, item: string])[] = [
    [isBlank(demand.number), 'the letter’s number'],
    [isBlank(creditor.name), 'the creditor’s name (item 2)'],
    [isBlank(debtor.name), 'the debtor’s name'],
    [demand.claims.length === 0, 'a claim'],
    [demand.assignedFrom !== undefined && isBlank(demand.assignedFrom), 'who assigned the claim (item 4)'],
    [isBlank(account.id), 'the account to pay to (item 5)'],
    [isBlank(demand.paymentReference), 'the payment reference (item 5)'],
    [isBlank(agent.name), 'the agent’s name (item 10)'],
    [isBlank(agent.organisationNumber), 'the agent’s organisation number (item 10)'],
    [isBlank(agent.address.line1) || isBlank(agent.address.city), 'the agent’s address (item 10)'],
    [isBlank(agent.telephone) && isBlank(agent.email), 'whom to contact with objections (item 10)'],
    [demand.nextStep === 'handover' && isBlank(demand.handoverTo), 'to whom the claim is handed over'],
  ];
  return [
    ...items.filter(([isMissing]) => isMissing).map(([, item]) => `${item} is missing`),
    ...demand.claims.flatMap(claimGaps),
  ];
}

function claimGaps(claim: DemandClaim): readonly string[] {
  const { interest, interestAmount, invoiceNumber } = claim;
  const items: readonly (readonly [isMissing: boolean, item: string])[] = [
    [isBlank(invoiceNumber), 'the invoice’s number (item 3)'],
    [isBlank(claim.ground), 'the ground of the claim (item 3)'],
    [interestAmount > 0n && interest === undefined, 'rate, period and base of the interest (item 7)'],
  ];
  return items.filter(([isMissing]) => isMissing).map(([, item]) => `${item} is missing of invoice ${invoiceNumber}`);
}

function contradictions(demand: Demand): readonly string[] {
  const total = sum(demand.claims.map(sumOfComponents));
  const numbers = new Set(demand.claims.map(({ invoiceNumber }) => invoiceNumber));
  const facts: readonly (readonly [isWrong: boolean, problem: string])[] = [
    [total !== demand.payableAmount, `the amount to pay is ${demand.payableAmount}, its claims are ${total}`],
    [demand.payableAmount <= 0n, 'there is nothing to pay'],
    [demand.deadline <= demand.date, `the deadline ${demand.deadline} gives no time from ${demand.date} (item 9)`],
    [numbers.size !== demand.claims.length, 'an invoice is claimed twice'],
  ];
  return [...facts.filter(([isWrong]) => isWrong).map(([, problem]) => problem), ...demand.claims.flatMap(claimContradictions)];
}

function claimContradictions(claim: DemandClaim): readonly string[] {
  const { interest, invoiceNumber } = claim;
  const negative = components.some((component) => claim[`${component}Amount`] < 0n);
  return [
    ...(negative ? [`invoice ${invoiceNumber} has an amount below zero`] : []),
    ...(interest !== undefined && interest.to < interest.from
      ? [`the interest of invoice ${invoiceNumber} ends before it begins`]
      : []),
  ];
}

function licenceProblems(demand: Demand, law: LetterLaw): readonly DemandProblem[] {
  if (demand.agent.licensed) return [];
  const texts = [demand.handoverTo ?? '', ...demand.claims.map(({ ground }) => ground)];
  const threatens = demand.nextStep === 'legal' || texts.some((text) => pressingWord(text, law.pressingWords) !== undefined);
  return [
    ...(law.needsLicence ? [{ rule: 'X-06', message: `a ${demand.kind} needs a licence to collect for others` }] : []),
    ...(law.announcesLicensed
      ? [{ rule: 'X-06', message: `a ${demand.nextStep} is announced that the bureau has no licence to send` }]
      : []),
    ...(!law.needsLicence && threatens
      ? [{ rule: law.pressingRule, message: `a ${demand.kind} threatens with legal steps without a licence` }]
      : []),
  ];
}

/** One invoice of a demand as it is printed, and as ledger, holds and steps have it now. */
export interface ClaimState {
  readonly invoiceNumber: string;
  /** Absent: no receivable of this client has that invoice's number. */
  readonly receivable?: bigint;
  readonly printed: Amounts;
  readonly open: Amounts;
  /** Of the principal, disputed and therefore not demanded. */
  readonly disputedAmount: Minor;
  /** Fees and compensation are disputed and not demanded. */
  readonly feesDisputed: boolean;
  /** A hold on all of it. */
  readonly held?: Hold['kind'];
  /** Whether the step that made the letter still stands. */
  readonly stepTaken: boolean;
}

/** What may be demanded now: all that is open, less what is disputed. */
export const demandable = ({ open, disputedAmount, feesDisputed }: ClaimState): Amounts => ({
  ...open,
  ...(feesDisputed ? { reminderFee: 0n, collectionFee: 0n, compensation: 0n } : {}),
  principal: open.principal - disputedAmount,
});

export type ChangeReason = 'settled' | 'changed' | 'held' | 'step-withdrawn' | 'unknown';

/**
 * What has happened to a demand's claims since it was planned, or null: then every printed amount is what may be demanded at this
 * instant (IR5). A letter with any change is pulled back.
 */
export function demandChange(claims: readonly ClaimState[]): { readonly reason: ChangeReason; readonly invoice: string } | null {
  for (const claim of claims) {
    const reason = changeOf(claim);
    if (reason !== null) return { reason, invoice: claim.invoiceNumber };
  }
  return claims.length === 0 ? { reason: 'unknown', invoice: '' } : null;
}

function changeOf(claim: ClaimState): ChangeReason | null {
  if (claim.receivable === undefined) return 'unknown';
  if (!claim.stepTaken) return 'step-withdrawn';
  if (claim.held !== undefined) return 'held';
  const now = demandable(claim);
  if (sameAmounts(now, claim.printed)) return null;
  return components.every((component) => now[component] <= 0n) ? 'settled' : 'changed';
}
