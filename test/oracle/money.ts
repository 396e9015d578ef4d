import type { Day } from './days.ts';
import { roundedQuotient } from './interest.ts';
import {
  accountOf,
  balance,
  claimLines,
  claimOf,
  extras,
  openInAll,
  openOf,
  post,
  total,
  type Claim,
  type Extra,
  type Line,
  type Part,
  type Payment,
  type World,
} from './world.ts';
import { interestDue, standsOn, demandable } from './timetable.ts';

/** Costs, then interest, then principal (collection-rules.md §8.1). */
const coverOrder: readonly Part[] = [...extras, 'principal'];

interface Issued {
  readonly number: string;
  readonly debtor: string;
  readonly issued: Day;
  readonly due: Day;
  /** Without VAT, which is 25 %. */
  readonly net: bigint;
}

export function issue(world: World, { net, ...invoice }: Issued): void {
  world.claims.push({ ...invoice, amount: (net * 5n) / 4n, holds: [], steps: [] });
  postIssue(world, invoice.number, invoice.issued, net);
  for (const credit of world.claims.filter((claim) => claim.credits === invoice.number))
    applyCredit(world, credit, invoice.issued);
}

/** A credit note lowers the invoice it names; the rest of it stays as the debtor's credit. */
export function credit(world: World, { net, of, ...note }: Issued & { readonly of: string }): void {
  const claim: Claim = { ...note, credits: of, amount: (-net * 5n) / 4n, holds: [], steps: [] };
  world.claims.push(claim);
  postIssue(world, note.number, note.issued, -net);
  if (world.claims.some((one) => one.number === of)) applyCredit(world, claim, note.issued);
}

function postIssue(world: World, claim: string, on: Day, net: bigint): void {
  const vat = net / 4n;
  post(world, [
    { on, value: on, account: 'receivable', amount: net + vat, claim },
    { on, value: on, account: 'sales', amount: -net },
    { on, value: on, account: 'vat:25', amount: -vat },
  ]);
  if (world.terms.product === 'purchase') postPurchase(world, on, net + vat);
}

/** Bought when issued: the client gets 96 %, and what is kept is the bureau's fee with VAT in it (§10.4). A credit note turns it round. */
function postPurchase(world: World, on: Day, nominal: bigint): void {
  const price = roundedQuotient(nominal * 96n, 100n);
  const fee = roundedQuotient((nominal - price) * 100n, 125n);
  const vat = nominal - price - fee;
  const line = (account: string, amount: bigint): Line => ({ on, value: on, account, amount });
  post(world, [
    line('withBureau', price),
    line('serviceCost', fee),
    line('inputVat', vat),
    line('soldReceivables', -nominal),
    line('purchasedReceivables', nominal),
    // What the client owes back for a credit note is set off by the next settlement: their money may have been paid out.
    line(nominal > 0n ? 'clientLiability' : 'clientDeficit', -price),
    line('feeIncome', -fee),
    line('feeVat', -vat),
  ]);
}

/** Credit notes that wait for their invoice, or for an answer to an objection. */
export function applyWaitingCredits(world: World, invoice: string, on: Day): void {
  for (const note of world.claims.filter((claim) => claim.credits === invoice)) applyCredit(world, note, on);
}

function applyCredit(world: World, note: Claim, on: Day): void {
  const invoice = claimOf(world, note.credits ?? '');
  const left = -openOf(world, note.number, 'principal');
  const owed = openOf(world, invoice.number, 'principal') - disputedOf(world, invoice, on);
  const amount = left < owed ? left : owed;
  if (amount <= 0n) return;
  pullLetters(world, invoice.number, on);
  // As if the credited part had never been owed: it counts from the due date (§8.2).
  const value = invoice.due;
  post(world, [
    { on, value, account: 'receivable', amount, claim: note.number },
    { on, value, account: 'receivable', amount: -amount, claim: invoice.number, credited: true },
  ]);
  takeBackUnowed(world, invoice, on);
  for (const hold of invoice.holds.filter((one) => one.creditExpectedSince !== undefined && standsOn(one, on))) {
    const since = world.book.slice(hold.creditExpectedSince).filter((line) => line.claim === invoice.number && line.credited);
    if (since.reduce((sum, line) => sum - line.amount, 0n) >= (hold.amount ?? 0n)) hold.released = on;
  }
}

