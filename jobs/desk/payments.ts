import type { IsoDate } from '#engine/iso-date.ts';
import type { Minor } from '#engine/money.ts';
import { covers } from '#engine/scope.ts';
import { BUREAU } from '#engine/sender.ts';
import { accountSchemeOf } from '#engine/sockets/account-scheme.ts';
import { storeAudit } from '#engine/store/audit.ts';
import type { Tx } from '#engine/store/database.ts';
import {
  loadPaymentEvents,
  loadPayments,
  lockPayment,
  type PaymentEvent,
  type PaymentRow,
} from '#engine/store/payments/payment-rows.ts';
import { parts } from '../house/parts.ts';
import {
  allocateByHand,
  type AllocationOrder,
  PaymentActRefused,
  receiverOf,
  refundPayment,
  dropRepeated,
  undoPayment,
} from '../payments/act-on-payment.ts';
import { carryOut, clientAt, read, UsageError, type ActingDesk, type Desk } from './desk.ts';

/** A payment as people are told of it: its numbers in the house are text, since every `bigint` of an answer is money. */
export interface ToldPayment extends Omit<PaymentRow, 'id' | 'reversedBy' | 'reverses' | 'suspense'> {
  readonly id: string;
  readonly reversedBy: string | null;
  readonly reverses: string | null;
  readonly suspense: {
    readonly reason: string;
    /** What it may be for; each fact by name. */
    readonly candidates: readonly Candidate[];
    readonly resolved: boolean;
  } | null;
}

/** An invoice, or another payment, that money in suspense may belong to. */
interface Candidate {
  readonly invoice?: string;
  readonly payment?: string;
  readonly receivable?: string;
  readonly because?: string;
  readonly amount?: Minor;
}

export type ToldPaymentEvent = Omit<PaymentEvent, 'sequence'> & { readonly sequence: string };

export type { AllocationOrder };

const told = ({ id, reversedBy, reverses, suspense, ...payment }: PaymentRow): ToldPayment => ({
  ...payment,
  id: String(id),
  reversedBy: reversedBy === null ? null : String(reversedBy),
  reverses: reverses === null ? null : String(reverses),
  suspense: suspense && {
    ...suspense,
    candidates: suspense.candidates.map(({ amount, ...facts }) => ({
      ...facts,
      ...(amount === undefined ? {} : { amount: BigInt(amount) }),
    })),
  },
});

const toldEvent = (event: PaymentEvent): ToldPaymentEvent => ({ ...event, sequence: String(event.sequence) });

/** A list longer than this is asked for by client and date. */
export const MAX_PAYMENTS_LISTED = 500;

export interface PaymentsQuestion {
  readonly bookingDate?: IsoDate | undefined;
  /** Only what has money in suspense. */
  readonly suspense: boolean;
}

/** Payments in the order in which they came, and whether there are more than are listed. */
export async function listPayments(
  desk: Desk,
  { bookingDate, suspense }: PaymentsQuestion,
): Promise<{ readonly payments: readonly ToldPayment[]; readonly more: boolean }> {
  const { scope } = desk;
  if (scope !== 'bureau' && scope.client !== BUREAU) clientAt({ ...desk, scope });
  const found = await read(desk, (tx) => loadPayments(tx, { scope, bookingDate, suspense, limit: MAX_PAYMENTS_LISTED + 1 }));
  return { payments: found.slice(0, MAX_PAYMENTS_LISTED).map(told), more: found.length > MAX_PAYMENTS_LISTED };
}

export interface ShownPayment {
  readonly payment: ToldPayment;
  readonly events: readonly ToldPaymentEvent[];
}

/** One payment with every entry about it. @throws UsageError */
export function showPayment(desk: Desk, id: bigint): Promise<ShownPayment> {
  const { scope } = desk;
  return read(desk, async (tx) => {
    const [payment] = await loadPayments(tx, { scope, id, limit: 1 });
    if (!payment) throw unknown(id);
    return { payment: told(payment), events: (await loadPaymentEvents(tx, id, scope)).map(toldEvent) };
  });
}

