import { bankDayFrom, type Day } from './days.ts';
import type { Step } from './history.ts';
import { applyWaitingCredits, credit, issue, pay, pullLetters, reverse, print } from './money.ts';
import { endPayouts, payOut } from './payouts.ts';
import { run, standsOn } from './timetable.ts';
import { claimOf, openInAll, openOf, type Claim, type Hold, type Payment, type World } from './world.ts';

/** A step with its numbers, dates and amounts: what both sides are told. */
export type Act =
  | { readonly does: 'invoice'; readonly invoice: Parameters<typeof issue>[1] }
  | { readonly does: 'credit'; readonly note: Parameters<typeof credit>[1] }
  | { readonly does: 'pay'; readonly paid: Payment }
  | { readonly does: 'reverse'; readonly paid: Payment; readonly on: Day }
  | { readonly does: 'hold'; readonly number: string; readonly hold: Hold }
  | { readonly does: 'release'; readonly number: string; readonly on: Day; readonly outcome?: 'accepted' | 'rejected' }
  | { readonly does: 'run'; readonly kind: 'reminder' | 'collection'; readonly on: Day }
  | { readonly does: 'pay-out'; readonly on: Day }
  | { readonly does: 'answer'; readonly on: Day; readonly answer: 'settled' | 'rejected' }
  | { readonly does: 'print'; readonly on: Day }
  | { readonly does: 'confirm'; readonly on: Day };

const MOST_DEFERMENTS = 2;
const HUNDRED_KRONOR = 100_00n;
const FIVE_KRONOR = 5_00n;

/** What a step comes to in the world as it is; undefined where it has nothing to work on. */
export function actOf(world: World, step: Step): Act | undefined {
  const { day } = step;
  switch (step.does) {
    case 'invoice': {
      const { invoice, debtor, dueDays, net } = step;
      const due = bankDayFrom(day + dueDays);
      return { does: 'invoice', invoice: { number: `F${invoice}`, debtor: `D${debtor}`, issued: day, due, net } };
    }
    case 'credit':
      return creditAct(world, step);
    case 'pay':
      return payAct(world, step);
    case 'reverse': {
      const paid = world.payments.find((one) => one.id === `P${step.payment}` && !one.reversed);
      return paid && { does: 'reverse', paid, on: day };
    }
    case 'release': {
      const claim = found(world, step.invoice);
      const hold = claim?.holds.find((one) => standsOn(one, day));
      if (!claim || !hold) return undefined;
      return { does: 'release', number: claim.number, on: day, ...(hold.kind === 'dispute' ? { outcome: step.outcome } : {}) };
    }
    case 'defer':
    case 'promise':
    case 'dispute':
    case 'block':
      return holdAct(world, step);
    case 'remind':
      return { does: 'run', kind: 'reminder', on: day };
    case 'collect':
      return { does: 'run', kind: 'collection', on: day };
    case 'pay-out':
      return { does: 'pay-out', on: day };
    case 'answer':
      return world.payouts.some((payout) => payout.state === 'planned')
        ? { does: 'answer', on: day, answer: step.answer }
        : undefined;
    case 'print':
      return world.letters.some((letter) => letter.state === 'waiting') ? { does: 'print', on: day } : undefined;
    case 'confirm': {
      const open = world.letters.some((letter) => letter.state === 'released' && letter.dispatched === undefined);
      return open ? { does: 'confirm', on: day } : undefined;
    }
  }
}

const found = (world: World, invoice: number): Claim | undefined => world.claims.find((claim) => claim.number === `F${invoice}`);

type StepThat<D extends Step['does']> = Extract<Step, { does: D }>;

function creditAct(world: World, { day, note, of, percent }: StepThat<'credit'>): Act | undefined {
  const claim = found(world, of);
  if (!claim) return undefined;
  // In steps of four öre, of which the VAT is one.
  const net = ((claim.amount * percent) / 500n / 4n) * 4n;
  return { does: 'credit', note: { number: `K${note}`, of: claim.number, debtor: claim.debtor, issued: day, due: day, net } };
}

