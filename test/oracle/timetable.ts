import { afterBankDays, bankDayFrom, isBankDay, type Day } from './days.ts';
import { interestOf } from './interest.ts';
import {
  claimLines,
  extras,
  openInAll,
  openOf,
  post,
  total,
  type Claim,
  type Hold,
  type Letter,
  type Part,
  type Taken,
  type TimetableStep,
  type World,
} from './world.ts';

export type RunKind = 'reminder' | 'collection';

/** The day that a run is for, and the day on which it is really made: later, if it was missed. */
export interface RunDays {
  readonly on: Day;
  readonly today: Day;
}

export interface Decision {
  readonly claim: Claim;
  readonly level: number;
  readonly step: TimetableStep;
  readonly deadline?: Day;
  readonly amounts: Readonly<Record<Part, bigint>>;
}

/** The step that a run takes with a claim by what was known on its day, or why it leaves it alone. */
export function decide(world: World, claim: Claim, days: RunDays): Decision | string {
  const { on } = days;
  if (claim.amount <= 0n) return 'credit';
  if (on <= claim.due) return 'not due';
  if (openInAll(world, claim.number, on) <= world.terms.tolerance) return 'settled';
  const holds = claim.holds.filter((hold) => standsOn(hold, on));
  if (holds.some((hold) => hold.amount === undefined)) return 'held';
  const disputed = holds.reduce((sum, hold) => sum + (hold.amount ?? 0n), 0n);
  const principal = openOf(world, claim.number, 'principal', on) - disputed;
  if (principal < world.terms.minimum) return 'too little';
  const taken = stepsOn(claim, on);
  const step = world.terms.timetable[taken.length];
  if (!step) return 'timetable ended';
  const last = taken.at(-1);
  if (last && last.on >= on) return 'a step today';
  if (last && dispatchOf(last, on) === undefined) return 'not dispatched';
  if (on < earliest(world, claim, step, on)) return 'too early';
  const amounts = amountsOf(world, claim, step, { principal, disputed, on });
  return { claim, level: taken.length + 1, step, ...deadlineOf(step, days.today), amounts };
}

/** What was known of a hold on a day: it begins and ends with days, and a release is not foreseen. */
export const standsOn = (hold: Hold, on: Day): boolean =>
  hold.from <= on && (hold.until === undefined || on <= hold.until) && (hold.released === undefined || on < hold.released);

const stepsOn = ({ steps }: Claim, on: Day): readonly Taken[] =>
  steps.filter((step) => step.on <= on && (step.withdrawn === undefined || on < step.withdrawn));

/** The day the letter went into the post, as far as known on a day; a hand-over goes the day it is made, an assessment to nobody. */
function dispatchOf({ letter, made }: Taken, on: Day): Day | undefined {
  const dispatched = letter ? letter.dispatched : made;
  return dispatched !== undefined && dispatched <= on ? dispatched : undefined;
}

/**
 * The latest of all lower bounds, on a bank day (§14.2): the timetable's own day, payments on their way after the due date, and the date
 * to pay of the letter before, but never less than the days it gives counted from its dispatch.
 */
function earliest(world: World, claim: Claim, step: TimetableStep, on: Day): Day {
  const { graceBankDays, collectionGraceBankDays } = world.terms;
  const taken = stepsOn(claim, on);
  const [first] = taken;
  const last = taken.at(-1);
  const due = Math.max(claim.due, ...newTerms(claim, { on, placedBy: first ? first.on : on, days: 0 }));
  const bounds = [due + step.daysAfterDue];
  // An assessment prepares and presses nobody: it waits for the term alone (§14.1).
  const graceOf = (days: number): number => (step.kind === 'assessment' ? 0 : days);
  if (step.kind !== 'assessment') bounds.push(afterBankDays(due, graceBankDays) + 1);
  const dispatched = last && dispatchOf(last, on);
  if (dispatched !== undefined && last?.deadline !== undefined) {
    const days = world.terms.timetable[last.level - 1]?.deadlineDays ?? 0;
    const deadline = Math.max(last.deadline, dispatched + days, ...newTerms(claim, { on, placedBy: on, days }));
    bounds.push(afterBankDays(deadline, graceOf(last.kind === 'reminder' ? graceBankDays : collectionGraceBankDays)) + 1);
  }
  return bankDayFrom(Math.max(...bounds));
}

/**
 * New dates to pay that the client or the debtor's objection gave: a deferment's last day (F51), and after a dispute the term anew from its
 * end (F50). A promise only suspends (F45).
 */
const newTerms = ({ holds }: Claim, { on, placedBy, days }: { on: Day; placedBy: Day; days: number }): readonly Day[] =>
  holds
    .filter((hold) => hold.from <= placedBy)
    .flatMap(({ kind, until = 0, released }) => {
      const ended = released !== undefined && released <= on ? released : undefined;
      if (kind === 'deferment') return [ended === undefined ? until : Math.min(until, ended)];
      return kind === 'dispute' && ended !== undefined ? [ended + days] : [];
    });

/** A demand gives eight days from dispatch, and four bank days from when it can be expected to have come, three days later (SE-03). */
function deadlineOf({ kind, deadlineDays }: TimetableStep, dispatch: Day): { readonly deadline?: Day } {
  if (deadlineDays === 0) return {};
  const law = kind === 'demand' ? Math.max(dispatch + 8, afterBankDays(bankDayFrom(dispatch + 3), 4)) : 0;
  return { deadline: bankDayFrom(Math.max(dispatch + deadlineDays, law)) };
}