/** No credit goes to what is disputed unasked. */
function disputedOf(world: World, { holds, number }: Claim, on: Day): bigint {
  const disputes = holds.filter((hold) => hold.kind === 'dispute' && standsOn(hold, on));
  if (disputes.some((hold) => hold.amount === undefined)) return openOf(world, number, 'principal');
  return disputes.reduce((sum, hold) => sum + (hold.amount ?? 0n), 0n);
}

/** Of a claim credited whole no fee is owed; and letters have claimed no more interest than had the credited part never been owed. */
function takeBackUnowed(world: World, invoice: Claim, on: Day): void {
  const { number } = invoice;
  const credited = -total(world, (line) => line.claim === number && line.credited === true);
  const fees = credited >= invoice.amount ? (['reminderFee', 'collectionFee', 'compensation'] as const) : [];
  const letters = invoice.steps.filter((step) => step.letter !== undefined && step.withdrawn === undefined);
  const through = Math.max(0, ...letters.map((step) => step.on));
  const excess = through === 0 ? 0n : -interestDue(world, invoice, { on: through, known: on, disputed: 0n });
  takeBack(world, invoice, on, [
    ...fees.map((part) => [part, total(world, (line) => line.claim === number && line.claims === part)] as const),
    ['interest', excess > 0n ? excess : 0n],
  ]);
}

/** Fees and interest that are not owed after all. What was paid of them goes to what else is open, and then it is the debtor's credit. */
function takeBack(world: World, { number, debtor }: Claim, on: Day, back: readonly (readonly [Extra, bigint])[]): void {
  for (const [part, amount] of back) post(world, claimLines(world, { claim: number, on, part, amount: -amount }));
  const paid = back.map(([part]) => [part, openOf(world, number, part)] as const).filter(([, open]) => open < 0n);
  const amount = -paid.reduce((sum, [, open]) => sum + open, 0n);
  // It lowers what it goes to from this day on.
  const about = { on, value: on - 1, claim: number };
  const raised = paid.map(([part, open]) => ({ ...about, account: accountOf(part), amount: -open }));
  const unpaid = (part: Part): bigint => largest(openOf(world, number, part), 0n);
  let rest = amount;
  const lowered = coverOrder.map((part) => {
    const sum = unpaid(part) < rest ? unpaid(part) : rest;
    rest -= sum;
    return { ...about, account: accountOf(part), amount: -sum };
  });
  const line = (account: string, sum: bigint): Line => ({ on, value: on, account, amount: sum });
  post(world, [...raised, ...lowered, ...untiedLines(world, on, rest), { ...line('overpayment', -rest), debtor }]);
}

const largest = (a: bigint, b: bigint): bigint => (a > b ? a : b);

export function pay(world: World, payment: Payment): void {
  world.payments.push({ ...payment });
  const { id, booked: on, value, amount, to, debtor } = payment;
  const open = to.filter((part) => openInAll(world, part.invoice) > 0n);
  for (const part of open) pullLetters(world, part.invoice, on);
  const lines: Line[] = [];
  let rest = amount;
  // First what the payer meant for each; what is left over then goes to what else they named, before it is their credit (§8.1, §8.2).
  for (const meant of [(part: { readonly amount: bigint }) => part.amount, () => rest]) {
    for (const part of open) {
      const before = (component: Part): bigint =>
        lines
          .filter((line) => line.claim === part.invoice && line.account === accountOf(component))
          .reduce((sum, line) => sum - line.amount, 0n);
      const covered = cover(world, part.invoice, { amount: meant(part), before });
      for (const [component, sum] of covered)
        lines.push({ on, value, account: accountOf(component), amount: -sum, claim: part.invoice, payment: id });
      rest -= covered.reduce((sum, [, one]) => sum + one, 0n);
    }
  }
  const tied = amount - rest;
  const account = to.length === 0 ? 'suspense' : 'overpayment';
  post(world, [
    ...lines,
    ...moneyLines(world, { on, value, amount, tied }),
    { on, value, account, amount: -rest, payment: id, ...(to.length === 0 ? {} : { debtor }) },
  ]);
  for (const part of to) giveUpRest(world, { claim: part.invoice, payment: id, on });
}

interface Money {
  readonly on: Day;
  readonly value: Day;
  readonly amount: bigint;
  /** Of it to receivables. */
  readonly tied: bigint;
}

