import { checkClaimAct, type ActVerdict } from '#engine/check-claim-act.ts';
import type { ClaimAct } from '#engine/claim-act.ts';
import { finding, type Finding } from '#engine/finding.ts';
import type { Receivable } from '#engine/claims/receivable.ts';
import type { Tx } from '#engine/store/database.ts';
import { lockLedgers, withLedger } from '#engine/store/ledger.ts';
import { loadReceivables } from '#engine/store/receivables.ts';
import { withdrawLetters } from '#engine/store/withdraw-letters.ts';
import type { House } from '../house.ts';
import { todayOf } from '../today.ts';
import { bookLosses } from './book-losses.ts';
import { issueCreditNotes } from './issue-credit-notes.ts';
import { placeOrderedHolds } from './place-ordered-holds.ts';
import { releaseOrderedHolds } from './release-ordered-holds.ts';
import type { GivenOrder, AllowedOrder } from './orders.ts';

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
