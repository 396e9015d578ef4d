import { join } from 'node:path';
import { openInnerHouse, type InnerHouse } from '../../house/inner-house.ts';
import type { ConfigChanges } from '../../house/copy-config.ts';
import { runCommand, type Ran } from '../../house/run-command.ts';
import { trialCsv, type TrialRow } from '../../house/trial-csv.ts';

/** The tests' client `provet` under a policy: consumers with a reminder fee, no gate in the way. */
export const consumerTerms = (text: string): string =>
  text
    .replace('debtorClass: business', 'debtorClass: consumer')
    .replace('channels: [einvoice, print]', 'channels: [print]')
    .replace('lateInterest: { kind: statutory }', 'lateInterest: { kind: statutory }\n      reminderFee: 60.00')
    .replace('    fees:', '    policies: { consumer: { use: se-consumer } }\n\n    fees:');

/** Business debtors: compensation instead of fees. */
export const businessTerms = (text: string): string =>
  text
    .replace('channels: [einvoice, print]', 'channels: [print]')
    .replace('    fees:', '    policies: { business: { use: se-business } }\n\n    fees:');

/** Consumers whose claims go to the agency after the reminder. */
export const handoverTerms = (text: string): string => consumerTerms(text).replace('se-consumer }', 'se-consumer-handover }');

/** A house with one client that has runs, moved through time day by day. */
export interface RunHouse {
  readonly inner: InnerHouse;
  /** Goes on at nine in the morning of a date. */
  readonly on: (date: string) => Promise<void>;
  readonly invoices: (...rows: readonly TrialRow[]) => Promise<void>;
  /** The print house confirms that everything released has been posted on a date. */
  readonly posted: (date: string) => Promise<void>;
  /** The row of an invoice's receivable. */
  readonly receivableOf: (invoice: string) => Promise<bigint>;
  /** Runs a command as an operator does, at the house's present time. */
  readonly kuvert: (...words: readonly string[]) => Promise<Ran>;
  readonly close: () => Promise<void>;
}

/** From when on the bank's files are waited for. */
export const bankFilesFrom =
  (date: string) =>
  (text: string): string =>
    text.replace(/(expects: .*from: )\d{4}-\d{2}-\d{2}/, `$1${date}`);

export interface RunHouseOptions {
  readonly changes?: ConfigChanges;
  /** False: letters wait in the house for a cut-off that does not come. */
  readonly printing?: boolean;
}

export async function openRunHouse(
  terms: (text: string) => string,
  { changes = {}, printing = true }: RunHouseOptions = {},
): Promise<RunHouse> {
  const inner = await openInnerHouse({
    printing,
    changes: { 'clients/provet.yaml': terms, 'bank-accounts.yaml': bankFilesFrom('2030-01-01'), ...changes },
  });
  let now = '2026-11-21T09:00:00Z';
  let files = 0;
  return {
    inner,
    on: async (date) => {
      now = `${date}T08:00:00Z`;
      await inner.reopen(new Date(now));
    },
    invoices: async (...rows) => {
      files += 1;
      await inner.takeIn('provet', `invoices-${files}.csv`, trialCsv(...rows));
    },
    posted: async (date) => {
      await inner.rows(
        `update document set dispatched_on = $1 where (state = 'released' or kind = 'invoice') and dispatched_on is null`,
        [date],
      );
    },
    receivableOf: async (invoice) => {
      const [row] = await inner.rows<{ id: bigint }>(
        'select r.id from receivable r join invoice i on i.id = r.invoice_id where i.number = $1',
        [invoice],
      );
      if (!row) throw new Error(`no invoice ${invoice}`);
      return row.id;
    },
    kuvert: (...words) =>
      runCommand(words, {
        KUVERT_HOME: inner.house.home,
        KUVERT_CONFIG: join(inner.folder, 'config'),
        KUVERT_DATABASE_URL: inner.databaseUrl,
        KUVERT_NOW: now,
      }),
    close: () => inner.close(),
  };
}