interface Demanded {
  readonly principal: bigint;
  readonly disputed: bigint;
  readonly on: Day;
}

interface InterestThrough {
  /** The last day with interest. */
  readonly on: Day;
  /** By what was known when. */
  readonly known: Day;
  readonly disputed: bigint;
}

function amountsOf(world: World, claim: Claim, step: TimetableStep, { principal, disputed, on }: Demanded): Decision['amounts'] {
  const once = (part: Part, amount: bigint): bigint => (stepsOn(claim, on).some((one) => one.amounts[part] > 0n) ? 0n : amount);
  const interest = isLetter(step) ? interestDue(world, claim, { on, known: on, disputed }) : 0n;
  return {
    principal,
    interest: interest > 0n ? interest : 0n,
    reminderFee: step.kind === 'reminder' ? once('reminderFee', step.fee) : 0n,
    collectionFee: step.kind === 'demand' ? once('collectionFee', step.fee) : 0n,
    compensation: once('compensation', step.compensation),
  };
}

const isLetter = ({ kind }: TimetableStep): boolean => kind === 'reminder' || kind === 'demand';

/** What interest has come to by the end of a day on what is not disputed, less what was claimed of it and not taken back. */
export function interestDue(world: World, claim: Claim, { on, known, disputed }: InterestThrough): bigint {
  const owed = (day: Day): bigint =>
    total(world, (line) => line.claim === claim.number && line.account === 'receivable' && line.on <= known && line.value < day);
  const free = claim.holds.filter((hold) => hold.kind === 'deferment' && !hold.interestRuns);
  const accrued = interestOf({
    rate: world.terms.rate,
    from: claim.due + 1,
    to: on,
    principal: (day) => (free.some((hold) => standsOn(hold, day)) ? 0n : owed(day) - disputed),
  });
  return accrued - total(world, (line) => line.claim === claim.number && line.claims === 'interest' && line.on <= known);
}

/** A run with all those that were missed before it, in order, each by what was known on its day; one letter per debtor of all of them. */
export function run(world: World, kind: RunKind, today: Day): void {
  const before = world.runs[kind];
  const letters = new Map<string, Letter>();
  for (let on = before === undefined ? today : before + 1; on <= today; on += 1) {
    if (!isBankDay(on)) continue;
    for (const decision of decisionsOf(world, kind, { on, today })) {
      const { claim, step } = decision;
      const letter = isLetter(step) ? letterTo(claim.debtor, kind, letters) : undefined;
      letter?.claims.push(claim.number);
      take(world, letter ? chargedOnce(decision, letter) : decision, { on, today }, letter);
    }
  }
  world.letters.push(...letters.values());
  world.runs[kind] = today;
}

/** A written reminder or demand costs its fee once, however many claims are in it; the first has it (1981:739 4 §). */
function chargedOnce(decision: Decision, letter: Letter): Decision {
  const { amounts } = decision;
  if (amounts.reminderFee + amounts.collectionFee === 0n) return decision;
  if (letter.hasFee) return { ...decision, amounts: { ...amounts, reminderFee: 0n, collectionFee: 0n } };
  letter.hasFee = true;
  return decision;
}

function letterTo(debtor: string, kind: RunKind, letters: Map<string, Letter>): Letter {
  const letter = letters.get(debtor) ?? {
    kind: kind === 'reminder' ? 'reminder' : 'demand',
    debtor,
    claims: [],
    hasFee: false,
    state: 'waiting',
  };
  letters.set(debtor, letter);
  return letter;
}

/** Every claim that is due for a step of this kind, the oldest first. */
const decisionsOf = (world: World, kind: RunKind, days: RunDays): readonly Decision[] =>
  world.claims
    .map((claim) => decide(world, claim, days))
    .filter((decision) => typeof decision !== 'string')
    .filter(({ step }) => (kind === 'reminder') === (step.kind === 'reminder'))
    .filter((decision) => standsToday(world, decision, days));

/**
 * A claim of which something was paid, credited or objected to since a missed day waits for the run of a day that knows it (F57), and so
 * does one that an objection ended meanwhile has given a new term (F50): what is missed is demanded only if it may be demanded today.
 */
function standsToday(world: World, { claim, level }: Decision, { on, today }: RunDays): boolean {
  if (on === today) return true;
  const now = decide(world, claim, { on: today, today });
  return (
    typeof now !== 'string' &&
    now.level === level &&
    openInAll(world, claim.number) === openInAll(world, claim.number, on) &&
    !claim.holds.some((hold) => standsOn(hold, today) !== standsOn(hold, on))
  );
}

function take(
  world: World,
  { claim, level, step, deadline, amounts }: Decision,
  { on, today }: RunDays,
  letter: Letter | undefined,
): void {
  for (const part of extras) post(world, claimLines(world, { claim: claim.number, on, part, amount: amounts[part] }));
  claim.steps.push({
    level,
    kind: step.kind,
    on,
    made: today,
    amounts,
    printed: demandable(world, claim, today),
    ...(deadline === undefined ? {} : { deadline }),
    ...(letter === undefined ? {} : { letter }),
  });
}

/** All that may be demanded of a claim now: what is open and nobody objects to. */
export const demandable = (world: World, claim: Claim, on: Day): bigint =>
  openInAll(world, claim.number) -
  claim.holds.filter((hold) => standsOn(hold, on)).reduce((sum, hold) => sum + (hold.amount ?? 0n), 0n);