const unknown = (id: bigint): UsageError => new UsageError(`There is no payment ${id}: kuvert payment list shows them.`);

/** Something that a person does with a payment, and why. */
export interface PaymentOrder {
  readonly id: bigint;
  readonly reason: string;
  readonly dryRun: boolean;
}

/** What came of an act: the payment as it stands now, or why nothing was done. */
export type ActedOnPayment =
  | ({ readonly outcome: 'done'; readonly payout?: string } & ShownPayment)
  | { readonly outcome: 'refused'; readonly because: string };

/** Ties money in suspense, or a debtor's credit, to invoices, in the order given; of the payment's own client where none is named. */
export const allocatePayment = (
  desk: ActingDesk,
  {
    orders,
    client,
    ...order
  }: PaymentOrder & { readonly orders: readonly AllocationOrder[]; readonly client?: string | undefined },
): Promise<ActedOnPayment> =>
  actOn(desk, 'allocate', order, async (tx, payment) => {
    const owner = client ?? payment.client;
    if (owner === BUREAU) throw new UsageError('Nobody knows whose money it is: say whose invoices with --client.');
    if (!covers(desk.scope, owner)) throw new UsageError(`There is no client ${owner} here.`);
    const known = clientAt({ ...desk, scope: { client: owner } });
    await allocateByHand(desk.house, tx, { payment, client: known, orders });
  });

/** Kinds of accounts that money can be paid to. */
export const payableKinds: readonly string[] = Object.keys(parts.accounts).filter(
  (kind) => accountSchemeOf(parts, kind).order !== undefined,
);

export interface RefundOrder extends PaymentOrder {
  /** Absent: all of it. */
  readonly amount?: Minor | undefined;
  /** Absent: the account it came from, and the payer as the bank named them. */
  readonly to?: string | undefined;
  readonly name?: string | undefined;
  readonly town: string;
}

/** Orders money in suspense, or a debtor's credit, to be paid back. */
export const orderRefundOf = (desk: ActingDesk, { amount, to, name, town, ...order }: RefundOrder): Promise<ActedOnPayment> =>
  actOn(desk, 'refund', order, (tx, payment) => {
    const receiver = receiverOf(desk.house.config, payment, { to, name, town });
    return refundPayment(desk.house, tx, { payment, who: desk.person, amount, receiver });
  });

/** Unties a payment from what it was tied to; `repeated`: the bank told of it twice, and it is taken out of the money too. */
export const untiePayment = (
  desk: ActingDesk,
  { repeated, ...order }: PaymentOrder & { readonly repeated: boolean },
): Promise<ActedOnPayment> =>
  actOn(desk, 'undo', order, (tx, payment) => (repeated ? dropRepeated : undoPayment)(desk.house, tx, payment));

/** Does it under the payment's lock and enters it in the audit (IS4), or shows what it would do. Gives the number of a payout it ordered. */
async function actOn(
  desk: ActingDesk,
  act: 'allocate' | 'refund' | 'undo',
  { id, reason, dryRun }: PaymentOrder,
  work: (tx: Tx, payment: PaymentRow) => Promise<bigint | void>,
): Promise<ActedOnPayment> {
  const { house, person, scope } = desk;
  try {
    return await carryOut(desk, dryRun, async (tx) => {
      const payment = await lockPayment(tx, id, scope);
      if (payment === null) throw unknown(id);
      const payout = await work(tx, payment);
      await storeAudit(tx, { at: house.clock(), who: person, act: `payment ${act}`, subject: `payment ${id}`, reason });
      return {
        outcome: 'done',
        ...(payout === undefined ? {} : { payout: String(payout) }),
        payment: told((await lockPayment(tx, id, scope)) ?? payment),
        events: (await loadPaymentEvents(tx, id, scope)).map(toldEvent),
      };
    });
  } catch (error) {
    if (!(error instanceof PaymentActRefused)) throw error;
    return { outcome: 'refused', because: error.message };
  }
}
