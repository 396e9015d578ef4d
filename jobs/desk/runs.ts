import type { IsoDate } from '#engine/iso-date.ts';
import { decideAssessment, loadAssessments, lockAssessment, type AssessmentRow } from '#engine/store/assessments.ts';
import { storeAudit } from '#engine/store/audit.ts';
import {
  loadRun,
  loadRunItems,
  loadRuns,
  runKinds,
  type RunKindName,
  type RunRow,
  type ShownRunItem,
} from '#engine/store/runs.ts';
import { advance } from '../pipeline/advance.ts';
import {
  executeRun,
  previewRun,
  type Executed,
  clientsConcerned,
  loadAllMissing,
  type MissingRun,
  runKindsByName,
  undoRun,
  type Undone,
} from '../runs/execute-run.ts';
import type { RunPreview } from '../runs/run-kind.ts';
import { carryOut, clientAt, dateAt, read, type ActingDesk, type Desk } from './desk.ts';

/** Every kind of run there is, and what it does. */
export const kindsOfRun: readonly { readonly kind: RunKindName; readonly title: string }[] = runKinds.map((kind) => ({
  kind,
  title: runKindsByName[kind].title,
}));

const MAX_SHOWN = 500;

/** A run as people are told of it: its number is text, since every `bigint` of an answer is money. */
export type ToldRun = Omit<RunRow, 'id'> & { readonly id: string };

const told = (run: RunRow): ToldRun => ({ ...run, id: String(run.id) });

export interface RunsAsked {
  readonly kind?: RunKindName | undefined;
  readonly from?: IsoDate | undefined;
}

/** Runs, the latest first. */
export async function listRuns(desk: Desk, { kind, from }: RunsAsked): Promise<readonly ToldRun[]> {
  return (await read(desk, (tx) => loadRuns(tx, { scope: desk.scope, kind, from, limit: MAX_SHOWN }))).map(told);
}

/** Runs that should have been made by now and were not (IR1). */
export async function listMissingRuns(desk: Desk, { kind }: Pick<RunsAsked, 'kind'>): Promise<readonly MissingRun[]> {
  const missing = await read(desk, (tx) => loadAllMissing(desk.house, tx, desk.scope));
  return missing.filter((item) => kind === undefined || item.kind === kind);
}

/** A run with what it did about each receivable, and why; undefined if there is none such. */
export function showRun(
  desk: Desk,
  id: bigint,
): Promise<{ readonly run: ToldRun; readonly items: readonly ShownRunItem[] } | undefined> {
  return read(desk, async (tx) => {
    const run = await loadRun(tx, id, desk.scope);
    return run && { run: told(run), items: await loadRunItems(tx, id, MAX_SHOWN) };
  });
}

export interface RunAsked {
  readonly kind: RunKindName;
  /** Absent: today. */
  readonly date?: IsoDate | undefined;
}

/** What became of the order of a run for one client. */
export type RunDone = { readonly client: string } & (
  | { readonly outcome: 'applied'; readonly runs: readonly ToldRun[] }
  | { readonly outcome: 'already-done'; readonly run: ToldRun }
  | Extract<Executed, { readonly outcome: 'refused' }>
);

/** Makes a run of the caller's client, or of all whose agreement has it, and all that follows. `override` says why the gate is opened (IR2). */
export async function makeRun(
  desk: ActingDesk,
  { kind: name, date, override }: RunAsked & { readonly override?: string | undefined },
): Promise<readonly RunDone[]> {
  const { house, person: who } = desk;
  const kind = runKindsByName[name];
  const businessDate = dateAt(desk, date);
  const opened = override === undefined ? {} : { override: { who, reason: override } };
  const done: RunDone[] = [];
  for (const client of clientsFor(desk, name, businessDate)) {
    const executed = await executeRun(house, { kind, client, businessDate, trigger: 'command', who, ...opened });
    done.push({ client, ...toldExecuted(executed) });
  }
  const [trouble] = await advance(house, new AbortController().signal);
  if (trouble) throw trouble;
  return done;
}

