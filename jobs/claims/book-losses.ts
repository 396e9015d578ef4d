import type { ClaimAct } from '#engine/claim-act.ts';
import { appropriate } from '#engine/law/appropriation.ts';
import { components, type Component } from '#engine/amounts.ts';
import type { LedgerTransaction } from '#engine/ledger.ts';
import { planPaidToClient, planWriteOff, type Shares } from '#engine/plan-claim-postings.ts';
import type { Minor } from '#engine/money.ts';
import { openTotal, type Receivable } from '#engine/claims/receivable.ts';
import { storeCaseChanges } from '#engine/store/credits.ts';
import type { Tx } from '#engine/store/database.ts';
import { releaseCredited } from '#engine/store/holds.ts';
import { withLedger } from '#engine/store/ledger.ts';
import { countryOf } from '#engine/sockets/parts.ts';
import { agreementOf } from '../agreement-of.ts';
import type { House } from '../house.ts';
import { todayOf } from '../today.ts';
import type { AllowedOrder } from './orders.ts';

type Loss = AllowedOrder<Extract<ClaimAct, { readonly action: 'write-off' | 'paid-to-client' }>>;

/** Books what the bureau will not receive: written off, or paid to the client directly. */
export async function bookLosses(house: House, tx: Tx, client: string, losses: readonly Loss[]): Promise<void> {
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
