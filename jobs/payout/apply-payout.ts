import assert from 'node:assert/strict';
import {
  settlementProblems,
  type Settlement,
  type SettlementParty,
  settlementNumberText,
  settlementStatement,
} from '#engine/settlement/statement.ts';
import type { HouseConfig } from '#config/house-config.ts';
import { payoutTransaction, settlementTransaction } from '#engine/settlement/plan-settlement.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import type { PayoutParty } from '#engine/payout.ts';
import type { Tx } from '#engine/store/database.ts';
import { withLedger, type Ledger } from '#engine/store/ledger.ts';
import { takeNumbers } from '#engine/store/number-series.ts';
import { setApproved, storePayout, wasPaidBefore } from '#engine/store/payouts.ts';
import { setCharged, storeSettlement } from '#engine/store/settlements.ts';
import type { House } from '../house.ts';
import { planPayout, type PayoutPlan } from './plan-payout.ts';
import { stageStatement } from './stage-statement.ts';

/** A payout run of one client and date that was begun. */
export interface PayoutRun {
  readonly id: bigint;
  readonly client: string;
  readonly businessDate: IsoDate;
  readonly today: IsoDate;
  readonly who: string;
}

/** What became of it; `plan` is `not-due` on a day without payout. */
export interface AppliedPayout {
  readonly plan: PayoutPlan | 'not-due';
  readonly settlement?: Settlement;
  readonly payout?: bigint;
}

/**
 * Settles a client on its locked ledger, in one transaction: the statement with its number, the bureau's fees, the payout ordered and
 * waiting for its approval. The files of the statement are staged; the caller gives them their names after the commit.
 */
export const applyPayout = (house: House, tx: Tx, run: PayoutRun): Promise<AppliedPayout> =>
  withLedger(tx, { client: run.client, at: house.clock() }, (ledger) => settle(house, tx, ledger, run));

async function settle(house: House, tx: Tx, ledger: Ledger, run: PayoutRun): Promise<AppliedPayout> {
  const { client, businessDate, today } = run;
  const throughSequence = (await ledger.end()).nextSequence - 1n;
  const plan = await planPayout(house, tx, { client, businessDate, today, throughSequence });
  if (plan === 'not-due' || !plan.settlement.worthMaking) return { plan };
  const number = Number(await takeNumbers(tx, `settlement:${client}`, 1));
  const statement = statementOf(house.config, plan, settlementNumberText(client, number));
  const { settlement } = plan;
  const stored = await storeSettlement(tx, {
    ...plan.bound,
    client,
    number,
    run: run.id,
    opening: settlement.basis.openingAmount,
    received: settlement.receivedAmount,
    returned: settlement.returnedAmount,
    restored: settlement.restoredAmount,
    fees: settlement.feesAmount,
    feesVat: settlement.vatAmount,
    paidOut: settlement.payoutAmount,
    closing: settlement.closingAmount,
    currency: settlement.basis.currency,
    rule: settlement.rule,
    content: statement,
  });
  await setCharged(tx, plan.documents, stored);
  const payout = await orderPayout(tx, { run, plan, settlement: stored, number: statement.number, at: house.clock() });
  const order = { amount: settlement.payoutAmount, currency: settlement.basis.currency };
  const booked = [
    settlementTransaction(settlement, statement.number),
    payout === undefined ? undefined : payoutTransaction({ id: payout, ...order }, businessDate),
  ].filter((item) => item !== undefined);
  await ledger.book(booked);
  await stageStatement(house, tx, client, statement);
  return { plan, settlement: statement, ...(payout === undefined ? {} : { payout }) };
}

function statementOf(config: HouseConfig, plan: PayoutPlan, number: string): Settlement {
  const { agreement, periodStart, executionDate, settlement } = plan;
  const statement = settlementStatement(settlement, {
    number,
    bureau: bureauParty(config),
    agreement,
    periodStart,
    executionDate,
  });
  assert.deepEqual(settlementProblems(statement), [], `settlement ${number} contradicts itself`);
  return statement;
}

const bureauParty = ({ bureau }: HouseConfig): SettlementParty => ({
  name: bureau.name,
  address: bureau.address,
  organisationNumber: bureau.organisationNumber,
  vatId: bureau.vatNumber,
  ...(bureau.contact.telephone === undefined ? {} : { telephone: bureau.contact.telephone }),
  ...(bureau.contact.email === undefined ? {} : { email: bureau.contact.email }),
});

interface PayoutOrder {
  readonly run: PayoutRun;
  readonly plan: PayoutPlan;
  readonly settlement: bigint;
  readonly number: string;
  readonly at: Date;
}

/** Orders the payout of a settlement, approved by the agreement where it is small and goes where money has arrived before. */
async function orderPayout(tx: Tx, { run, plan, settlement, number, at }: PayoutOrder): Promise<bigint | undefined> {
  const { agreement, fromAccount, executionDate } = plan;
  const terms = agreement.payout;
  if (fromAccount === undefined || terms === undefined) return undefined;
  const receiver: PayoutParty = {
    account: terms.receiver,
    name: terms.name,
    town: terms.town,
    country: agreement.seller.address.country,
  };
  const amount = plan.settlement.payoutAmount;
  const id = await storePayout(
    tx,
    {
      client: run.client,
      kind: 'client',
      settlement,
      payment: null,
      amount,
      currency: agreement.currency,
      fromAccount,
      receiver,
      remittance: number,
      executionDate,
      plannedBy: run.who,
    },
    at,
  );
  if (amount <= terms.approvalLimitAmount && (await wasPaidBefore(tx, run.client, receiver)))
    await setApproved(tx, [id], `agreement ${run.client}/${agreement.version}`, at);
  return id;
}
