import { dateInZone, type IsoDate } from '#engine/iso-date.ts';
import { BUREAU } from '#engine/sender.ts';
import type { Tx } from '#engine/store/database.ts';
import { lockLedgers, withLedger } from '#engine/store/ledger.ts';
import { loadOwnCandidates, setItemKinds } from '#engine/store/payments/bank-items.ts';
import { inOrder, runPhases } from '#engine/store/payments/bank-tables.ts';
import { bookShares, storePayments } from '#engine/store/payments/book-items.ts';
import { noteCollectionChanges } from '#engine/store/payments/collection-changes.ts';
import { loadDemandedReceivables, loadTouchedClients } from '#engine/store/payments/match-items.ts';
import { bookReversals } from '#engine/store/payments/reverse-payments.ts';
import { statement } from '#engine/store/sql.ts';
import { withdrawLetters } from '#engine/store/withdraw-letters.ts';
import type { House } from '../house/house.ts';
import { applyPayoutMovements, matchPayouts, type PayoutMovement } from '../payout/bank-movements.ts';
import { decideItems } from './decide-items.ts';

/** What the phases work on beside the working tables. */
interface Posting {
  readonly house: House;
  readonly tx: Tx;
  readonly file: bigint;
  readonly at: Date;
  readonly on: IsoDate;
  /** Orders of ours that the bank tells of. */
  readonly movements: readonly OwnMovement[];
}

/**
 * How the new items of a bank file are posted: what they are, what they are for, the ledgers of all clients concerned locked in order, letters
 * that now ask for paid money pulled back, then the booking. Set by set; only what the plain rule leaves is decided one by one.
 */
const phases = inOrder<Posting>(
  ['line', 'part', 'giro', 'match', 'item'],
  [
    { name: 'reversals', needs: ['item', 'line'], gives: ['reversal', 'item'], does: statement('bank/find-reversed') },
    { name: 'matches of what is tied', needs: ['match', 'item'], gives: ['match'], does: statement('bank/keep-matches') },
    { name: 'plain receipts', needs: ['match', 'item', 'line'], gives: ['plain', 'search'], does: statement('bank/find-plain') },
    { name: 'other signs', needs: ['search', 'giro'], gives: ['match'], does: statement('bank/match-others') },
    { name: 'locks and letters', needs: ['giro', 'part', 'match', 'item'], gives: [], does: lockAndWithdraw },
    {
      name: 'ties of plain receipts',
      needs: ['plain', 'item', 'line'],
      gives: ['share', 'rest'],
      does: statement('bank/tie-plain'),
    },
    {
      name: 'decisions',
      needs: ['rest', 'match', 'share'],
      gives: ['share', 'suspense'],
      does: ({ house, tx }) => decideItems(house, tx),
    },
    {
      name: 'what is left',
      needs: ['suspense', 'item', 'match', 'giro'],
      gives: ['suspense', 'share'],
      does: statement('bank/complete-suspense'),
    },
    {
      name: 'payments',
      needs: ['item', 'line', 'part', 'share', 'suspense'],
      gives: [],
      does: ({ tx, file, at, movements }) => storePayments(tx, { file, at, owners: movements }),
    },
    { name: 'parties', needs: ['share', 'item', 'part'], gives: ['party'], does: statement('bank/make-parties') },
    { name: 'postings', needs: ['share', 'item', 'party'], gives: ['posting'], does: statement('bank/make-postings') },
    { name: 'booking', needs: ['posting', 'party'], gives: [], does: ({ tx, at }) => bookShares(tx, at) },
    { name: 'what agencies are told', needs: ['share'], gives: [], does: ({ tx }) => noteCollectionChanges(tx) },
    {
      name: 'receipts taken back',
      needs: ['reversal', 'item', 'line', 'part'],
      gives: [],
      does: ({ tx, file, at }) => bookReversals(tx, { file, at }),
    },
    {
      name: 'our own orders',
      needs: [],
      gives: [],
      does: ({ house, tx, movements, at }) => applyPayoutMovements(house, tx, { movements, at }),
    },
  ],
);

/** Posts the new items of a bank file, in the working tables, by the phases above. */
export async function postItems(house: House, tx: Tx, file: bigint): Promise<void> {
  const at = house.clock();
  const on = dateInZone(at, house.config.bureau.timeZone);
  await runPhases(phases, { house, tx, file, at, on, movements: await findPayoutMovements(tx) });
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

async function lockAndWithdraw({ tx, at, on, movements }: Posting): Promise<void> {
  const touched = await loadTouchedClients(tx);
  const owners = movements.flatMap(({ payouts }) => payouts.map(({ client }) => client));
  const clients = [...new Set([...touched, ...owners, BUREAU])].sort();
  await lockLedgers(tx, clients);
  for (const client of clients) {
    const withdrawal = { receivables: await loadDemandedReceivables(tx, client), because: 'paid', on, at };
    await withLedger(tx, { client, at }, (ledger) => withdrawLetters(tx, ledger, withdrawal));
  }
}
