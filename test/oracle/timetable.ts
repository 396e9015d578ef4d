import { afterBankDays, bankDayFrom, type Day } from './days.ts';
import { interestOf } from './interest.ts';
import { accountOf, extras, openInAll, openOf, post, total, type Claim, type Hold, type Letter, type Part, type TimetableStep, type World } from './world.ts';

export interface Decision {
  readonly claim: Claim;
  readonly level: number;
  readonly step: TimetableStep;
  readonly deadline?: Day;
  readonly amounts: Readonly<Record<Part, bigint>>;
}

/** The steps that a run of a business date takes, or why it leaves a claim alone. */
export function decide(world: World, claim: Claim, on: Day): Decision | string {
  if (claim.amount <= 0n) return 'credit';
  if (openInAll(world, claim.number, on) <= world.terms.tolerance) return 'settled';
  const taken = claim.steps.filter((step) => !step.withdrawn);
  const step = world.terms.timetable[taken.length];
  if (!step) return 'timetable ended';
  const holds = claim.holds.filter((hold) => standsOn(hold, on));
  if (holds.some((hold) => hold.kind !== 'dispute' || hold.amount === undefined)) return 'held';
  const disputed = holds.reduce((sum, hold) => sum + (hold.amount ?? 0n), 0n);
  const principal = openOf(world, claim.number, 'principal', on) - disputed;
  if (principal <= 0n) return 'nothing but costs';
  const last = taken.at(-1);
  if (last && last.dispatched === undefined) return 'not dispatched';
  if (on < earliest(world, claim, step)) return 'too early';
  return { claim, level: taken.length + 1, step, ...deadlineOf(step, on), amounts: amountsOf(world, claim, step, { principal, on }) };
}

const standsOn = (hold: Hold, on: Day): boolean =>
  hold.from <= on && (hold.until === undefined || on <= hold.until) && (hold.released === undefined || on < hold.released);

/**
 * The latest of all lower bounds, on a bank day (§14.2): the timetable's own day, payments on their way after the due date, the date to
 * pay of the letter before with the days it gave counted from its dispatch, and a new term after a date that was given or a dispute.
 */
function earliest(world: World, claim: Claim, step: TimetableStep): Day {
  const { graceBankDays } = world.terms;
  const lapsed = (day: Day): Day => afterBankDays(day, graceBankDays) + 1;
  const due = dueFor(claim);
  const bounds = [due + step.daysAfterDue, lapsed(due)];
  const last = claim.steps.filter((one) => !one.withdrawn).at(-1);
  if (last?.dispatched !== undefined) bounds.push(last.dispatched + 1);
  if (last?.deadline !== undefined && last.dispatched !== undefined) {
    const days = world.terms.timetable[last.level - 1]?.deadlineDays ?? 0;
    bounds.push(lapsed(Math.max(last.deadline, last.dispatched + days)));
  }
  return bankDayFrom(Math.max(...bounds));
}

/** A deferment gives a new date to pay; the timetable counts from it (F51). One that was released early does not. */
const dueFor = ({ due, holds }: Claim): Day =>
  Math.max(due, ...holds.filter((hold) => hold.kind === 'deferment' && hold.released === undefined).map((hold) => hold.until ?? due));

const deadlineOf = (step: TimetableStep, on: Day): { deadline?: Day } =>
  step.deadlineDays === 0 ? {} : { deadline: bankDayFrom(on + step.deadlineDays) };

function amountsOf(world: World, claim: Claim, step: TimetableStep, { principal, on }: { principal: bigint; on: Day }): Decision['amounts'] {
  const once = (part: Part, amount: bigint): bigint =>
    claim.steps.some((one) => !one.withdrawn && one.amounts[part] > 0n) ? 0n : amount;
  const interest = interestDue(world, claim, on);
  return {
    principal,
    interest: interest > 0n ? interest : 0n,
    reminderFee: step.kind === 'reminder' ? once('reminderFee', step.fee) : 0n,
    collectionFee: step.kind === 'demand' ? once('collectionFee', step.fee) : 0n,
    compensation: once('compensation', step.compensation),
  };
}

/** What interest has come to by the end of a day, less what was claimed of it and not taken back. */
export function interestDue(world: World, claim: Claim, on: Day): bigint {
  const owed = (day: Day): bigint =>
    total(world, (line) => line.claim === claim.number && line.account === 'receivable' && line.on <= on && line.value < day);
  const accrued = interestOf({ rate: world.terms.rate, from: claim.due + 1, to: on, principal: owed });
  const claimed = -total(world, (line) => line.claim === claim.number && line.account === 'income:interest' && line.on <= on);
  return accrued - claimed;
}

/** A run: every claim that its kind concerns and that is due for a step, the oldest first; one letter per debtor and kind. */
export function run(world: World, kind: 'reminder' | 'collection', on: Day): readonly Decision[] {
  const decisions = world.claims
    .map((claim) => decide(world, claim, on))
    .filter((decision) => typeof decision !== 'string')
    .filter(({ step }) => (kind === 'reminder') === (step.kind === 'reminder'));
  const isLetter = ({ step }: Decision): boolean => step.kind === 'reminder' || step.kind === 'demand';
  const keys = [...new Set(decisions.filter(isLetter).map(({ claim, step }) => `${claim.debtor} ${step.kind}`))];
  const letters = new Map(
    keys.map((key): [string, Letter] => {
      const claims = decisions.filter(({ claim, step }) => `${claim.debtor} ${step.kind}` === key).map(({ claim }) => claim.number);
      return [key, { debtor: key.split(' ')[0] ?? '', claims, state: 'waiting' }];
    }),
  );
  world.letters.push(...letters.values());
  for (const decision of decisions) take(world, decision, on, letters.get(`${decision.claim.debtor} ${decision.step.kind}`));
  return decisions;
}

function take(world: World, { claim, level, step, deadline, amounts }: Decision, on: Day, letter: Letter | undefined): void {
  claim.steps.push({
    level,
    kind: step.kind,
    on,
    amounts,
    withdrawn: false,
    ...(deadline === undefined ? {} : { deadline }),
    ...(letter === undefined ? {} : { letter }),
  });
  for (const part of extras) {
    post(world, [
      { on, value: on, account: accountOf(part), amount: amounts[part], claim: claim.number },
      { on, value: on, account: `income:${part}`, amount: -amounts[part], claim: claim.number },
    ]);
  }
}
