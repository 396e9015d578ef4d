import { demandChange, type ChangeReason } from '#engine/demand-change.ts';
import type { Tx } from '#engine/store/database.ts';
import { loadDemandStates } from '#engine/store/demand-claims.ts';
import { withLedger, type Ledger } from '#engine/store/ledger.ts';
import { loadSpooled, type SpoolRow } from '#engine/store/spools.ts';
import { withdrawDocuments } from '#engine/store/withdraw-letters.ts';
import type { House } from '../house.ts';
import { todayOf } from '../today.ts';

/** Demands compared with the ledger at once. */
const CHUNK_DEMANDS = 500;

/** What people and `trace` read as the cause. */
const because: Readonly<Record<ChangeReason, string>> = {
  settled: 'paid or credited before release',
  changed: 'the amount changed before release',
  held: 'put on hold before release',
  'step-withdrawn': 'its step was withdrawn before release',
  unknown: 'the ledger does not know its invoice',
};

/**
 * Takes out of a print job every demand that is no longer what may be demanded: paid, credited, put on hold or changed since it was
 * planned (IR5). Locks the client's ledger until the transaction ends and gives it, so that what stays cannot change before it
 * is released; null, and no lock, for a job without demands.
 */
export async function pullBackChanged(house: House, tx: Tx, spool: SpoolRow): Promise<Ledger | null> {
  const { demands: planned } = await loadSpooled(tx, spool.jobNumber);
  if (planned.length === 0) return null;
  return withLedger(tx, { client: spool.client, at: house.clock() }, async (ledger) => {
    await pullBack(house, tx, spool, ledger);
    return ledger;
  });
}

async function pullBack(house: House, tx: Tx, spool: SpoolRow, ledger: Ledger): Promise<void> {
  // Asked again under the lock: what was pulled back by a payment meanwhile is gone already.
  const { demands } = await loadSpooled(tx, spool.jobNumber);
  for (let from = 0; from < demands.length; from += CHUNK_DEMANDS) {
    const states = await loadDemandStates(tx, demands.slice(from, from + CHUNK_DEMANDS), todayOf(house));
    const changed = states.flatMap((state) => {
      const change = demandChange(state.claims);
      return change === null ? [] : [{ ...change, document: state.documentId }];
    });
    for (const [reason, documents] of Map.groupBy(changed, (item) => item.reason)) {
      for (const { document, invoice } of documents) house.log.info('letter.withdrawn', { document, invoice, reason });
      await withdrawDocuments(tx, ledger, {
        documents: documents.map((item) => item.document),
        because: because[reason],
        on: todayOf(house),
        at: house.clock(),
      });
    }
  }
}
