import { planTakeBack } from '#engine/plan-claim-postings.ts';
import { extraComponents } from '#engine/amounts.ts';
import { loadClaimedExtras, storeCaseChanges } from '#engine/store/credits.ts';
import type { Tx } from '#engine/store/database.ts';
import { withLedger } from '#engine/store/ledger.ts';
import { loadLiability } from '#engine/store/payments/reverse-payments.ts';
import { agreementOf } from '../agreement-of.ts';
import type { House } from '../house.ts';
import { todayOf } from '../today.ts';
import type { AllowedOrder } from './orders.ts';

/** Takes fees and compensation back from debtors whose objection to them was accepted; interest is owed all the same. */
export async function waiveFees(house: House, tx: Tx, client: string, accepted: readonly AllowedOrder[]): Promise<void> {
  if (accepted.length === 0) return;
  const ids = accepted.map(({ receivable }) => receivable.id);
  const claimed = new Map((await loadClaimedExtras(tx, ids)).map((one) => [one.receivable, one]));
  let heldAmount = await loadLiability(tx, client);
  const planned = accepted.flatMap(({ receivable, source }) => {
    const extras = claimed.get(receivable.id);
    const parts = extraComponents.flatMap((component) => {
      const amount = component === 'interest' ? undefined : extras?.claimed[component];
      return amount === undefined ? [] : [{ component, amount }];
    });
    if (!extras || parts.length === 0) return [];
    const { id, debtor, open, currency, invoiceNumber, agreementVersion } = receivable;
    const { product } = agreementOf(house, client, agreementVersion);
    const effectKey = `fee-waived:${invoiceNumber}:${source}`;
    const plan = planTakeBack(
      { receivable: id, currency, product, effectKey, on: todayOf(house) },
      { debtor: debtor.id, parts, open, heldAmount },
    );
    for (const posting of plan?.postings ?? []) if (posting.account === 'clientLiability') heldAmount -= posting.amount;
    return plan ? [{ ...plan, corrects: extras.lastClaim }] : [];
  });
  await withLedger(tx, { client, at: house.clock() }, (ledger) => ledger.book(planned));
  await storeCaseChanges(tx, { client, keys: planned.map((item) => item.effectKey), kind: 'correction' });
}
