import { agreementOn } from '#engine/agreement.ts';
import { isBankDay } from '#engine/bank-days.ts';
import type { IsoDate } from '#engine/iso-date.ts';
import { missingDates } from '#engine/runs/missing-dates.ts';
import { storeAudit } from '#engine/store/audit.ts';
import { inTransaction, rehearse, type Tx } from '#engine/store/database.ts';
import { finishRun, findRun, loadRun, loadRunDates, startRun, type NewRun, type RunRow } from '#engine/store/runs.ts';
import { calendarOfClient } from '../calendars.ts';
import type { House, OpenHome } from '../house.ts';
import { releaseOutgoing } from '../pipeline/outgoing.ts';
import { todayOf } from '../today.ts';
import { gateTrouble } from './gate.ts';
import type { BegunRun, RunKind, RunPreview } from './run-kind.ts';

export interface RunOrder {
  readonly kind: RunKind;
  readonly client: string;
  readonly businessDate: IsoDate;
  readonly trigger: 'schedule' | 'command';
  readonly who: string;
  /** Opens the gate by name and reason (IR2). */
  readonly override?: { readonly who: string; readonly reason: string };
}

/** What became of an order. */
export type Executed =
  /** The run, and before it those that were missed. */
  | { readonly outcome: 'applied'; readonly runs: readonly RunRow[] }
  /** Schedule and command at once, or again: there is one run (IR1). */
  | { readonly outcome: 'already-done'; readonly run: RunRow }
  /** Nothing was done, and why. */
  | { readonly outcome: 'refused'; readonly rule: RefusalRule; readonly because: readonly string[] };

export type RefusalRule = 'not-a-bank-day' | 'in-the-future' | 'no-agreement' | 'gate';

/**
 * Executes one run with all that was missed before it, in one transaction: the unique run rows first, then the gate, then the kind's work
 * on the client's locked ledger. Either all of it is done or nothing (IR1, IR2, XT3).
 */
export async function executeRun(house: House, order: RunOrder): Promise<Executed> {
  const refusal = refuseDate(house, order);
  if (refusal) return refusal;
  const executed = await inTransaction(house.database, (tx) => execute(house, tx, order)).catch((error: unknown) => {
    if (error instanceof GateRefusal) return { outcome: 'refused', rule: 'gate', because: error.missing } as const;
    throw error;
  });
  if (executed.outcome === 'applied') {
    await releaseOutgoing(house);
    for (const { id, kind, client, businessDate, steps, skips } of executed.runs)
      house.log.info('run.applied', { run: id.toString(), kind, client, date: businessDate, steps, skips });
  }
  return executed;
}

/** Undoes the begun rows by undoing the transaction. */
class GateRefusal extends Error {
  readonly missing: readonly string[];

  constructor(missing: readonly string[]) {
    super('expected bank files are not posted');
    this.missing = missing;
  }
}

async function execute(house: House, tx: Tx, order: RunOrder): Promise<Executed> {
  const { kind, client, businessDate, who, override } = order;
  const today = todayOf(house);
  const run = { kind: kind.kind, client, who, at: house.clock(), ...(override ? { override } : {}) };
  const asked = await startRun(tx, { ...run, businessDate, trigger: order.trigger });
  if (asked === null) return alreadyDone(tx, order);
  const trouble = await gateTrouble(house, tx, { businessDate, today });
  if (trouble.length > 0 && override === undefined) throw new GateRefusal(trouble);
  if (override) {
    const subject = `${kind.kind} ${client} ${businessDate}`;
    await storeAudit(tx, { at: run.at, who: override.who, act: 'run gate override', subject, reason: override.reason });
  }
  const missed = kind.catchUp === 'each-date' ? await beginMissed(house, tx, order, run) : [];
  const runs = [...missed, { id: asked, businessDate }];
  const outcomes = await kind.apply(house, tx, { client, today, runs, who });
  for (const [index, { id }] of runs.entries()) {
    const outcome = outcomes[index];
    if (outcome === undefined) throw new Error(`the ${kind.kind} run ${id} has no outcome`);
    await finishRun(tx, id, outcome);
  }
  const rows: RunRow[] = [];
  for (const { id } of runs) {
    const row = await loadRun(tx, id, { client });
    if (row) rows.push(row);
  }
  return { outcome: 'applied', runs: rows };
}

async function alreadyDone(tx: Tx, { kind, client, businessDate }: RunOrder): Promise<Executed> {
  const run = await findRun(tx, { kind: kind.kind, client, businessDate });
  if (run === undefined) throw new Error(`a ${kind.kind} run of ${client} for ${businessDate} came and went`);
  return { outcome: 'already-done', run };
}

/** Begins the runs that were missed before, each on its own date. */
async function beginMissed(
  house: House,
  tx: Tx,
  { kind, client, businessDate }: RunOrder,
  run: Omit<NewRun, 'businessDate' | 'trigger'>,
): Promise<BegunRun[]> {
  const begun: BegunRun[] = [];
  for (const date of await loadMissing(house, tx, { kind, client, before: businessDate })) {
    const id = await startRun(tx, { ...run, businessDate: date, trigger: 'catch-up' });
    if (id !== null) begun.push({ id, businessDate: date });
  }
  return begun;
}

export interface MissingQuestion {
  readonly kind: RunKind;
  readonly client: string;
  readonly before: IsoDate;
}

/** Dates on which a run of a client should have been and was not (IR1). */
export async function loadMissing(house: OpenHome, tx: Tx, { kind, client, before }: MissingQuestion): Promise<IsoDate[]> {
  const ran = await loadRunDates(tx, kind.kind, client);
  return missingDates(calendarOfClient(house.config, client), ran, before);
}

/** A run is of a bank day that has come (fault XA1), and of a client whose agreement has it. */
function refuseDate(house: House, { kind, client, businessDate }: RunOrder): Executed | undefined {
  const refused = (rule: RefusalRule, because: string): Executed => ({ outcome: 'refused', rule, because: [because] });
  const agreement = house.config.clients.get(client);
  const terms = agreement && agreementOn(agreement, businessDate);
  if (terms === undefined || !kind.concerns(terms))
    return refused('no-agreement', `The agreement of ${client} on ${businessDate} has no ${kind.kind} run.`);
  if (businessDate > todayOf(house)) return refused('in-the-future', `${businessDate} has not come: today is ${todayOf(house)}.`);
  if (!isBankDay(calendarOfClient(house.config, client), businessDate))
    return refused('not-a-bank-day', `${businessDate} is no bank day; runs are made on bank days.`);
  return undefined;
}

/** Shows what a run would do, on any date, without doing it; the gate is asked and only reported. */
export async function previewRun(
  house: House,
  { kind, client, businessDate }: Pick<RunOrder, 'kind' | 'client' | 'businessDate'>,
): Promise<RunPreview & { readonly gate: readonly string[]; readonly missing: readonly IsoDate[] }> {
  return rehearse(house.database, async (tx) => {
    const today = todayOf(house);
    const gate = await gateTrouble(house, tx, { businessDate, today });
    const missing = kind.catchUp === 'each-date' ? await loadMissing(house, tx, { kind, client, before: businessDate }) : [];
    return { ...(await kind.plan(house, tx, { client, businessDate, today })), gate, missing };
  });
}
