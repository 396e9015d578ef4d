import { formatAmount } from '#engine/money.ts';
import { receiverText, type PayoutParty } from '#engine/settlement/payment-file.ts';
import type { RunOutcome } from '#engine/store/runs.ts';
import { withLedger, type Ledger } from '#engine/store/ledger.ts';
import type { PreviewLine, RunKind } from '../runs/run-kind.ts';
import { agreementOn, type Agreement } from '#engine/agreement.ts';
import { bankDayOnOrAfter } from '#engine/bank-days.ts';
import { at } from '#engine/dated-table.ts';
import { addDays, type IsoDate } from '#engine/iso-date.ts';
import { OperatingError } from '#engine/operating-error.ts';
import {
  type FeeKind,
  settlementNumberText,
  type ChargedService,
  type SettlementPlan,
  settlementProblems,
  type Settlement,
  type SettlementParty,
  settlementStatement,
} from '#engine/settlement/statement.ts';
import { sortMovements } from '#engine/settlement/movements.ts';
import {
  clearedThrough,
  isPayoutDay,
  planSettlement,
  payoutTransaction,
  settlementTransaction,
} from '#engine/settlement/plan-settlement.ts';
import type { Tx } from '#engine/store/database.ts';
import {
  countNewlyTied,
  loadClientBalances,
  loadMovements,
  loadPreviousSettlement,
  loadUncharged,
  type SettlementBound,
  setCharged,
  storeSettlement,
} from '#engine/store/settlements.ts';
import { actOf } from '#engine/claims/bounds.ts';
import type { LegalRules } from '#engine/claims/legal-rules.ts';
import type { ActId } from '#engine/claims/policy.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import { agreementOf, type House } from '../house/house.ts';
import assert from 'node:assert/strict';
import type { HouseConfig } from '#config/house-config.ts';
import { takeNumbers } from '#engine/store/number-series.ts';
import { setApproved, storePayout, wasPaidBefore } from '#engine/store/payouts.ts';
import { writeSettlementCsv } from '#formats/accounts/accounts-csv.ts';
import { stageOutgoing, remoteFor } from '../outbox/outgoing.ts';
import { accountKey } from '#engine/sockets/account-scheme.ts';
import { renderSettlementPdf } from '#layouts/spool/single-pdf.ts';

/** Settles a client and orders its payout. What a missed date would have paid is in the next one, so none is made up for. */
export const payoutRun: RunKind = {
  kind: 'payout',
  title: 'Settles what was collected and orders the payout',
  concerns: () => true,
  catchUp: 'latest',
  apply: async (house, transaction, { client, today, runs, who }) => {
    const outcomes: RunOutcome[] = [];
    for (const { id, businessDate } of runs) {
      const { plan } = await applyPayout(house, transaction, { id, client, businessDate, today, who });
      outcomes.push(outcomeOf(plan));
    }
    return outcomes;
  },
  plan: async (house, transaction, { client, businessDate, today }) => {
    const plan = await withLedger(transaction, { client, at: house.clock() }, async (ledger) =>
      planPayout(house, transaction, { client, businessDate, today, throughSequence: (await ledger.end()).nextSequence - 1n }),
    );
    return { ...outcomeOf(plan), lines: linesOf(plan) };
  },
};

function outcomeOf(plan: PayoutPlan | 'not-due'): RunOutcome {
  if (plan === 'not-due') return { steps: 0, skips: 1, totals: { rule: 'not-due' } };
  const { settlement } = plan;
  const paid = settlement.payoutAmount > 0n;
  return {
    steps: paid ? 1 : 0,
    skips: paid ? 0 : 1,
    totals: {
      rule: settlement.rule,
      opening: formatAmount(settlement.basis.openingAmount),
      received: formatAmount(settlement.receivedAmount),
      returned: formatAmount(settlement.returnedAmount),
      restored: formatAmount(settlement.restoredAmount),
      fees: formatAmount(settlement.feesAmount),
      vat: formatAmount(settlement.vatAmount),
      payout: formatAmount(settlement.payoutAmount),
      closing: formatAmount(settlement.closingAmount),
    },
  };
}

