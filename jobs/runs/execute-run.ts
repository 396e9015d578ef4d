import { agreementOn } from '#engine/agreement.ts';
import { isBankDay } from '#engine/bank-days.ts';
import { type IsoDate, addDays } from '#engine/iso-date.ts';
import { missingDates } from '#engine/claims/plan-demands.ts';
import { storeAudit } from '#engine/store/audit.ts';
import { inTransaction, rehearse, type Tx } from '#engine/store/database.ts';
import {
  finishRun,
  findRun,
  loadRun,
  loadRunDates,
  startRun,
  type NewRun,
  type RunRow,
  loadMissingBankFiles,
  type RunKindName,
  loadRunEffects,
  withdrawCases,
  withdrawSteps,
  lockRun,
  setRunUndone,
} from '#engine/store/runs.ts';
import { calendarOfClient, type House, type OpenHome, todayOf, calendarOfAccount } from '../house/house.ts';
import { releaseOutgoing } from '../outbox/outgoing.ts';
import type { BegunRun, RunKind, RunPreview } from './run-kind.ts';
import { covers, type Scope } from '#engine/scope.ts';
import { withLedger, type Ledger } from '#engine/store/ledger.ts';
import { withdrawDocuments } from '#engine/store/withdraw-letters.ts';
import { payoutRun } from '../payout/payout-run.ts';
import { demandRun } from './demand-run.ts';

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
async function loadMissing(house: OpenHome, tx: Tx, { kind, client, before }: MissingQuestion): Promise<IsoDate[]> {
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

/**
 * Bank files that must be posted before anybody is asked for money or paid (IR2): all that are expected up to the day before the run, and,
 * if the run is late, up to yesterday, since what was paid meanwhile must not be demanded. Empty: the gate is open.
 */
async function gateTrouble(
  house: House,
  tx: Tx,
  { businessDate, today }: { readonly businessDate: IsoDate; readonly today: IsoDate },
): Promise<readonly string[]> {
  const { bankAccounts } = house.config;
  const missing = await loadMissingBankFiles(tx, {
    accounts: bankAccounts.values(),
    through: addDays(businessDate < today ? today : businessDate, -1),
    calendarOf: (account) => calendarOfAccount(house.config, account),
  });
  return missing.map(({ account, kind, day, held }) =>
    held === undefined
      ? `no ${kind} of account ${account} for ${day} has come`
      : `the ${kind} of account ${account} for ${day} is held: ${held}`,
  );
}

/** Clients whose agreement on a date has this kind of run, in order of id. */
export const clientsConcerned = ({ config }: OpenHome, kind: RunKind, date: IsoDate): readonly string[] =>
  [...config.clients.values()]
    .filter((client) => {
      const agreement = agreementOn(client, date);
      return agreement !== undefined && kind.concerns(agreement);
    })
    .map(({ id }) => id)
    .toSorted();

export interface MissingRun {
  readonly kind: RunKindName;
  readonly client: string;
  readonly date: IsoDate;
}

/** Every run that should have been made by now, today's among them, and was not (IR1). */
export async function loadAllMissing(house: OpenHome, tx: Tx, scope: Scope): Promise<readonly MissingRun[]> {
  const today = todayOf(house);
  const missing: MissingRun[] = [];
  for (const kind of Object.values(runKindsByName)) {
    if (kind.catchUp === 'latest') continue;
    for (const client of clientsConcerned(house, kind, today).filter((id) => covers(scope, id))) {
      const dates = await loadMissing(house, tx, { kind, client, before: addDays(today, 1) });
      missing.push(...dates.map((date) => ({ kind: kind.kind, client, date })));
    }
  }
  return missing;
}

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

/** Bank files that are late are asked for again so often. */
const ASK_AGAIN_SECONDS = 600;

/** Later in the day it is left to the next day's run, which makes up for it. */
const LAST_TIME = '21:30';

const timeInZone = ({ clock, config }: House): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: config.bureau.timeZone, hour: '2-digit', minute: '2-digit' }).format(clock());

/**
 * Makes today's run of a kind for every client in whose country it is a bank day, and before it what was missed. A client whose run fails or whose gate is shut never holds
 * up the others; with a shut gate the job comes again in a while. The rows say what is done, so coming twice does nothing twice.
 */
export async function runOnSchedule(house: House, name: RunKindName, signal: AbortSignal): Promise<void> {
  const kind = runKind(name);
  const today = todayOf(house);
  const troubles: unknown[] = [];
  let shut = false;
  for (const client of clientsConcerned(house, kind, today)) {
    if (signal.aborted) return;
    if (!isBankDay(calendarOfClient(house.config, client), today)) continue;
    try {
      const executed = await executeRun(house, { kind, client, businessDate: today, trigger: 'schedule', who: 'schedule' });
      if (executed.outcome !== 'refused') continue;
      shut ||= executed.rule === 'gate';
      house.log.warn('run.refused', {
        kind: name,
        client,
        date: today,
        rule: executed.rule,
        because: executed.because.join('; '),
      });
    } catch (error) {
      house.log.error('run.failed', {
        kind: name,
        client,
        date: today,
        error: error instanceof Error ? error : new Error(String(error)),
      });
      troubles.push(error);
    }
  }
  if (shut && timeInZone(house) < LAST_TIME)
    await inTransaction(house.database, (tx) =>
      house.queues.send(tx, 'run', { kind: name }, { afterSeconds: ASK_AGAIN_SECONDS }),
    );
  if (troubles.length > 0) throw troubles[0];
}

/** Every kind of run, by name. */
export const runKindsByName: Readonly<Record<RunKindName, RunKind>> = {
  reminder: demandRun('reminder', 'Reminds of what is overdue'),
  collection: demandRun('collection', 'Demands, hands over, assesses and writes off what reminders did not bring in'),
  payout: payoutRun,
};

export const runKind = (name: RunKindName): RunKind => runKindsByName[name];
