import { dateInZone } from '#engine/iso-date.ts';
import { BUREAU } from '#engine/sender.ts';
import type { Transaction } from '#engine/store/database.ts';
import { lockLedger } from '#engine/store/ledger.ts';
import { loadOwnCandidates, setItemKinds } from '#engine/store/payments/bank-items.ts';
import { bookShares, completeSuspense, storePayments } from '#engine/store/payments/book-items.ts';
import { noteCollectionChanges } from '#engine/store/payments/collection-changes.ts';
import {
  loadDemandedReceivables,
  keepMatches,
  loadTouchedClients,
  matchOthers,
  tiePlain,
} from '#engine/store/payments/match-items.ts';
import { bookReversals, matchReversals } from '#engine/store/payments/reverse-payments.ts';
import { withdrawLetters } from '#engine/store/withdraw-letters.ts';
import type { House } from '../house.ts';
import { applyPayoutMovements, matchPayouts, type PayoutMovement } from '../payout/bank-movements.ts';
import { decideItems } from './decide-items.ts';

/**
 * Posts the new items of a bank file: what they are, what they are for, the ledgers of all clients concerned locked in order, letters
 * that now ask for paid money pulled back, then the booking. Set by set; only what the plain rule leaves is decided one by one.
 */
export async function postItems(house: House, transaction: Transaction, file: bigint): Promise<void> {
  const at = house.clock();
  const movements = await findPayoutMovements(transaction);
  await matchReversals(transaction);
  await keepMatches(transaction);
  await matchOthers(transaction);
  await lockAndWithdraw(house, transaction, movements);
  await tiePlain(transaction);
  await decideItems(house, transaction);
  await completeSuspense(transaction);
  await storePayments(transaction, { file, at, owners: movements });
  await bookShares(transaction, at);
  await noteCollectionChanges(transaction);
  await bookReversals(transaction, { file, at });
  await applyPayoutMovements(house, transaction, { movements, at });
}

type OwnMovement = PayoutMovement & { readonly item: bigint; readonly client: string };

/** Debits that are our orders, and orders that came back; what bears our ids and cannot be one goes to a person. */
async function findPayoutMovements(transaction: Transaction): Promise<readonly OwnMovement[]> {
  const candidates = await loadOwnCandidates(transaction);
  const matches = await matchPayouts(transaction, candidates);
  const found = candidates.flatMap((candidate, index) => {
    const match = matches[index];
    return match === undefined ? [] : [{ candidate, match }];
  });
  await setItemKinds(
    transaction,
    found.map(({ candidate: { item }, match }) =>
      match.kind === 'conflict'
        ? { item, kind: 'unclear', because: `payout-${match.because}` }
        : { item, kind: match.kind, because: null },
    ),
  );
  return found.flatMap(({ candidate: { item, bookingDate }, match }) =>
    match.kind === 'conflict'
      ? []
      : [{ item, bookingDate, kind: match.kind, payouts: match.payouts, client: match.payouts[0]?.client ?? BUREAU }],
  );
}

async function lockAndWithdraw(house: House, transaction: Transaction, movements: readonly OwnMovement[]): Promise<void> {
  const touched = await loadTouchedClients(transaction);
  const owners = movements.flatMap(({ payouts }) => payouts.map(({ client }) => client));
  const at = house.clock();
  const on = dateInZone(at, house.config.bureau.timeZone);
  for (const client of [...new Set([...touched, ...owners, BUREAU])].sort()) {
    const receivables = await loadDemandedReceivables(transaction, client);
    if (receivables.length === 0) await lockLedger(transaction, client);
    else await withdrawLetters(transaction, { client, receivables, because: 'paid', on, at });
  }
}
