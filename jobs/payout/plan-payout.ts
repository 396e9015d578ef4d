import { agreementOn, type Agreement } from '#engine/agreement.ts';
import { bankDayOnOrAfter } from '#engine/bank-days.ts';
import { at } from '#engine/dated-table.ts';
import { addDays, type IsoDate } from '#engine/iso-date.ts';
import { OperatingError } from '#engine/operating-error.ts';
import { type FeeKind, settlementNumberText, type ChargedService, type SettlementPlan } from '#engine/settlement/statement.ts';
import { sortMovements } from '#engine/settlement/movements.ts';
import { clearedThrough, isPayoutDay, planSettlement } from '#engine/settlement/plan-settlement.ts';
import type { Tx } from '#engine/store/database.ts';
import {
  countNewlyTied,
  loadClientBalances,
  loadMovements,
  loadPreviousSettlement,
  loadUncharged,
  type SettlementBound,
} from '#engine/store/settlements.ts';
import { actOf } from '#engine/law/bounds.ts';
import type { LegalRules } from '#engine/law/legal-rules.ts';
import type { ActId } from '#engine/law/policy.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import { agreementOf } from '../agreement-of.ts';
import type { House } from '../house.ts';
import { payingAccount } from './paying-account.ts';

/** What a payout run does for one client on one date. */
export interface PayoutPlan {
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
export async function planPayout(
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
