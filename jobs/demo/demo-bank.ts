import type { BankAccount } from '#engine/bank-account.ts';
import { addDays, type IsoDate } from '#engine/iso-date.ts';
import type { Minor } from '#engine/money.ts';
import { inTransaction } from '#engine/store/database.ts';
import type { House } from '../house/house.ts';
import { makeCamt054, type DemoOrder, type DemoPayment } from './files/bank-file.ts';
import { makePain002 } from './files/payment-status.ts';

/** An invoice as its debtor has it on the table. */
export interface Bill {
  readonly client: string;
  readonly invoice: string;
  readonly payer: string;
  readonly bankgiro: string;
  readonly reference: string;
  /** All that is open now, fees and interest included. */
  readonly openAmount: Minor;
  readonly principalAmount: Minor;
}

/** What debtors owe on invoices that have a reference, in order of client and number. */
export async function loadBills(house: House, client: string): Promise<readonly Bill[]> {
  const found = await inTransaction(house.database, (tx) =>
    tx.query<Bill>(
      `select i.client_id as client, i.number as invoice, v.content ->> 'name' as payer, pr.account as bankgiro, pr.reference,
         sum(p.amount)::bigint as "openAmount", coalesce(sum(p.amount) filter (where p.account = 'receivable'), 0)::bigint as "principalAmount"
       from invoice i join receivable r on r.invoice_id = i.id join posting p on p.receivable_id = r.id
         join payment_reference pr on pr.invoice_id = i.id
         join debtor_version v on (v.debtor_id, v.version) = (i.debtor_id, i.debtor_version)
       where i.client_id = $1 group by i.id, pr.account, pr.reference, v.content ->> 'name' having sum(p.amount) > 0
       order by i.number`,
      [client],
    ),
  );
  return found.rows;
}

/** Payment of a bill with its reference: all that is open, or another amount. */
export const payment = (bill: Bill, amount: Minor = bill.openAmount): DemoPayment => ({
  amount,
  ocr: bill.reference,
  payerName: bill.payer,
  bankgiro: bill.bankgiro,
  servicerReference: `R${bill.reference}`,
});

/** Payouts on their way, as the bank reads them in the payment file. */
export async function loadOrders(
  house: House,
): Promise<readonly (DemoOrder & { readonly client: string; readonly account: string })[]> {
  const found = await inTransaction(house.database, (tx) =>
    tx.query<DemoOrder & { client: string; account: string }>(
      `select p.client_id as client, p.from_account as account, p.amount, f.message_id as "messageId",
         p.payment_information_id as "paymentInformationId", p.instruction_id as "endToEndId", 'D' || p.instruction_id as "servicerReference"
       from payout p join payment_file f on f.id = p.payment_file_id where p.state in ('frozen', 'sent', 'accepted') order by p.id`,
    ),
  );
  return found.rows;
}

export interface DemoDay {
  /** The bank's day. */
  readonly date: IsoDate;
  /** The bank tells of what happened since. */
  readonly from: IsoDate;
}

/** The notification of an account for some days; those without any movement are told of too. */
export const notification = (
  account: BankAccount,
  { date, from }: DemoDay,
  movements: { readonly payments: readonly DemoPayment[]; readonly orders?: readonly DemoOrder[] },
): Uint8Array =>
  makeCamt054({
    messageId: `FIKT-${account.id}-${date.replaceAll('-', '')}`,
    account: { iban: account.iban, currency: account.currency },
    bookingDate: date,
    period: { from: from <= date ? from : date, to: date },
    createdAt: `${addDays(date, 1)}T05:30:00+01:00`,
    payments: movements.payments,
    orders: movements.orders ?? [],
  });

/** The bank's answer to a payment file: everything is accepted but what it is told to reject. */
export const statusReport = (
  messageId: string,
  orders: readonly DemoOrder[],
  { date, rejected }: { readonly date: IsoDate; readonly rejected: (order: DemoOrder) => boolean },
): Uint8Array =>
  makePain002({
    messageId: `FIKT-STATUS-${messageId}`,
    createdAt: `${date}T12:00:00+01:00`,
    originalMessageId: messageId,
    payments: [...Map.groupBy(orders, (order) => order.paymentInformationId)].map(([id, own]) => ({
      id,
      status: own.every(rejected) ? 'RJCT' : own.some(rejected) ? 'PART' : 'ACCP',
      transactions: own.map((order) =>
        rejected(order) ? { id: order.endToEndId, status: 'RJCT', reason: 'AC04' } : { id: order.endToEndId, status: 'ACCP' },
      ),
    })),
  });
