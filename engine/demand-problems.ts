import type { Demand, DemandClaim } from './demand.ts';
import { components } from './amounts.ts';
import { sumOfComponents } from './ledger.ts';
import { pressingWord } from './law/pressing-word.ts';
import { sum } from './money.ts';

/** What a demand lacks, or says and may not say: the rule of reference/collection-rules.md §14.3 and a sentence for people. */
export interface DemandProblem {
  readonly rule: 'X-05' | 'X-06' | 'SE-10';
  readonly message: string;
}

/**
 * Why a demand must not go out: an item that the law asks for is missing or contradicts another (X-05; inkassolagen 5 §, all of
 * reference/collection-rules.md §2.3), it needs a licence the bureau has not, or a reminder threatens with legal steps, which
 * without a licence is more than the law allows (SE-10, §2.6): `pressingWords` are the law's on the letter's date.
 */
export function demandProblems(demand: Demand, pressingWords: readonly string[]): readonly DemandProblem[] {
  const missing = [...missingItems(demand), ...contradictions(demand)].map((message) => ({ rule: 'X-05' as const, message }));
  return [...missing, ...licenceProblems(demand, pressingWords)];
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

function licenceProblems(demand: Demand, pressingWords: readonly string[]): readonly DemandProblem[] {
  if (demand.agent.licensed) return [];
  const texts = [demand.handoverTo ?? '', ...demand.claims.map(({ ground }) => ground)];
  const threatens = demand.nextStep === 'legal' || texts.some((text) => pressingWord(text, pressingWords) !== undefined);
  return [
    ...(demand.kind === 'demand'
      ? [{ rule: 'X-06' as const, message: 'a collection demand needs the permit of Finansinspektionen' }]
      : []),
    ...(demand.nextStep === 'demand'
      ? [{ rule: 'X-06' as const, message: 'a collection demand is announced that the bureau has no licence to send' }]
      : []),
    ...(demand.kind === 'reminder' && threatens
      ? [{ rule: 'SE-10' as const, message: 'a reminder threatens with legal steps without a licence' }]
      : []),
  ];
}