/** The other side of money that came: the client's, or the bureau's own on a receivable that it has bought (§10.4). */
function moneyLines({ terms }: World, { on, value, amount, tied }: Money): readonly Line[] {
  const [bank, owed, mirror] =
    terms.product === 'purchase'
      ? (['ownBank', 'purchasedReceivables', 'soldReceivables'] as const)
      : (['clientFunds', 'clientLiability', 'withBureau'] as const);
  return [
    { on, value, account: mirror, amount: tied },
    { on, value, account: bank, amount },
    { on, value, account: owed, amount: -tied },
  ];
}

function cover(
  world: World,
  claim: string,
  { amount, before }: { readonly amount: bigint; readonly before: (part: Part) => bigint },
): (readonly [Part, bigint])[] {
  let rest = amount;
  return coverOrder.map((part) => {
    const open = openOf(world, claim, part) - before(part);
    const sum = open < rest ? open : rest;
    rest -= sum;
    return [part, sum] as const;
  });
}

/** A small rest after a payment is rounded away (§8.2), and comes back with the payment if that is taken back. */
function giveUpRest(
  world: World,
  { claim, payment, on }: { readonly claim: string; readonly payment: string; readonly on: Day },
): void {
  const rest = openInAll(world, claim);
  // What the client has sold is not theirs to forgive, and the bureau gives nothing up by itself.
  if (world.terms.product === 'purchase' || rest <= 0n || rest > world.terms.tolerance) return;
  const about = { on, value: on, claim, payment };
  post(world, [
    { ...about, account: 'rounding', amount: rest },
    ...coverOrder.map((part) => ({ ...about, account: accountOf(part), amount: -openOf(world, claim, part) })),
  ]);
}

/**
 * The bank takes a payment back: what it was tied to is open again as if it had never come, with the interest since (§8.2). What the
 * client has already been paid out of it, they owe the bureau.
 */
export function reverse(world: World, { id: payment, amount }: Payment, on: Day): void {
  for (const one of world.payments) if (one.id === payment) one.reversed = true;
  const lines = world.book.filter((line) => line.payment === payment);
  const turned = lines.map((line) => ({ ...line, on, amount: -line.amount }));
  const untied = total(world, (line) => line.payment === payment && ['suspense', 'overpayment'].includes(line.account));
  const tied = amount + untied;
  const line = (account: string, sum: bigint): Line => ({ on, value: on, account, amount: sum });
  post(world, [
    ...turned,
    ...untiedLines(world, on, tied),
    line(world.terms.product === 'purchase' ? 'ownBank' : 'clientFunds', -amount),
  ]);
}

/** The other side of money that is tied to receivables no more: the client is owed less, or, where it was paid out already, owes it. */
function untiedLines(world: World, on: Day, amount: bigint): readonly Line[] {
  const line = (account: string, sum: bigint): Line => ({ on, value: on, account, amount: sum });
  if (world.terms.product === 'purchase') return [line('soldReceivables', -amount), line('purchasedReceivables', amount)];
  const deficit = largest(amount + balance(world, 'clientLiability'), 0n);
  return [
    line('withBureau', -amount),
    line('clientLiability', amount - deficit),
    line('clientDeficit', deficit),
    // The others' money is never short: the bureau puts in its own the same day (§10.4).
    line('clientFunds', deficit),
    line('ownBank', -deficit),
  ];
}

/** A letter that has not left is pulled when one of its claims changes, and nothing of it is owed (F57). */
export function pullLetters(world: World, claim: string, on: Day): void {
  for (const letter of world.letters.filter((one) => one.state === 'waiting' && one.claims.includes(claim))) {
    letter.state = 'withdrawn';
    for (const number of letter.claims) {
      const step = claimOf(world, number).steps.find((one) => one.letter === letter);
      if (!step) throw new Error(`letter without a step of ${number}`);
      step.withdrawn = on;
      takeBack(
        world,
        claimOf(world, number),
        on,
        extras.map((part) => [part, step.amounts[part]]),
      );
    }
  }
}

/** Letters go out; one that no longer says what may be demanded is pulled instead. */
export function print(world: World, on: Day): void {
  for (const letter of world.letters.filter(({ state }) => state === 'waiting')) {
    const changed = letter.claims.find((number) => {
      const claim = claimOf(world, number);
      return claim.steps.some((step) => step.letter === letter && step.printed !== demandable(world, claim, on));
    });
    if (changed === undefined) letter.state = 'released';
    else pullLetters(world, changed, on);
  }
}
