import type { Payout, PayoutState } from '#engine/settlement/payment-file.ts';
import { loadPayoutHistory, loadPayouts, wasPaidBefore, type PayoutQuestion, type ToldStatus } from '#engine/store/payouts.ts';
import { approvePayouts, cancelPayouts, type Decided } from '../payout/decide-payouts.ts';
import { sendPayouts, type SentPayouts } from '../payout/send-payouts.ts';
import { dispatchFiles } from '../pipeline/dispatch-files.ts';
import { remoteFor } from '../outbox/outgoing.ts';
import { carryOut, read, UsageError, type ActingDesk, type Desk } from './desk.ts';

/** A payout as people are told of it: its numbers in the house are text, since every `bigint` of an answer is money. */
export interface ToldPayout extends Omit<Payout, 'id' | 'settlement' | 'payment' | 'paymentFile'> {
  readonly id: string;
  readonly settlement: string | null;
  readonly payment: string | null;
  readonly paymentFile: string | null;
}

const numberText = (id: bigint | null): string | null => (id === null ? null : String(id));

const told = (payout: Payout): ToldPayout => ({
  ...payout,
  id: String(payout.id),
  settlement: numberText(payout.settlement),
  payment: numberText(payout.payment),
  paymentFile: numberText(payout.paymentFile),
});

/** Payouts, the oldest first. */
export async function listPayouts(
  desk: Desk,
  { state }: { readonly state?: PayoutState | undefined },
): Promise<readonly ToldPayout[]> {
  const question = { scope: desk.scope, ...(state === undefined ? {} : { states: [state] }) };
  return (await read(desk, (tx) => loadPayouts(tx, question))).map(told);
}

export interface ShownPayout {
  readonly payout: ToldPayout;
  /** Money has arrived at this account before. */
  readonly paidThereBefore: boolean;
  /** What the bank said of it. */
  readonly history: readonly ToldStatus[];
}

/** One payout and all that the bank said of it. @throws UsageError */
export function showPayout(desk: Desk, id: bigint): Promise<ShownPayout> {
  return read(desk, async (tx) => {
    const [payout] = await loadPayouts(tx, { scope: desk.scope, ids: [id] });
    if (!payout) throw new UsageError(`There is no payout ${id}: kuvert payout list shows them.`);
    return {
      payout: told(payout),
      paidThereBefore: await wasPaidBefore(tx, payout.client, payout.receiver),
      history: await loadPayoutHistory(tx, id),
    };
  });
}

/** A decision about payouts by number, or about all that a payout run planned. */
export interface PayoutOrder {
  readonly which: Pick<PayoutQuestion, 'ids' | 'run'>;
  readonly reason: string | null;
  readonly dryRun: boolean;
}

export interface DecidedPayouts {
  readonly done: readonly ToldPayout[];
  readonly refused: readonly { readonly payout: ToldPayout; readonly because: string }[];
}

/** What left for the bank. */
export interface SentToBank {
  readonly files: readonly ToldPaymentFile[];
  /** Approved and yet not sent: a person must look. */
  readonly stopped: DecidedPayouts['refused'];
}

export interface ToldPaymentFile extends Omit<SentPayouts['files'][number], 'id' | 'outbound'> {
  readonly id: string;
  readonly outbound: string | null;
}

/** A second person lets planned payouts leave; what is approved leaves at once, unless it is a dry run. */
export async function approve(
  desk: ActingDesk,
  order: PayoutOrder,
): Promise<{ readonly decided: DecidedPayouts; readonly sent?: SentToBank }> {
  const decided = await decide(desk, order, approvePayouts);
  return order.dryRun ? { decided } : { decided, sent: await sendToBank(desk) };
}

/** Takes back payouts that were not sent; the money is owed again. */
export const cancel = async (desk: ActingDesk, order: PayoutOrder): Promise<{ readonly decided: DecidedPayouts }> => ({
  decided: await decide(desk, order, cancelPayouts),
});

async function decide(
  desk: ActingDesk,
  { which, reason, dryRun }: PayoutOrder,
  work: typeof approvePayouts,
): Promise<DecidedPayouts> {
  const { house, person, scope } = desk;
  const decided: Decided = await carryOut(desk, dryRun, (tx) =>
    work(house, tx, { which: { ...which, scope }, who: person, reason }),
  );
  return { done: decided.done.map(told), refused: decided.refused.map(toldRefusal) };
}

const toldRefusal = ({ payout, because }: Decided['refused'][number]) => ({ payout: told(payout), because });

async function sendToBank({ house }: ActingDesk): Promise<SentToBank> {
  const { files, stopped } = await sendPayouts(house);
  const remote = remoteFor(house.config, 'payment-file', 'bank');
  if (files.length > 0 && remote !== null) await dispatchFiles(house, remote, new AbortController().signal);
  return {
    files: files.map((file) => ({ ...file, id: String(file.id), outbound: numberText(file.outbound) })),
    stopped: stopped.map(toldRefusal),
  };
}
