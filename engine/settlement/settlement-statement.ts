import type { Agreement, PayoutReceiver, PayoutTerms } from '../agreement.ts';
import type { IsoDate } from '../iso-date.ts';
import type { Settlement, SettlementParty, SettlementPayout } from '../settlement.ts';
import type { SettlementPlan } from './plan-settlement.ts';

/** What the statement needs beside the plan. */
export interface StatementFacts {
  readonly number: string;
  readonly bureau: SettlementParty;
  readonly agreement: Agreement;
  /** The day after the settlement before, or the first of the agreement. */
  readonly periodStart: IsoDate;
  readonly executionDate: IsoDate;
}

/** The settlement as the client gets it; it is also the bureau's invoice for its fees. */
export function settlementStatement(plan: SettlementPlan, facts: StatementFacts): Settlement {
  const { basis } = plan;
  const { agreement, executionDate } = facts;
  return {
    kind: 'settlement',
    number: facts.number,
    date: basis.businessDate,
    period: { start: facts.periodStart, end: basis.businessDate },
    language: agreement.language,
    currency: basis.currency,
    bureau: facts.bureau,
    client: clientParty(agreement),
    openingAmount: basis.openingAmount,
    received: basis.received,
    receivedAmount: plan.receivedAmount,
    returned: basis.returned,
    returnedAmount: plan.returnedAmount,
    restored: basis.restored,
    restoredAmount: plan.restoredAmount,
    fees: plan.fees,
    feesAmount: plan.feesAmount,
    vatRate: basis.vatRate,
    vatAmount: plan.vatAmount,
    payoutAmount: plan.payoutAmount,
    ...(plan.payoutAmount > 0n && agreement.payout ? { payout: payoutOf(agreement.payout, executionDate) } : {}),
    closingAmount: plan.closingAmount,
  };
}

/** `VATTNET-12`: unique among all the bureau's invoices, since each client has a series of its own. */
export const settlementNumberText = (client: string, number: number): string => `${client.toUpperCase()}-${number}`;

function clientParty({ seller }: Agreement): SettlementParty {
  return {
    name: seller.name,
    address: seller.address,
    organisationNumber: seller.legalId?.id ?? '',
    ...(seller.vatId === undefined ? {} : { vatId: seller.vatId }),
  };
}

const payoutOf = ({ receiver }: PayoutTerms, on: IsoDate): SettlementPayout => ({
  on,
  receiver: { kind: receiver.kind, number: numberOf(receiver) },
});

function numberOf(receiver: PayoutReceiver): string {
  if (receiver.kind === 'iban') return receiver.iban;
  return receiver.kind === 'account' ? `${receiver.clearing}-${receiver.number}` : receiver.number;
}
