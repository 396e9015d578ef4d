import { seededNumbers } from '../house/seeded-numbers.ts';
import { termsNames, type TermsName } from './terms.ts';
import { bankDayFrom, dateOf, dayOf, type Day } from './days.ts';

/** What happens to a client on a day. Invoices and payments go by their place in the history, so that a step can be left out. */
export type Step = { readonly day: Day } & Happening;
export type Happening =
  | {
      readonly does: 'invoice';
      readonly invoice: number;
      readonly debtor: number;
      readonly dueDays: number;
      readonly net: bigint;
    }
  /** Of the invoice's net amount so many percent. */
  | { readonly does: 'credit'; readonly note: number; readonly of: number; readonly percent: bigint }
  | {
      readonly does: 'pay';
      readonly payment: number;
      readonly of: readonly number[];
      readonly how: HowPaid;
      readonly daysBack: number;
    }
  | { readonly does: 'reverse'; readonly payment: number }
  | { readonly does: 'defer'; readonly invoice: number; readonly days: number; readonly interestRuns: boolean }
  | { readonly does: 'dispute'; readonly invoice: number; readonly percent: bigint }
  | { readonly does: 'promise'; readonly invoice: number; readonly days: number }
  | { readonly does: 'block'; readonly invoice: number }
  | { readonly does: 'release'; readonly invoice: number; readonly outcome: 'accepted' | 'rejected' }
  | { readonly does: 'remind' }
  | { readonly does: 'collect' }
  | { readonly does: 'print' }
  | { readonly does: 'pay-out' }
  | { readonly does: 'answer'; readonly answer: 'settled' | 'rejected' }
  | { readonly does: 'confirm' };

export type HowPaid = 'exact' | 'half' | 'too much' | 'nearly' | 'again' | 'unknown';

export interface History {
  readonly seed: number;
  readonly terms: TermsName;
  readonly steps: readonly Step[];
}

/** First days of histories: their due dates fall around half-years, month ends, Easter, and Christmas. */
const starts = ['2025-05-19', '2025-11-24', '2026-01-19', '2026-02-23', '2026-05-18', '2026-08-24'] as const;

/** The days on which something happens to the clients of one house, the same for all of them. */
export function calendarOf(seed: number): readonly Day[] {
  const random = seededNumbers(seed);
  const days = [bankDayFrom(dayOf(starts[Math.floor(random() * starts.length)] ?? starts[0]))];
  while (days.length < MOMENTS) days.push(bankDayFrom((days.at(-1) ?? 0) + 1 + Math.floor(random() * LONGEST_GAP_DAYS)));
  return days;
}
const MOMENTS = 9;
const LONGEST_GAP_DAYS = 14;

export function historyOf(seed: number, calendar: readonly Day[]): History {
  const random = seededNumbers(seed);
  const chance = (share: number): boolean => random() < share;
  const below = (count: number): number => Math.floor(random() * count);
  const pick = <T>(things: readonly T[]): T => things[below(things.length)] as T;
  const steps: Step[] = [];
  const counts = { invoices: 0, notes: 0, payments: 0 };
  for (const [moment, day] of calendar.entries()) {
    const add = (happening: Happening): unknown => steps.push({ day, ...happening });
    if (counts.invoices === 0 || (moment < 4 && chance(0.35))) {
      const debtor = below(2);
      const net = BigInt(400 + below(400_000)) * 4n;
      add({ does: 'invoice', invoice: counts.invoices, debtor, dueDays: 10 + below(8), net });
      counts.invoices += 1;
    }
    const invoice = below(counts.invoices);
    if (chance(0.1)) {
      add({ does: 'credit', note: counts.notes, of: invoice, percent: pick([100n, 25n, 50n]) });
      counts.notes += 1;
    }
    if (chance(0.18)) add(pickHold(invoice, random));
    if (chance(0.2)) add({ does: 'release', invoice, outcome: pick(['accepted', 'rejected'] as const) });
    if (chance(0.25)) {
      const of = chance(0.15) && counts.invoices > 1 ? [0, 1] : [invoice];
      const how = pick(['exact', 'exact', 'half', 'too much', 'nearly', 'again', 'unknown'] as const);
      add({ does: 'pay', payment: counts.payments, of, how, daysBack: chance(0.2) ? below(4) : 0 });
      counts.payments += 1;
    } else if (counts.payments > 0 && chance(0.12)) add({ does: 'reverse', payment: below(counts.payments) });
    if (chance(0.9)) add({ does: 'remind' });
    if (chance(0.9)) add({ does: 'collect' });
    if (chance(0.75)) add({ does: 'print' });
    if (chance(0.8)) add({ does: 'confirm' });
    if (chance(0.2)) add({ does: 'pay-out' });
    if (chance(0.4)) add({ does: 'answer', answer: chance(0.8) ? 'settled' : 'rejected' });
  }
  return { seed, terms: pick(termsNames), steps };
}

function pickHold(invoice: number, random: () => number): Happening {
  const days = 3 + Math.floor(random() * 20);
  const holds: readonly Happening[] = [
    { does: 'defer', invoice, days, interestRuns: random() < 0.5 },
    { does: 'dispute', invoice, percent: 100n },
    { does: 'dispute', invoice, percent: 30n },
    { does: 'promise', invoice, days },
    { does: 'block', invoice },
  ];
  return holds[Math.floor(random() * holds.length)] as Happening;
}

/** A step in one line, for who reads what went wrong. */
export const describeStep = ({ day, does, ...rest }: Step): string =>
  `${dateOf(day)} ${does} ${JSON.stringify(rest, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value))}`;