/** The settlement as an account, read from top to bottom. */
function linesOf(plan: PayoutPlan | 'not-due'): readonly PreviewLine[] {
  if (plan === 'not-due') return [];
  const { settlement, agreement } = plan;
  const { basis } = settlement;
  const line = (subject: string, what: string, amount: bigint, because = ''): PreviewLine => ({
    subject,
    what,
    amount: formatAmount(amount),
    because,
  });
  const receiver = agreement.payout && receiverText(agreement.payout.receiver);
  return [
    line('opening', 'brought from the settlement before', basis.openingAmount),
    line('received', `${basis.received.length} items, cleared through ${plan.bound.clearedThrough}`, settlement.receivedAmount),
    line('restored', `${basis.restored.length} payouts that did not arrive`, settlement.restoredAmount),
    line('returned', `${basis.returned.length} items`, -settlement.returnedAmount),
    ...settlement.fees.map((fee) => line('fee', `${fee.count} × ${fee.feeKind}`, -fee.amount)),
    line('VAT', `${basis.vatRate} % on the fees`, -settlement.vatAmount),
    line('payout', receiver ?? 'none', -settlement.payoutAmount, settlement.rule),
    line('closing', 'carried to the next settlement', settlement.closingAmount),
  ];
}

/** What a payout run does for one client on one date. */
interface PayoutPlan {
  readonly agreement: Agreement;
  readonly settlement: SettlementPlan;
  readonly bound: SettlementBound;
  readonly periodStart: IsoDate;
  readonly executionDate: IsoDate;
  /** The account it is paid from, by its name in the configuration; absent where nothing is. */
  readonly fromAccount?: string;
  /** Charged by it. */
  readonly documents: readonly string[];
}

export interface PayoutQuestion {
  readonly client: string;
  readonly businessDate: IsoDate;
  /** The earliest day on which a bank can still be asked to pay. */
  readonly today: IsoDate;
  /** The last transaction of the client’s ledger. */
  readonly throughSequence: bigint;
}

/**
 * The settlement and payout of a client, from stored facts; `not-due` where the agreement has no payout on that date. Reads only. Throws
 * an OperatingError for a date before the latest settlement: what is settled is settled.
 */
async function planPayout(
  house: House,
  tx: Tx,
  { client, businessDate, today, throughSequence }: PayoutQuestion,
): Promise<PayoutPlan | 'not-due'> {
  const configured = house.config.clients.get(client);
  const agreement = configured && agreementOn(configured, businessDate);
  if (!agreement) return 'not-due';
  const rules = countryOf(house.config.parts, agreement.country);
  const { payout } = agreement;
  if (!isPayoutDay(payout?.schedule ?? { kind: 'bank-day' }, rules.bankCalendar, businessDate)) return 'not-due';
  const previous = await loadPreviousSettlement(tx, client);
  if (previous && businessDate < previous.businessDate)
    throw new OperatingError({
      problem: `${client} was settled on ${previous.businessDate}, later than ${businessDate}.`,
      fix: 'Run the payout for that day or a later one: what came in since is in it.',
      retry: 'never',
    });
  const cleared = clearedThrough(rules.bankCalendar, businessDate, payout?.holdBackDays ?? 0);
  const bound: SettlementBound = {
    businessDate,
    throughSequence,
    clearedThrough: previous && previous.clearedThrough > cleared ? previous.clearedThrough : cleared,
  };
  const question = { client, bound, previous };
  const services = await loadServices(house, tx, { agreement, businessDate }, await countNewlyTied(tx, question));
  const settlement = planSettlement({
    businessDate,
    product: agreement.product,
    currency: agreement.currency,
    openingAmount: previous?.closing ?? 0n,
    ...sortMovements(await loadMovements(tx, question), (number) => settlementNumberText(client, number)),
    services: services.charged,
    vatRate: at(rules.vatRates.standard, businessDate),
    ...(payout === undefined ? {} : { minimumAmount: payout.minimumAmount }),
    balances: await loadClientBalances(tx, question),
  });
  return {
    agreement,
    settlement,
    bound,
    periodStart: previous ? addDays(previous.businessDate, 1) : agreement.validFrom,
    executionDate: bankDayOnOrAfter(rules.bankCalendar, today > businessDate ? today : businessDate),
    ...(settlement.payoutAmount > 0n ? { fromAccount: payingAccount(house.config, agreement) } : {}),
    documents: services.documents,
  };
}