function payAct(world: World, { day, payment, of, how, daysBack }: StepThat<'pay'>): Act | undefined {
  const claims = of.map((invoice) => found(world, invoice)).filter((claim) => claim !== undefined);
  const [first] = claims;
  if (!first || claims.some((claim) => claim.debtor !== first.debtor)) return undefined;
  const parts = claims.map((claim) => ({ invoice: claim.number, amount: sumOf(world, claim, how) }));
  const amount = parts.reduce((sum, part) => sum + part.amount, 0n);
  if (parts.some((part) => part.amount <= 0n)) return undefined;
  const to = how === 'unknown' ? [] : parts;
  return { does: 'pay', paid: { id: `P${payment}`, debtor: first.debtor, amount, booked: day, value: day - daysBack, to } };
}

function sumOf(world: World, claim: Claim, how: StepThat<'pay'>['how']): bigint {
  const open = openInAll(world, claim.number);
  if (how === 'again' || how === 'unknown') return claim.amount;
  if (open <= 0n) return 0n;
  return { exact: open, half: open / 2n, 'too much': open + HUNDRED_KRONOR, nearly: open - FIVE_KRONOR }[how];
}

function holdAct(world: World, step: StepThat<'defer' | 'promise' | 'dispute' | 'block'>): Act | undefined {
  const claim = found(world, step.invoice);
  const { day: from } = step;
  if (!claim || openOf(world, claim.number, 'principal') <= 0n) return undefined;
  if (claim.holds.some((hold) => standsOn(hold, from))) return undefined;
  const { number } = claim;
  switch (step.does) {
    case 'defer': {
      const granted = claim.holds.filter((hold) => hold.kind === 'deferment');
      if (granted.length >= MOST_DEFERMENTS) return undefined;
      // Never nearer than a date to pay that stands (F51).
      const terms = [claim.due, ...granted.map((hold) => hold.until ?? 0), ...claim.steps.map((taken) => taken.deadline ?? 0)];
      const until = Math.max(from, ...terms) + step.days;
      return { does: 'hold', number, hold: { kind: 'deferment', from, until, interestRuns: step.interestRuns } };
    }
    case 'promise':
      return { does: 'hold', number, hold: { kind: 'promise', from, until: from + step.days, interestRuns: true } };
    case 'block':
      return { does: 'hold', number, hold: { kind: 'block', from, interestRuns: true } };
    case 'dispute': {
      const amount = (openOf(world, number, 'principal') * step.percent) / 100n;
      const whole = step.percent === 100n;
      return { does: 'hold', number, hold: { kind: 'dispute', from, interestRuns: true, ...(whole ? {} : { amount }) } };
    }
  }
}

/** The oracle's side of an act. */
export function apply(world: World, act: Act): void {
  switch (act.does) {
    case 'invoice':
      return issue(world, act.invoice);
    case 'credit':
      return credit(world, act.note);
    case 'pay':
      return pay(world, act.paid);
    case 'reverse':
      return reverse(world, act.paid, act.on);
    case 'hold':
      pullLetters(world, act.number, act.hold.from);
      return void claimOf(world, act.number).holds.push({ ...act.hold });
    case 'release':
      return release(world, claimOf(world, act.number), act);
    case 'run':
      return run(world, act.kind, act.on);
    case 'pay-out':
      return payOut(world, act.on);
    case 'answer':
      return endPayouts(world, act.on, act.answer);
    case 'print':
      return print(world, act.on);
    case 'confirm':
      for (const letter of world.letters) if (letter.state === 'released') letter.dispatched ??= act.on;
  }
}

/** What the client admits of what is still open is left alone until their credit note has come. */
function release(world: World, { holds, number }: Claim, { on, outcome }: Extract<Act, { does: 'release' }>): void {
  const hold = holds.find((one) => standsOn(one, on));
  if (!hold) throw new Error('nothing is held');
  Object.assign(hold, { released: on, outcome });
  const amount = hold.amount ?? openOf(world, number, 'principal');
  const creditExpectedSince = world.book.length;
  if (outcome === 'accepted' && amount > 0n)
    holds.push({ kind: 'block', from: on, interestRuns: true, creditExpectedSince, amount });
  applyWaitingCredits(world, number, on);
}
