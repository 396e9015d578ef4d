import { addAmounts, noAmounts, spelled, sumOfComponents } from '../amounts.ts';
import type { Demand, DemandAgent, DemandClaim, DemandDebtor, DemandInterest } from './demand.ts';
import type { PaymentAccount, Seller } from '../invoice.ts';
import type { IsoDate } from '../iso-date.ts';
import { sum, type Minor } from '../money.ts';
import type { ClaimedAmounts } from './claimed-amounts.ts';
import type { LetterPlan, PlannedStep } from './plan-demands.ts';

/** What a letter says that neither plan nor ledger knows: who writes, to whom, how to pay. */
export interface LetterFrame {
  readonly number: string;
  readonly date: IsoDate;
  readonly creditor: Seller;
  readonly agent: DemandAgent;
  /** A bought claim: who sold it. */
  readonly assignedFrom?: string;
  readonly debtor: DemandDebtor;
  readonly account: PaymentAccount;
  readonly paymentReference: string;
  readonly handoverTo?: string;
  /** The rate is agreed, or the law's. */
  readonly interestBasis: DemandInterest['basis'];
  readonly invoices: ReadonlyMap<bigint, InvoiceFacts>;
}

/** What a claim's invoice says of it. */
export interface InvoiceFacts {
  readonly receivable: bigint;
  readonly number: string;
  readonly issueDate: IsoDate;
  /** Recognisable without looking up the invoice (inkassolagen 5 §). */
  readonly ground: string;
  readonly originalAmount: Minor;
}

/**
 * The content of a letter: each claim with all that is owed of it and not disputed, what the ledger had open and what the letter itself claims,
 * every component apart (reference/collection-rules.md §2.1, §2.3).
 */
export function composeDemand(letter: LetterPlan, frame: LetterFrame): Demand {
  const claims = letter.steps.map((planned) => claimOf(planned, frame));
  return {
    kind: letter.kind,
    number: frame.number,
    date: frame.date,
    language: letter.language,
    creditor: frame.creditor,
    agent: frame.agent,
    ...(frame.assignedFrom === undefined ? {} : { assignedFrom: frame.assignedFrom }),
    debtor: frame.debtor,
    currency: letter.steps[0]!.receivable.currency,
    claims,
    payableAmount: sum(claims.map(sumOfComponents)),
    deadline: letter.deadline,
    account: frame.account,
    paymentReference: frame.paymentReference,
    nextStep: letter.announced,
    ...(letter.announced === 'handover' && frame.handoverTo !== undefined ? { handoverTo: frame.handoverTo } : {}),
  };
}

function claimOf({ receivable, step }: PlannedStep, frame: LetterFrame): DemandClaim {
  const invoice = frame.invoices.get(receivable.id);
  if (invoice === undefined) throw new Error(`nothing is known of invoice ${receivable.invoiceNumber}`);
  const { open, dueDate } = receivable;
  const demanded = addAmounts({ ...open, principal: 0n }, step.amounts);
  const amounts = step.feesDisputed ? { ...noAmounts, principal: demanded.principal, interest: demanded.interest } : demanded;
  const interest = amounts.interest > 0n ? interestOf(step, frame.interestBasis) : undefined;
  return {
    invoiceNumber: invoice.number,
    issueDate: invoice.issueDate,
    dueDate,
    ground: invoice.ground,
    originalAmount: invoice.originalAmount,
    ...spelled(amounts),
    ...(interest === undefined ? {} : { interest }),
  };
}

/** Rate and principal as they are at the end, over the whole period (inkassolagen 5 § 7). */
function interestOf({ accrued }: ClaimedAmounts, basis: DemandInterest['basis']): DemandInterest | undefined {
  const first = accrued?.periods[0];
  const last = accrued?.periods.at(-1);
  if (first === undefined || last === undefined) return undefined;
  return { rate: last.percent, basis, from: first.from, to: last.to, baseAmount: last.principalAmount };
}
