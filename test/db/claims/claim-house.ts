import { formatAmount } from '#engine/money.ts';
import { advance } from '#jobs/pipeline/advance.ts';
import type { InnerHouse, TakenIn } from '../../house/inner-house.ts';
import type { Ran } from '../../house/run-command.ts';
import { trialCsv, type TrialRow } from '../../house/trial-csv.ts';
import { openRunHouse } from '../runs/run-house.ts';

/** A house with the client `provet`, where people act on invoices; its ledger is read as a page. */
export interface ClaimHouse {
  readonly inner: InnerHouse;
  readonly invoices: (...rows: readonly TrialRow[]) => Promise<void>;
  /** A control file of these rows, with its headings and closing row. */
  readonly control: (name: string, ...rows: readonly string[]) => Promise<TakenIn>;
  readonly run: (...words: readonly string[]) => Promise<Ran>;
  /** An act on an invoice that must succeed. */
  readonly act: (action: string, invoice: string, ...options: readonly string[]) => Promise<Ran>;
  /** The postings on some invoices' receivables in ledger order. */
  readonly page: (...invoices: readonly string[]) => Promise<readonly string[]>;
  /** What is open of the principal of each. */
  readonly open: (...invoices: readonly string[]) => Promise<string>;
  /** What is open in all. */
  readonly total: (invoice: string) => Promise<string>;
  readonly holds: (invoice: string) => Promise<readonly string[]>;
  /** The reminder run of a date, and the letters of it sent unless they wait in the house. */
  readonly remind: (date: string) => Promise<void>;
  readonly on: (date: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function openClaimHouse(
  terms: (text: string) => string,
  options: { readonly printing: boolean } = { printing: false },
): Promise<ClaimHouse> {
  const house = await openRunHouse(terms, options);
  const { inner, kuvert: run, receivableOf } = house;
  let files = 0;
  return {
    inner,
    run,
    invoices: async (...rows) => {
      files += 1;
      const { file } = await inner.takeIn('provet', `documents-${files}.csv`, trialCsv(...rows));
      if (file.counts.accepted !== rows.length)
        throw new Error(`of ${rows.length} documents ${file.counts.accepted} were accepted`);
    },
    control: (name, ...rows) =>
      inner.takeIn('provet', name, ['invoice;action;date;amount;reason', ...rows, `END;${rows.length}`, ''].join('\r\n')),
    act: async (action, invoice, ...options) => {
      const ran = await run('invoice', action, invoice, '--client', 'provet', '--who', 'anna', '--reason', 'prov', ...options);
      if (ran.code !== 0) throw new Error(`${ran.stdout}${ran.stderr}`);
      return ran;
    },
    page: async (...invoices) => {
      const rows = await inner.rows<{ date: string; kind: string; number: string; account: string; amount: bigint }>(
        `select t.entry_date as date, t.kind, i.number, p.account, p.amount from posting p join ledger_transaction t on t.id = p.transaction_id
           join receivable r on r.id = p.receivable_id join invoice i on i.id = r.invoice_id
         where i.number = any($1) and p.account like 'receivable%' order by t.sequence, p.line`,
        [invoices],
      );
      return rows.map(
        ({ date, kind, number, account, amount }) =>
          `${date} ${kind.padEnd(10)} ${number} ${account} ${amount < 0n ? '' : ' '}${formatAmount(amount)}`,
      );
    },
    open: async (...invoices) => {
      const sums = await Promise.all(
        invoices.map(async (invoice) => {
          const id = await receivableOf(invoice);
          const [row] = await inner.rows<{ open: bigint }>(
            `select coalesce(sum(amount), 0)::bigint as open from posting where receivable_id = $1 and account = 'receivable'`,
            [id],
          );
          return formatAmount(row?.open ?? 0n);
        }),
      );
      return sums.join(' ');
    },
    total: async (invoice) => {
      const [row] = await inner.rows<{ open: bigint }>(
        `select coalesce(sum(amount), 0)::bigint as open from posting where receivable_id = $1 and account like 'receivable%'`,
        [await receivableOf(invoice)],
      );
      return formatAmount(row?.open ?? 0n);
    },
    holds: async (invoice) => {
      const rows = await inner.rows<{
        kind: string;
        category: string | null;
        amount: bigint | null;
        until: string | null;
        ended: string | null;
      }>(
        `select kind, category, amount, until_date as until, case when released_on is not null then coalesce(outcome, 'released') end as ended
         from hold where receivable_id = $1 order by id`,
        [await receivableOf(invoice)],
      );
      return rows.map((row) =>
        [row.kind, row.category, row.amount === null ? null : formatAmount(row.amount), row.until, row.ended]
          .filter((part) => part !== null)
          .join(' '),
      );
    },
    remind: async (date) => {
      await house.on(date);
      const words = ['--client', 'provet', '--override', '--who', 'anna', '--reason', 'no bank files here'];
      const ran = await run('run', 'reminder', '--date', date, ...words);
      if (ran.code !== 0) throw new Error(`${ran.stdout}${ran.stderr}`);
      const [trouble] = await advance(inner.house, new AbortController().signal);
      if (trouble) throw trouble;
      if (options.printing) await house.posted(date);
    },
    on: house.on,
    close: () => house.close(),
  };
}
