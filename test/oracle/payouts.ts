import type { Day } from './days.ts';
import { roundedQuotient } from './interest.ts';
import { balance, post, type Line, type World } from './world.ts';

/** What the bureau takes, without VAT. */
const PRICES = { reminder: 12_00n, demand: 25_00n, payment: 50n } as const;
const MINIMUM_PAYOUT = 100_00n;

/**
 * The settlement of a business date and what is paid out of it (collection-rules.md §10.4, §10.5): what was received for the client,
 * less what they owe the bureau, where something is left. Fees of letters that have left and of payments tied to receivables are
 * charged once.
 */
export function payOut(world: World, on: Day): void {
  charge(world, on);
  const owed = -balance(world, 'clientLiability');
  const setOff = (claim: bigint, left: bigint): bigint => (claim < left ? claim : left);
  const deficit = setOff(balance(world, 'clientDeficit'), owed);
  const fees = setOff(balance(world, 'feeReceivable'), owed - deficit);
  const line = (account: string, amount: bigint): Line => ({ on, value: on, account, amount });
  post(world, [
    line('clientLiability', deficit + fees),
    line('clientDeficit', -deficit),
    line('feeReceivable', -fees),
    ...(world.terms.product === 'purchase' ? [] : [line('ownBank', deficit + fees), line('clientFunds', -deficit - fees)]),
  ]);
  const net = owed - deficit - fees;
  if (net < MINIMUM_PAYOUT) return;
  post(world, [line('clientLiability', net), line('payoutInTransit', -net), line('clientBank', net), line('withBureau', -net)]);
  world.payouts.push({ amount: net, state: 'planned' });
}

function charge(world: World, on: Day): void {
  let fee = 0n;
  for (const letter of world.letters.filter((one) => one.state === 'released' && !one.charged)) {
    letter.charged = true;
    fee += PRICES[letter.kind];
  }
  // Money on a receivable that the bureau has bought is its own, and no service to the client.
  const payments = world.terms.product === 'purchase' ? [] : world.payments;
  for (const payment of payments.filter((one) => !one.charged)) {
    const tied = world.book.some((line) => line.payment === payment.id && line.claim !== undefined);
    if (!tied) continue;
    payment.charged = true;
    fee += PRICES.payment;
  }
  const vat = roundedQuotient(fee, 4n);
  const line = (account: string, amount: bigint): Line => ({ on, value: on, account, amount });
  post(world, [
    line('feeReceivable', fee + vat),
    line('feeIncome', -fee),
    line('feeVat', -vat),
    line('serviceCost', fee),
    line('inputVat', vat),
    line('withBureau', -fee - vat),
  ]);
}

/** The bank has debited the payout, or refuses it: then the client is owed it again to the öre. */
export function endPayouts(world: World, on: Day, answer: 'settled' | 'rejected'): void {
  const bank = world.terms.product === 'purchase' ? 'ownBank' : 'clientFunds';
  for (const payout of world.payouts.filter((one) => one.state === 'planned')) {
    payout.state = answer;
    const line = (account: string, amount: bigint): Line => ({ on, value: on, account, amount });
    const { amount } = payout;
    post(
      world,
      answer === 'settled'
        ? [line('payoutInTransit', amount), line(bank, -amount)]
        : [
            line('payoutInTransit', amount),
            line('clientLiability', -amount),
            line('withBureau', amount),
            line('clientBank', -amount),
          ],
    );
  }
}
