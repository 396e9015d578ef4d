import { dateInZone, type IsoDate } from '#engine/iso-date.ts';
import { decidePayment, type PaymentDecision, type PaymentFacts } from '#engine/matching/decide-payment.ts';
import type { AllocatedPart, Waiver, OpenReceivable } from '#engine/matching/allocate-payment.ts';
import type { Component } from '#engine/amounts.ts';
import { componentOf } from '#engine/ledger.ts';
import type { Tx } from '#engine/store/database.ts';
import { storeShares, storeSuspense, type ShareRow, type SuspenseRow } from '#engine/store/payments/book-items.ts';
import {
  loadOpenReceivables,
  loadUndecided,
  type StoredFacts,
  type StoredReceivable,
} from '#engine/store/payments/load-undecided.ts';
import { waiveClaims } from '#engine/store/payments/waive-claims.ts';
import { type House, todayOf } from '../house/house.ts';
import type { HouseConfig } from '#config/house-config.ts';
import { OperatingError } from '#engine/operating-error.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import type { Minor } from '#engine/money.ts';
import { accruedInterest } from '#engine/claims/claimed-amounts.ts';
import { loadReceivables } from '#engine/store/receivables.ts';
import { termsOf } from '../runs/terms-of.ts';

/** Receipts decided with one look at what they may be for. */
const PAGE_PAYMENTS = 1_000;

/** Decides, in file order, every receipt that the plain rule left: each sees what those before it have paid. */
export async function decideItems(house: House, tx: Tx): Promise<void> {
  let after = 0n;
  for (;;) {
    const page = await loadUndecided(tx, after, PAGE_PAYMENTS);
    const last = page.at(-1);
    if (!last) return;
    after = last.id;
    await decidePage(house, tx, page);
  }
}

async function decidePage(house: House, tx: Tx, page: readonly StoredFacts[]): Promise<void> {
  const ids = [...new Set(page.flatMap(({ matches }) => matches.flatMap(({ receivables }) => receivables)))];
  const found = await loadOpenReceivables(tx, ids, { counting: 'ledger-and-file' });
  const receivables = new Map(found.map((item) => [item.id, openReceivable(house, item)]));
  const shares: ShareRow[] = [];
  const suspense: SuspenseRow[] = [];
  const waivers: (Waiver & { readonly payment: bigint; readonly client: string; readonly product: OpenReceivable['product'] })[] =
    [];
  const interestOwed = await loadInterestOwed(house, tx, [...receivables.values()]);
  for (const stored of page) {
    const facts = { ...stored, interestOwed: (receivable: bigint) => interestOwed(receivable, stored.valueDate) };
    const decision = decidePayment(facts, receivables);
    if (decision.kind === 'suspense') suspense.push({ item: facts.id, ...decision });
    else {
      shares.push(...sharesOf(facts, decision, receivables));
      for (const waiver of decision.waivers) {
        const { client, product } = receivables.get(waiver.receivable)!;
        waivers.push({ ...waiver, payment: facts.id, client, product });
      }
      apply(receivables, decision);
    }
  }
  await storeShares(tx, shares);
  await storeSuspense(tx, suspense);
  const at = house.clock();
  await waiveClaims(tx, waivers, { on: dateInZone(at, house.config.bureau.timeZone), at });
}

type Tied = Extract<PaymentDecision, { kind: 'tied' }>;

/** Each share with the product of its receivable; the debtor's credit with that of the first. */
function sharesOf(
  facts: PaymentFacts,
  { client, parts }: Tied,
  receivables: ReadonlyMap<bigint, OpenReceivable>,
): readonly ShareRow[] {
  const productOf = ({ receivable }: AllocatedPart) =>
    receivable === undefined ? undefined : receivables.get(receivable)?.product;
  const first = parts.map(productOf).find((product) => product !== undefined) ?? 'service';
  return parts.map((part) => ({
    item: facts.id,
    client,
    product: productOf(part) ?? first,
    account: part.account,
    amount: part.amount,
    receivable: part.receivable ?? null,
    debtor: part.debtor ?? null,
  }));
}

/** What the payments after it find open. */
function apply(receivables: Map<bigint, OpenReceivable>, { parts, waivers }: Tied): void {
  const change = (id: bigint, component: Component, amount: bigint, paid: bigint): void => {
    const item = receivables.get(id);
    if (item === undefined) return;
    const open = { ...item.open, [component]: item.open[component] + amount };
    receivables.set(id, { ...item, open, paidAmount: item.paidAmount + paid });
  };
  for (const { receivable, component, amount } of waivers) change(receivable, component, -amount, 0n);
  for (const { receivable, account, amount } of parts) {
    const component = componentOf(account);
    if (receivable !== undefined && component !== undefined) change(receivable, component, amount, -amount);
  }
}

export const openReceivable = (house: House, item: StoredReceivable): OpenReceivable => ({
  ...item,
  ...paymentTermsOf(house.config, item),
});

/** What was agreed about payments of a receivable, under the version it was issued under. Throws an OperatingError if that is gone. */
function paymentTermsOf(
  config: HouseConfig,
  {
    client,
    agreementVersion,
    debtorClass,
    invoiceNumber,
  }: Pick<StoredReceivable, 'client' | 'agreementVersion' | 'debtorClass' | 'invoiceNumber'>,
): Pick<OpenReceivable, 'toleranceAmount' | 'order' | 'product'> {
  const agreement = config.clients.get(client)?.agreements.find(({ version }) => version === agreementVersion);
  if (agreement === undefined || agreement.product === 'distribute-only') {
    throw new OperatingError({
      problem: `Invoice ${invoiceNumber} was issued under version ${agreementVersion} of the agreement with ${client}, which is not configured.`,
      fix: 'Put the version back into the client’s file: what was agreed is needed for as long as its invoices are open.',
      retry: 'later',
    });
  }
  return {
    product: agreement.product,
    order: countryOf(config.parts, agreement.country).appropriationOrder[debtorClass],
    // Without a policy nothing is demanded, so nothing is forgiven either.
    toleranceAmount: agreement.policies?.[debtorClass]?.toleranceAmount ?? 0n,
  };
}

/** Interest owed through a day on a receivable. */
export type InterestOwed = (receivable: bigint, through: IsoDate) => Minor | undefined;

/**
 * Makes ready to say how much interest was owed through a value date, of receivables on which a letter has claimed some: what it claimed
 * for the days after is not owed. Undefined for others, and where no terms say (what was claimed stands then).
 */
export async function loadInterestOwed(house: House, tx: Tx, receivables: readonly OpenReceivable[]): Promise<InterestOwed> {
  const claimed = receivables.filter(({ claims }) => claims.some(({ amounts }) => amounts.interest > 0n));
  const owed = new Map<bigint, (through: IsoDate) => Minor | undefined>();
  for (const [client, own] of Map.groupBy(claimed, (item) => item.client)) {
    const terms = termsOf(house, client);
    const facts = await loadReceivables(tx, {
      client,
      asOf: todayOf(house),
      timeZone: house.config.bureau.timeZone,
      limit: own.length,
      only: { ids: own.map(({ id }) => id) },
    });
    for (const receivable of facts) {
      const under = terms(receivable);
      if (under === undefined) continue;
      owed.set(
        receivable.id,
        (through) => accruedInterest({ receivable, disputedAmount: 0n }, under, through)?.accrued.totalAmount ?? 0n,
      );
    }
  }
  return (receivable, through) => owed.get(receivable)?.(through);
}
