import { dateInZone } from '#engine/iso-date.ts';
import { BUREAU } from '#engine/sender.ts';
import type { Tx } from '#engine/store/database.ts';
import { lockLedgers, withLedger } from '#engine/store/ledger.ts';
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
export async function postItems(house: House, tx: Tx, file: bigint): Promise<void> {
  const at = house.clock();
  const movements = await findPayoutMovements(tx);
  await matchReversals(tx);
  await keepMatches(tx);
  await matchOthers(tx);
  await lockAndWithdraw(house, tx, movements);
  await tiePlain(tx);
  await decideItems(house, tx);
  await completeSuspense(tx);
  await storePayments(tx, { file, at, owners: movements });
  await bookShares(tx, at);
  await noteCollectionChanges(tx);
  await bookReversals(tx, { file, at });
  await applyPayoutMovements(house, tx, { movements, at });
}

type OwnMovement = PayoutMovement & { readonly item: bigint; readonly client: string };

/** Debits that are our orders, and orders that came back; what bears our ids and cannot be one goes to a person. */
async function findPayoutMovements(tx: Tx): Promise<readonly OwnMovement[]> {
  const candidates = await loadOwnCandidates(tx);
  const matches = await matchPayouts(tx, candidates);
  const found = candidates.flatMap((candidate, index) => {
    const match = matches[index];
    return match === undefined ? [] : [{ candidate, match }];
  });
  await setItemKinds(
    tx,
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

async function lockAndWithdraw(house: House, tx: Tx, movements: readonly OwnMovement[]): Promise<void> {
  const touched = await loadTouchedClients(tx);
  const owners = movements.flatMap(({ payouts }) => payouts.map(({ client }) => client));
  const at = house.clock();
  const on = dateInZone(at, house.config.bureau.timeZone);
  const clients = [...new Set([...touched, ...owners, BUREAU])].sort();
  await lockLedgers(tx, clients);
  for (const client of clients) {
    const withdrawal = { receivables: await loadDemandedReceivables(tx, client), because: 'paid', on, at };
    await withLedger(tx, { client, at }, (ledger) => withdrawLetters(tx, ledger, withdrawal));
  }
}
