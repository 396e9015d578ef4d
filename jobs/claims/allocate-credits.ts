import type { ExtraComponent } from '#engine/amounts.ts';
import type { Minor } from '#engine/money.ts';
import { actOf, isLetter } from '#engine/claims/bounds.ts';
import { planTakeBack, planCredits, type PlannedCredit } from '#engine/plan-postings.ts';
import type { Receivable } from '#engine/claims/receivable.ts';
import { accruedInterest } from '#engine/claims/claimed-amounts.ts';
import {
  loadClaimedExtras,
  loadCreditPairs,
  storeCaseChanges,
  type ClaimedExtras,
  type CreditScope,
} from '#engine/store/credits.ts';
import type { Tx } from '#engine/store/database.ts';
import { releaseCredited } from '#engine/store/holds.ts';
import type { BookedTransaction, Ledger } from '#engine/store/ledger.ts';
import { loadReceivables } from '#engine/store/receivables.ts';
import { withdrawLetters } from '#engine/store/withdraw-letters.ts';
import { loadLiability } from '#engine/store/payments/reverse-payments.ts';
import { type House, todayOf } from '../house/house.ts';
import { termsOf } from '../runs/terms-of.ts';

interface CreditWork {
  readonly scope: CreditScope;
  /** The client has said that the credit is for the disputed part too. */
  readonly consent: boolean;
}

/**
 * Sets credit notes against the invoices they name, whichever of the two came last, and takes back what was claimed as if the credited
 * part had never been owed (reference/collection-rules.md §8.2). Letters that demand it and have not left are pulled back first.
 */
export async function allocateCredits(house: House, tx: Tx, ledger: Ledger, { scope, consent }: CreditWork): Promise<void> {
  const { client } = ledger;
  const at = house.clock();
  const on = todayOf(house);
  const find = () => loadCreditPairs(tx, { client, on, scope, consent });
  const found = planCredits(await find(), on);
  if (found.length === 0) return;
  const invoices = [...new Set(found.map(({ pair }) => pair.invoice))];
  const letters = await withdrawLetters(tx, ledger, { receivables: invoices, because: 'credited', on, at });
  // What a withdrawn letter had claimed and was paid may have gone to the principal.
  const planned = letters.length === 0 ? found : planCredits(await find(), on);
  await ledger.book(planned.map(({ transaction }) => transaction));
  const back = await planTakenBack(house, tx, client, planned);
  await ledger.book(back);
  const keys = [...planned.map(({ transaction }) => transaction), ...back].map(({ effectKey }) => effectKey);
  await storeCaseChanges(tx, { client, keys, kind: 'credit' });
  await releaseCredited(tx, { on, at }, invoices);
}

/** Interest and fees of credited invoices that are not owed any more. */
async function planTakenBack(
  house: House,
  tx: Tx,
  client: string,
  planned: readonly PlannedCredit[],
): Promise<readonly BookedTransaction[]> {
  const last = new Map(planned.map((item) => [item.pair.invoice, item]));
  const claimed = await loadClaimedExtras(tx, [...last.keys()]);
  if (claimed.length === 0) return [];
  const asOf = planned.map((item) => item.transaction.entryDate).reduce((a, b) => (a > b ? a : b));
  const receivables = await loadReceivables(tx, {
    client,
    asOf,
    timeZone: house.config.bureau.timeZone,
    limit: claimed.length,
    only: { ids: claimed.map((extras) => extras.receivable) },
  });
  const interestOwed = interestOwedBy(house, client);
  let heldAmount = await loadLiability(tx, client);
  return receivables.flatMap((receivable) => {
    const extras = claimed.find((one) => one.receivable === receivable.id);
    const credit = last.get(receivable.id);
    if (!extras || !credit) return [];
    const parts = partsNotOwed(receivable, extras, interestOwed);
    if (parts.length === 0) return [];
    const { pair, transaction: allocation } = credit;
    const effectKey = allocation.effectKey.replace(/^credit:/, 'credit-back:');
    const booking = {
      receivable: receivable.id,
      currency: pair.currency,
      product: pair.product,
      effectKey,
      on: allocation.entryDate,
    };
    const plan = planTakeBack(booking, { debtor: receivable.debtor.id, parts, open: receivable.open, heldAmount });
    for (const posting of plan?.postings ?? []) if (posting.account === 'clientLiability') heldAmount -= posting.amount;
    return plan ? [{ ...plan, corrects: extras.lastClaim }] : [];
  });
}

type Part = { readonly component: ExtraComponent; readonly amount: Minor };

/** A credit of the whole waives fees too; one of a part only lowers the interest. */
function partsNotOwed(
  receivable: Receivable,
  { claimed }: ClaimedExtras,
  interestOwed: (receivable: Receivable) => Minor,
): readonly Part[] {
  const owedAtDue = receivable.principalHistory.findLast(({ from }) => from <= receivable.dueDate)?.amount ?? 0n;
  const all = Object.entries(claimed) as [ExtraComponent, Minor][];
  if (owedAtDue <= 0n) return all.map(([component, amount]) => ({ component, amount }));
  const interest = claimed.interest ?? 0n;
  const tooMuch = interest > 0n ? interest - interestOwed(receivable) : 0n;
  return tooMuch > 0n ? [{ component: 'interest', amount: tooMuch }] : [];
}

/** Interest through the day of the last letter that claimed any, on what was owed as it is known now. */
function interestOwedBy(house: House, client: string): (receivable: Receivable) => Minor {
  const terms = termsOf(house, client);
  return (receivable) => {
    const under = terms(receivable);
    if (under === undefined) return 0n;
    const letters = receivable.steps.filter((step) => isLetter(actOf(under.rules, step.kind)));
    const through = letters
      .map((step) => step.businessDate)
      .toSorted()
      .at(-1);
    if (through === undefined) return 0n;
    return accruedInterest({ receivable, disputedAmount: 0n }, under, through)?.accrued.totalAmount ?? 0n;
  };
}