interface Services {
  readonly charged: readonly ChargedService[];
  readonly documents: readonly string[];
}

/** What was done for the client and not charged: each delivered document by the agreement it was made under, and payments tied. */
async function loadServices(
  house: House,
  tx: Tx,
  { agreement, businessDate }: { readonly agreement: Agreement; readonly businessDate: IsoDate },
  payments: number,
): Promise<Services> {
  const { client } = agreement;
  const uncharged = await loadUncharged(tx, {
    client,
    through: businessDate,
    timeZone: house.config.bureau.timeZone,
    fees: Object.values(house.config.parts.channels).map(({ id, feeKind }) => ({ channel: id, feeKind })),
  });
  const charged = uncharged.map(({ agreementVersion, feeKind: delivery, letter, documents }): ChargedService => {
    const under = agreementOf(house, client, agreementVersion);
    const feeKind = delivery ?? letterFee(countryOf(house.config.parts, under.country), letter ?? '');
    return { feeKind, count: documents.length, priceAmount: priceOf(under, feeKind) };
  });
  const tied: ChargedService = {
    feeKind: 'payment',
    count: payments,
    priceAmount: payments === 0 ? 0n : priceOf(agreement, 'payment'),
  };
  return { charged: payments === 0 ? charged : [...charged, tied], documents: uncharged.flatMap((item) => item.documents) };
}

/** Letters of the reminder run cost what a reminder does, others what a demand does, whatever their country calls them. */
const letterFee = (country: LegalRules, kind: ActId): FeeKind =>
  actOf(country, kind).run === 'reminder' ? 'reminder' : 'demand';

function priceOf({ fees, client, version }: Agreement, feeKind: FeeKind): bigint {
  const prices: Readonly<Partial<Record<FeeKind, bigint | undefined>>> = {
    letter: fees.letterAmount,
    einvoice: fees.einvoiceAmount,
    reminder: fees.reminderAmount,
    demand: fees.demandAmount,
    payment: fees.paymentAmount,
  };
  const price = prices[feeKind];
  if (price === undefined) throw new Error(`version ${version} of ${client}’s agreement has no fee per ${feeKind}`);
  return price;
}

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
const applyPayout = (house: House, tx: Tx, run: PayoutRun): Promise<AppliedPayout> =>
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

/** The client’s copy of a settlement, as PDF for people and as CSV for its accounting, staged for its out-folder. */
async function stageStatement(house: House, tx: Tx, client: string, settlement: Settlement): Promise<void> {
  const stem = `clients/${client}/${settlement.date}-settlement-${settlement.number}`;
  const remote = remoteFor(house.config, 'settlement', client);
  const outgoing = { kind: 'settlement', client, file: null, remote } as const;
  await stageOutgoing(house, tx, { ...outgoing, name: `${stem}.pdf` }, await renderSettlementPdf(settlement, house.config.parts));
  await stageOutgoing(house, tx, { ...outgoing, name: `${stem}.csv` }, writeSettlementCsv(settlement));
}

/**
 * The account a client is paid from, by its name in the configuration: the one its debtors pay into; for bought receivables the bureau’s
 * own, since the price is the bureau’s money. Throws an OperatingError where no such account takes payment files.
 */
function payingAccount(
  { bankAccounts }: HouseConfig,
  { client, product, currency, paymentAccounts }: Pick<Agreement, 'client' | 'product' | 'currency' | 'paymentAccounts'>,
): string {
  const paidOn = new Set(paymentAccounts.map(accountKey));
  const own = [...bankAccounts.values()].filter((item) => item.currency === currency && item.paymentFile !== undefined);
  const paidInto = own.find((item) => item.receives.some((number) => paidOn.has(accountKey(number))));
  const account =
    product === 'purchase' ? (paidInto?.holder === 'own' ? paidInto : own.find(({ holder }) => holder === 'own')) : paidInto;
  if (account) return account.id;
  throw new OperatingError({
    problem: `Client ${client} cannot be paid in ${currency}: no account that its money is on takes payment files.`,
    fix: 'Add paymentFile to that account in config/bank-accounts.yaml.',
    retry: 'never',
  });
}
