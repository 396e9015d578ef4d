import type { InnerHouse, TakenIn } from '../../house/inner-house.ts';
import { trialCsv, type TrialRow } from '../../house/trial-csv.ts';
import { isoDate } from '#engine/iso-date.ts';
import { makeCamt054, type DemoPayment } from '#jobs/demo/files/bank-file.ts';

/** The account and giro of the clients that only tests have (test/house/bank-accounts.yaml). */
export const ACCOUNT = { iban: 'SE4400000000099999900033', currency: 'SEK' } as const;
export const GIRO = '8888885';

let files = 0;
/** A message id that no file before had. */
export const nextId = (): string => `T${(files += 1)}`;

/** A payment of a file: the giro and the bank's reference are given where a case does not say. */
export type Paid = Partial<DemoPayment> & { readonly amount: bigint };

/** A notification as the bank sends it; `archive` begins the bank's references, which are the same for the same payments. */
export const notification = (
  payments: readonly Paid[],
  {
    date = '2026-11-20',
    archive = nextId(),
    messageId = nextId(),
    iban = ACCOUNT.iban,
  }: Partial<Record<'date' | 'archive' | 'messageId' | 'iban', string>> = {},
): Uint8Array =>
  makeCamt054({
    messageId,
    account: { ...ACCOUNT, iban },
    bookingDate: isoDate(date),
    createdAt: `${date}T17:05:00+01:00`,
    payments: payments.map((payment, index) => ({ bankgiro: GIRO, servicerReference: `${archive}-${index + 1}`, ...payment })),
  });

/** Issues invoices of 1,250.00 by `provet` and gives their payment references by number. */
export async function issue(inner: InnerHouse, ...rows: readonly TrialRow[]): Promise<ReadonlyMap<string, string>> {
  await inner.takeIn('provet', `${nextId()}.csv`, trialCsv(...rows));
  const found = await inner.rows<{ number: string; reference: string }>(
    'select i.number, r.reference from invoice i join payment_reference r on r.invoice_id = i.id',
  );
  return new Map(found.map((row) => [row.number, row.reference]));
}

/** Takes a bank's file in. */
export const bank = (inner: InnerHouse, content: Uint8Array | string, name = `${nextId()}.xml`): Promise<TakenIn> =>
  inner.takeIn('bank', name, content);

/** The open amount of an invoice, all components. */
export async function openOf(inner: InnerHouse, number: string): Promise<bigint> {
  const [row] = await inner.rows<{ open: bigint }>(
    `select coalesce(sum(p.amount), 0)::bigint as open from posting p join receivable r on r.id = p.receivable_id
       join invoice i on i.id = r.invoice_id where i.number = $1 and p.account like 'receivable%'`,
    [number],
  );
  return row!.open;
}

/** Balances of a client's ledger by account, in öre, as an accountant reads them: those of zero are left out. */
export async function balances(inner: InnerHouse, client = 'provet'): Promise<Readonly<Record<string, bigint>>> {
  const found = await inner.rows<{ account: string; amount: bigint }>(
    `select account, sum(amount)::bigint as amount from posting where client_id = $1 group by account having sum(amount) <> 0 order by account`,
    [client],
  );
  return Object.fromEntries(found.map((row) => [row.account, row.amount]));
}

/** What lies in suspense: reason and amount. */
export const suspense = (
  inner: InnerHouse,
): Promise<readonly { readonly reason: string; readonly amount: bigint; readonly client: string }[]> =>
  inner.rows(
    `select s.reason, p.amount, p.client_id as client from suspense_item s join payment p on p.id = s.payment_id
     where s.resolved_at is null order by p.id`,
  );
