import { checkClaimAct, type ActVerdict, type ClaimAct } from '#engine/claims/holds.ts';
import { finding, type Finding } from '#engine/finding.ts';
import { type Receivable, openTotal } from '#engine/claims/receivable.ts';
import type { Tx } from '#engine/store/database.ts';
import { lockLedgers, withLedger } from '#engine/store/ledger.ts';
import { loadReceivables } from '#engine/store/receivables.ts';
import { withdrawLetters } from '#engine/store/withdraw-letters.ts';
import { type House, todayOf, agreementOf } from '../house/house.ts';
import { issueCreditNotes } from './issue-credit-notes.ts';
import { placeOrderedHolds, releaseOrderedHolds } from './ordered-holds.ts';
import type { GivenOrder, AllowedOrder } from './orders.ts';
import { appropriate } from '#engine/claims/appropriation.ts';
import { components, type Component } from '#engine/amounts.ts';
import type { LedgerTransaction } from '#engine/ledger.ts';
import { planPaidToClient, planWriteOff, type Shares } from '#engine/plan-postings.ts';
import type { Minor } from '#engine/money.ts';
import { storeCaseChanges } from '#engine/store/credits.ts';
import { releaseCredited } from '#engine/store/holds.ts';
import { countryOf } from '#engine/sockets/parts.ts';

export type OrderOutcome = { readonly kind: 'done' | 'known' } | { readonly kind: 'refused'; readonly finding: Finding };

/** How often one invoice may be deferred (reference/collection-rules.md §11). */
const MAX_DEFERMENTS = 2;

/**
 * Carries out orders on a client's invoices, in order: each is checked against the receivable as it stands after those before it, and is
 * refused by itself. Works in sets: all first orders of their invoices, then all second ones. Letters that a hold or credit makes wrong
 * and that have not left are pulled back first (F57).
 */
export async function carryOutOrders(
  house: House,
  tx: Tx,
  client: string,
  orders: readonly GivenOrder[],
): Promise<readonly OrderOutcome[]> {
  await lockLedgers(tx, [client]);
  const outcomes = new Map<GivenOrder, OrderOutcome>();
  for (const round of roundsOf(orders)) {
    const allowed = await judge(house, tx, { client, orders: round, outcomes });
    await carryOut(house, tx, client, allowed);
  }
  return orders.map((order) => outcomes.get(order) ?? { kind: 'done' });
}

/** Orders in sets that hold each invoice once. */
function roundsOf(orders: readonly GivenOrder[]): readonly (readonly GivenOrder[])[] {
  const seen = new Map<string, number>();
  const rounds: GivenOrder[][] = [];
  for (const given of orders) {
    const round = seen.get(given.order.invoice) ?? 0;
    seen.set(given.order.invoice, round + 1);
    (rounds[round] ??= []).push(given);
  }
  return rounds;
}

interface Judging {
  readonly client: string;
  readonly orders: readonly GivenOrder[];
  readonly outcomes: Map<GivenOrder, OrderOutcome>;
}

async function judge(house: House, tx: Tx, { client, orders, outcomes }: Judging): Promise<readonly AllowedOrder[]> {
  const receivables = await receivablesOf(house, tx, client, orders);
  return orders.flatMap((given) => {
    const receivable = receivables.get(given.order.invoice);
    const verdict: ActVerdict = receivable
      ? checkClaimAct(receivable, given.order, todayOf(house), { maxDeferments: MAX_DEFERMENTS })
      : {
          kind: 'refused',
          finding: finding('CTL-INVOICE-UNKNOWN', { document: given.order.invoice, value: given.order.invoice }),
        };
    if (!receivable || verdict.kind !== 'allowed') {
      outcomes.set(given, verdict.kind === 'allowed' ? { kind: 'done' } : verdict);
      return [];
    }
    return [{ ...given, receivable, ...(verdict.released ? { released: verdict.released } : {}) }];
  });
}

async function receivablesOf(
  house: House,
  tx: Tx,
  client: string,
  orders: readonly Pick<GivenOrder, 'order'>[],
): Promise<ReadonlyMap<string, Receivable>> {
  const found = await loadReceivables(tx, {
    client,
    asOf: todayOf(house),
    timeZone: house.config.bureau.timeZone,
    limit: orders.length,
    only: { invoices: orders.map(({ order }) => order.invoice) },
  });
  return new Map(found.map((receivable) => [receivable.invoiceNumber, receivable]));
}

/** What pulls a letter back, in the words that are stored with it; the end of a hold pulls back none. */
const letterReasons: Readonly<Partial<Record<ClaimAct['action'], string>>> = {
  defer: 'deferred',
  dispute: 'disputed',
  hold: 'blocked',
  promise: 'promised',
  credit: 'credited',
  'write-off': 'written off',
  'paid-to-client': 'paid to the client',
};