function toldExecuted(executed: Executed) {
  switch (executed.outcome) {
    case 'applied':
      return { outcome: executed.outcome, runs: executed.runs.map(told) };
    case 'already-done':
      return { outcome: executed.outcome, run: told(executed.run) };
    case 'refused':
      return executed;
  }
}

const clientsFor = (desk: Desk, kind: RunKindName, date: IsoDate): readonly string[] =>
  desk.scope === 'bureau' ? clientsConcerned(desk.house, runKindsByName[kind], date) : [clientAt({ ...desk, scope: desk.scope })];

/** What a run of one client would do. */
export interface RunShown extends RunPreview {
  readonly client: string;
  readonly gate: readonly string[];
  readonly missing: readonly IsoDate[];
}

/** Shows what a run would do, on any date, and does nothing. */
export async function previewRuns(
  desk: ActingDesk,
  { kind, date }: RunAsked,
): Promise<{ readonly businessDate: IsoDate; readonly shown: readonly RunShown[] }> {
  const businessDate = dateAt(desk, date);
  const shown: RunShown[] = [];
  for (const client of clientsFor(desk, kind, businessDate)) {
    const preview = await previewRun(desk.house, { kind: runKindsByName[kind], client, businessDate });
    shown.push({ client, ...preview });
  }
  return { businessDate, shown };
}

/** Takes a run back, while nothing of it has left the house. */
export const takeRunBack = (
  { house, person: who, scope }: ActingDesk,
  order: { readonly run: bigint; readonly reason: string; readonly dryRun: boolean },
): Promise<Undone> => undoRun(house, { ...order, who, scope });

/** A proposal as people are told of it. */
export type ToldAssessment = Omit<AssessmentRow, 'id' | 'run'> & { readonly id: string; readonly run: string };

const toldAssessment = (row: AssessmentRow): ToldAssessment => ({ ...row, id: String(row.id), run: String(row.run) });

/** Proposals of what to do with unpaid claims; only those that wait for a person, unless all are asked for. */
export async function listAssessments(desk: Desk, { all }: { readonly all: boolean }): Promise<readonly ToldAssessment[]> {
  const question = { scope: desk.scope, undecided: !all, limit: MAX_SHOWN };
  return (await read(desk, (tx) => loadAssessments(tx, question))).map(toldAssessment);
}

const decisions = { confirm: 'confirmed', decline: 'declined' } as const;

/** What became of a person's word on a proposal. */
export type DecidedAssessment =
  | { readonly outcome: 'decided'; readonly assessment: ToldAssessment }
  /** It was decided before, and is left so. */
  | { readonly outcome: 'decided-before'; readonly assessment: ToldAssessment }
  | { readonly outcome: 'unknown' };

/** Takes a proposal or sets it aside, and enters it in the audit (IS4). */
export function decideOnAssessment(
  desk: ActingDesk,
  { id, verb, reason }: { readonly id: bigint; readonly verb: 'confirm' | 'decline'; readonly reason: string },
): Promise<DecidedAssessment> {
  const { house, person: who, scope } = desk;
  return carryOut(desk, false, async (tx) => {
    const row = await lockAssessment(tx, id, scope);
    if (row === undefined) return { outcome: 'unknown' };
    if (row.decision !== null) return { outcome: 'decided-before', assessment: toldAssessment(row) };
    const at = house.clock();
    const decision = decisions[verb];
    await decideAssessment(tx, id, { decision, who, reason, at });
    const subject = `${row.client} ${row.invoice}: ${row.outcome}`;
    await storeAudit(tx, { at, who, act: `assessment ${verb}`, subject, reason });
    return {
      outcome: 'decided',
      assessment: toldAssessment({ ...row, decision, decidedBy: who, decisionReason: reason }),
    };
  });
}
