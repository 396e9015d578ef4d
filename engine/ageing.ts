import { daysBetween, type IsoDate } from './iso-date.ts';
import { sum, type Currency, type Minor } from './money.ts';

/** How late a sum is, by the due date as it was issued; a deferment puts off the demand, not the age. */
export const ageBuckets = ['notDue', 'days1to30', 'days31to60', 'days61to90', 'over90', 'credits'] as const;
export type AgeBucket = (typeof ageBuckets)[number];

/** What one debtor owes that falls due on one day; negative: credit notes that are not used. */
export interface AgedSum {
  readonly debtor: string;
  readonly name: string;
  readonly currency: Currency;
  readonly dueDate?: IsoDate;
  readonly amount: Minor;
}

export type AgeSums = Readonly<Record<AgeBucket, Minor>>;

export interface AgeingRow {
  readonly debtor: string;
  readonly name: string;
  readonly sums: AgeSums;
  readonly totalAmount: Minor;
}

/** A client's open items by age (åldersanalys) in one currency; the total is the ledger's. */
export interface Ageing {
  readonly client: string;
  readonly asOf: IsoDate;
  readonly currency: Currency;
  /** By debtor number. */
  readonly rows: readonly AgeingRow[];
  readonly sums: AgeSums;
  readonly totalAmount: Minor;
}

/** Sorts open sums into ages as of a date, an ageing list for each currency. */
export function makeAgeing(client: string, asOf: IsoDate, open: readonly AgedSum[]): readonly Ageing[] {
  return [...Map.groupBy(open, (item) => item.currency)].map(([currency, items]) => {
    const rows = [...Map.groupBy(items, (item) => item.debtor)].map(([debtor, own]): AgeingRow => {
      const sums = sumsOf(own, asOf);
      return { debtor, name: own[0]?.name ?? '', sums, totalAmount: total(sums) };
    });
    const sums = sumsOf(items, asOf);
    return { client, asOf, currency, rows, sums, totalAmount: total(sums) };
  });
}

function sumsOf(items: readonly AgedSum[], asOf: IsoDate): AgeSums {
  const sums: Record<AgeBucket, Minor> = { notDue: 0n, days1to30: 0n, days31to60: 0n, days61to90: 0n, over90: 0n, credits: 0n };
  for (const { amount, dueDate } of items) sums[amount < 0n ? 'credits' : ageBucket(dueDate, asOf)] += amount;
  return sums;
}

/** The bucket of a due date: the day itself is not late yet. */
export function ageBucket(dueDate: IsoDate | undefined, asOf: IsoDate): Exclude<AgeBucket, 'credits'> {
  const late = dueDate === undefined ? 0 : daysBetween(dueDate, asOf);
  if (late <= 0) return 'notDue';
  if (late <= 30) return 'days1to30';
  if (late <= 60) return 'days31to60';
  return late <= 90 ? 'days61to90' : 'over90';
}

const total = (sums: AgeSums): Minor => sum(ageBuckets.map((bucket) => sums[bucket]));