async function carryOut(house: House, tx: Tx, client: string, allowed: readonly AllowedOrder[]): Promise<void> {
  const orders = await pullLettersBack(house, tx, client, allowed);
  await placeOrderedHolds(house, tx, client, orders);
  await releaseOrderedHolds(house, tx, client, ofAction(orders, 'release'));
  await bookLosses(house, tx, client, [...ofAction(orders, 'write-off'), ...ofAction(orders, 'paid-to-client')]);
  const credits = ofAction(orders, 'credit');
  for (const [file, group] of Map.groupBy(credits, ({ row }) => row?.file)) {
    if (file === undefined) throw new Error('a credit note needs the row that it is ordered in');
    await issueCreditNotes(house, tx, { client, file }, group.map(creditOrder));
  }
}

/** The receivables as they stand when letters are pulled back: what those had claimed is open no more. */
async function pullLettersBack(
  house: House,
  tx: Tx,
  client: string,
  allowed: readonly AllowedOrder[],
): Promise<readonly AllowedOrder[]> {
  let changed = false;
  for (const [because, group] of Map.groupBy(allowed, ({ order }) => letterReasons[order.act.action])) {
    if (because === undefined) continue;
    const receivables = group.map(({ receivable }) => receivable.id);
    const at = house.clock();
    const withdrawal = { receivables, because, on: todayOf(house), at };
    const documents = await withLedger(tx, { client, at }, (ledger) => withdrawLetters(tx, ledger, withdrawal));
    changed ||= documents.length > 0;
  }
  if (!changed) return allowed;
  const now = await receivablesOf(house, tx, client, allowed);
  return allowed.map((item) => ({ ...item, receivable: now.get(item.order.invoice) ?? item.receivable }));
}

/** Those that order one kind of act. */
const ofAction = <Action extends ClaimAct['action']>(
  orders: readonly AllowedOrder[],
  action: Action,
): readonly AllowedOrder<Extract<ClaimAct, { readonly action: Action }>>[] =>
  orders.filter((item): item is AllowedOrder<Extract<ClaimAct, { readonly action: Action }>> => item.order.act.action === action);

function creditOrder({ order, receivable, row }: AllowedOrder<Extract<ClaimAct, { readonly action: 'credit' }>>) {
  const { principal } = receivable.open;
  const wanted = order.act.amount ?? principal;
  return { sequence: row?.sequence ?? 0, invoice: order.invoice, amount: wanted < principal ? wanted : principal };
}

type Loss = AllowedOrder<Extract<ClaimAct, { readonly action: 'write-off' | 'paid-to-client' }>>;

/** Books what the bureau will not receive: written off, or paid to the client directly. */
async function bookLosses(house: House, tx: Tx, client: string, losses: readonly Loss[]): Promise<void> {
  if (losses.length === 0) return;
  const at = house.clock();
  const planned = losses.map((loss) => planLoss(house, loss));
  await withLedger(tx, { client, at }, (ledger) => ledger.book(planned));
  const keysOf = (kind: LedgerTransaction['kind']): readonly string[] =>
    planned.filter((item) => item.kind === kind).map((item) => item.effectKey);
  await storeCaseChanges(tx, { client, keys: keysOf('write-off'), kind: 'correction' });
  await storeCaseChanges(tx, { client, keys: keysOf('payment'), kind: 'payment' });
  const receivables = losses.map(({ receivable }) => receivable.id);
  await releaseCredited(tx, { on: todayOf(house), at }, receivables);
}

function planLoss(house: House, { order: { act, invoice }, receivable, source }: Loss): LedgerTransaction {
  const { country, product, purchase } = agreementOf(house, receivable.client, receivable.agreementVersion);
  const booking = {
    receivable: receivable.id,
    currency: receivable.currency,
    product,
    ...(purchase ? { purchase } : {}),
    effectKey: `${act.action}:${invoice}:${source}`,
    on: todayOf(house),
  };
  // A write-off gives up the principal before what was added to it.
  if (act.action === 'write-off') return planWriteOff(booking, shares(receivable, act.amount, components));
  const order = countryOf(house.config.parts, country).appropriationOrder[receivable.debtor.class];
  return planPaidToClient(booking, shares(receivable, act.amount, order), act.date);
}

/** Parts of an amount, at most what is open: a letter that was pulled back just now leaves less. */
function shares(receivable: Receivable, amount: Minor | undefined, order: readonly Component[]): Shares {
  const open = openTotal(receivable);
  const parts = order.map((component) => ({ component, amount: receivable.open[component] }));
  const whole = amount === undefined || amount > open ? open : amount;
  return appropriate(whole, [{ claim: receivable.invoiceNumber, parts }], order).shares;
}
