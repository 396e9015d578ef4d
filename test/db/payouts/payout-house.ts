import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Currency } from '#engine/money.ts';
import { isoDate } from '#engine/iso-date.ts';
import { makeCamt054, type DemoOrder, type DemoPayment } from '#jobs/demo/files/bank-file.ts';
import { makePain002, type DemoPaymentStatus } from '#jobs/demo/files/payment-status.ts';
import type { ConfigChanges } from '../../house/copy-config.ts';
import { openInnerHouse, type InnerHouse } from '../../house/inner-house.ts';
import { runCommand, type Ran } from '../../house/run-command.ts';
import { trialCsv, type TrialRow } from '../../house/trial-csv.ts';

/** A house with a client that is paid, its bank and its operators Anna and Bo. */
export interface PayoutHouse {
  readonly inner: InnerHouse;
  readonly on: (date: string) => Promise<void>;
  readonly kuvert: (...words: readonly string[]) => Promise<Ran>;
  readonly invoices: (...rows: readonly TrialRow[]) => Promise<void>;
  /** The bank tells of receipts and debits on the account, today. */
  readonly bank: (report: BankReport) => Promise<string>;
  /** The bank answers a payment file. */
  readonly answer: (status: Omit<DemoPaymentStatus, 'messageId' | 'createdAt'>) => Promise<string>;
  /** Balance of an account of the client's ledger, debit positive. */
  readonly balance: (account: string, client?: string) => Promise<bigint>;
  readonly payouts: () => Promise<readonly PayoutState[]>;
  readonly settlements: () => Promise<readonly SettlementRow[]>;
  /** Payment files in the outbox, by name. */
  readonly files: () => Promise<Readonly<Record<string, string>>>;
  readonly close: () => Promise<void>;
}

export interface BankReport {
  readonly receipts?: readonly Pick<DemoPayment, 'amount' | 'ocr' | 'text' | 'payerName' | 'payerAccount' | 'returned'>[];
  readonly orders?: readonly Omit<DemoOrder, 'servicerReference'>[];
  /** By IBAN; the test client's. */
  readonly iban?: string;
}

export interface PayoutState {
  readonly id: bigint;
  readonly kind: string;
  readonly state: string;
  readonly amount: bigint;
  readonly instruction_id: string | null;
  readonly payment_information_id: string | null;
  readonly message_id: string | null;
}

export interface SettlementRow {
  readonly number: number;
  readonly opening: bigint;
  readonly received: bigint;
  readonly restored: bigint;
  readonly returned: bigint;
  readonly fees: bigint;
  readonly fees_vat: bigint;
  readonly paid_out: bigint;
  readonly closing: bigint;
  readonly rule: string;
}

const TEST_ACCOUNT = 'SE4400000000099999900033';

/** The gate is the runs’ own affair and tested with them. */
const withoutGate = (text: string): string => text.replaceAll(/^ +expects: .*\n/gm, '');

export async function openPayoutHouse(changes: ConfigChanges = {}): Promise<PayoutHouse> {
  const accounts = changes['bank-accounts.yaml'] ?? ((text: string) => text);
  const inner = await openInnerHouse({ changes: { ...changes, 'bank-accounts.yaml': (text) => withoutGate(accounts(text)) } });
  const present = { now: '2026-11-21T09:00:00Z', files: 0 };
  const next = (): number => (present.files += 1);
  const date = (): string => present.now.slice(0, 10);
  const stamp = (): string => `${date()}T09:00:00+01:00`;
  return {
    inner,
    on: async (day) => {
      present.now = `${day}T08:00:00Z`;
      await inner.reopen(new Date(present.now));
    },
    kuvert: (...words) =>
      runCommand(words, {
        KUVERT_HOME: inner.house.home,
        KUVERT_CONFIG: join(inner.folder, 'config'),
        KUVERT_DATABASE_URL: inner.databaseUrl,
        KUVERT_NOW: present.now,
      }),
    invoices: async (...rows) => void (await inner.takeIn('provet', `invoices-${next()}.csv`, trialCsv(...rows))),
    bank: async ({ receipts = [], orders = [], iban = TEST_ACCOUNT }) => {
      const number = next();
      const content = makeCamt054({
        messageId: `BANK-${number}`,
        account: { iban, currency: 'SEK' satisfies Currency },
        bookingDate: isoDate(date()),
        createdAt: stamp(),
        payments: receipts.map((receipt, index) => ({
          bankgiro: '8888885',
          servicerReference: `S${number}-${index}`,
          ...receipt,
        })),
        orders: orders.map((order, index) => ({ ...order, servicerReference: `D${number}-${index}` })),
      });
      return receive(inner, `camt-${number}.xml`, content);
    },
    answer: (status) => {
      const number = next();
      return receive(
        inner,
        `pain002-${number}.xml`,
        makePain002({ messageId: `ANSWER-${number}`, createdAt: stamp(), ...status }),
      );
    },
    balance: async (account, client = 'provet') => {
      const [row] = await inner.rows<{ total: bigint }>(
        'select coalesce(sum(amount), 0)::bigint as total from posting where account = $1 and client_id = $2',
        [account, client],
      );
      return row?.total ?? 0n;
    },
    payouts: () =>
      inner.rows<PayoutState>(
        `select p.id, p.kind, p.state, p.amount, p.instruction_id, p.payment_information_id, f.message_id
         from payout p left join payment_file f on f.id = p.payment_file_id order by p.id`,
      ),
    settlements: () =>
      inner.rows<SettlementRow>(
        `select number, opening, received, restored, returned, fees, fees_vat, paid_out, closing, rule from settlement order by id`,
      ),
    files: async () => {
      const folder = join(inner.house.home, 'outbox', 'bank');
      const names = (await readdir(folder)).toSorted();
      return Object.fromEntries(
        await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const)),
      );
    },
    close: () => inner.close(),
  };
}

/** Gives what became of the file. */
async function receive(inner: InnerHouse, name: string, content: Uint8Array): Promise<string> {
  const id = await inner.receive('bank', name, content);
  await inner.settle(id).catch((error: unknown) => {
    // Senders that are no clients get no receipt, which the helper looks for.
    if (!(error instanceof Error) || !error.message.includes('ENOENT')) throw error;
  });
  const [row] = await inner.rows<{ state: string }>('select state from file where id = $1', [id]);
  return row?.state ?? '';
}
