import type { Scope } from '#engine/scope.ts';
import { storeAudit } from '#engine/store/audit.ts';
import { inTransaction, rehearse, type Tx } from '#engine/store/database.ts';
import { withLedger, type Ledger } from '#engine/store/ledger.ts';
import { loadRunEffects, withdrawCases, withdrawSteps } from '#engine/store/run-effects.ts';
import { lockRun, setRunUndone, type RunRow } from '#engine/store/runs.ts';
import { withdrawDocuments } from '#engine/store/withdraw-letters.ts';
import type { House } from '../house.ts';
import { todayOf } from '../today.ts';

export interface UndoOrder {
  readonly run: bigint;
  /** A run of another client is not there. */
  readonly scope: Scope;
  readonly who: string;
  readonly reason: string;
  readonly dryRun: boolean;
}

export type Undone =
  | { readonly outcome: 'undone'; readonly letters: number; readonly steps: number }
  | { readonly outcome: 'refused'; readonly because: string };

/**
 * Takes a run back: its letters leave the spool, what they claimed is taken back by compensating entries, its steps are withdrawn, and the
 * date may be run again (fault XA5). Refused as a whole if anything of it has left the house. A letter that carries claims of several
 * missed dates is withdrawn whole; the other dates' claims are demanded anew by the next run.
 */
export async function undoRun(house: House, order: UndoOrder): Promise<Undone> {
  const work = (tx: Tx): Promise<Undone> => undo(house, tx, order);
  return order.dryRun ? rehearse(house.database, work) : inTransaction(house.database, work);
}

async function undo(house: House, tx: Tx, { run: id, scope, who, reason }: UndoOrder): Promise<Undone> {
  const run = await lockRun(tx, id, scope);
  if (run === undefined) return { outcome: 'refused', because: 'there is no such run, or it was undone before' };
  if (run.kind === 'payout') return { outcome: 'refused', because: 'a payout is taken back with kuvert payout cancel' };
  return withLedger(tx, { client: run.client, at: house.clock() }, (ledger) => takeBack(house, tx, ledger, { run, who, reason }));
}

async function takeBack(
  house: House,
  tx: Tx,
  ledger: Ledger,
  { run, who, reason }: { readonly run: RunRow; readonly who: string; readonly reason: string },
): Promise<Undone> {
  const { id } = run;
  const effects = await loadRunEffects(tx, id);
  if (effects.gone !== null) return { outcome: 'refused', because: effects.gone };
  const at = house.clock();
  const because = `run ${id} undone: ${reason}`;
  const on = todayOf(house);
  await withdrawDocuments(tx, ledger, { documents: effects.letters, because, on, at });
  await withdrawCases(tx, id, on);
  await withdrawSteps(tx, id, { at, because });
  await setRunUndone(tx, id, { who, reason, at });
  await storeAudit(tx, { at, who, act: 'run undo', subject: subjectOf(run), reason });
  return { outcome: 'undone', letters: effects.letters.length, steps: effects.steps };
}

const subjectOf = ({ id, kind, client, businessDate }: RunRow): string => `run ${id}, ${kind} ${client} ${businessDate}`;
