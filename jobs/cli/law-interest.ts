import type { CommandModule } from 'yargs';
import { dayCounts, type DayCount } from '#engine/claims/policy.ts';
import { divideRounded } from '#engine/money.ts';
import { debtorClasses, type DebtorClass } from '#engine/submission.ts';
import { countInterest, type CountedInterest, type InterestAsked } from '../desk/law.ts';
import {
  amountOption,
  countryOption,
  dateOption,
  percentOption,
  type CommonArguments,
  type CountryArguments,
} from './arguments.ts';
import { amountText, printJson, printTable } from './output.ts';

interface InterestArguments extends CommonArguments, CountryArguments {
  readonly amount: string;
  readonly due: string;
  readonly paid: string;
  readonly class: DebtorClass;
  readonly sent?: string | undefined;
  readonly payment: readonly string[];
  readonly 'day-count': DayCount;
  readonly rate?: string | undefined;
  readonly margin?: string | undefined;
  readonly provisional: boolean;
}

export const lawInterestCommand: CommandModule<CommonArguments, InterestArguments> = {
  command: 'interest',
  describe: 'Count late interest, half-year by half-year, as a letter would explain it',
  builder: (yargs) =>
    yargs
      .option('country', countryOption)
      .option('amount', { type: 'string', demandOption: true, describe: 'The principal, with VAT: 10000.00' })
      .option('due', { type: 'string', demandOption: true, describe: 'The due date, which bears no interest itself' })
      .option('paid', { type: 'string', demandOption: true, describe: 'The payment’s value date: the last interest day' })
      .option('payment', {
        type: 'string',
        array: true,
        default: [] as string[],
        describe: 'A part payment before, as 2026-03-02:4000.00',
      })
      .option('sent', { type: 'string', describe: 'The invoice’s dispatch, if the due date was not agreed in advance' })
      .option('class', { choices: debtorClasses, default: 'consumer' as const, describe: 'The debtor; matters with --sent' })
      .option('day-count', { choices: dayCounts, default: 'ACT/365F' as const, describe: 'How days become parts of a year' })
      .option('rate', { type: 'string', describe: 'An agreed percentage a year, instead of the law’s' })
      .option('margin', { type: 'string', describe: 'Agreed points above the reference rate, instead of the law’s' })
      .option('provisional', { type: 'boolean', default: false, describe: 'Count to the last half-year that is known' })
      .conflicts('rate', 'margin')
      .example('$0 law interest --amount 10000.00 --due 2025-05-31 --paid 2025-08-15', 'by law, over two half-years')
      .example('$0 law interest --amount 1250.00 --due 2026-01-31 --paid 2026-03-02 --rate 12', 'as agreed')
      .epilogue(
        'Interest is simple, on the principal only, and rounded once at the end. Other counts: ACT/ACT, ACT/360, 30E/360.',
      ),
  handler: (given) => {
    const answer = countInterest(askedBy(given));
    if (given.json) printJson(answer);
    else print(answer);
  },
};

const askedBy = (given: InterestArguments): InterestAsked => ({
  country: given.country,
  principalAmount: amountOption('amount', given.amount),
  dueDate: dateOption('due', given.due),
  paid: dateOption('paid', given.paid),
  payments: given.payment.map(partPayment),
  debtorClass: given.class,
  dispatchDate: given.sent === undefined ? undefined : dateOption('sent', given.sent),
  dayCount: given['day-count'],
  terms: termsOf(given),
  provisional: given.provisional,
});

function termsOf({ rate, margin }: InterestArguments): InterestAsked['terms'] {
  if (rate !== undefined) return { kind: 'contract', percent: percentOption('rate', rate) };
  return margin === undefined ? { kind: 'statutory' } : { kind: 'margin', points: percentOption('margin', margin) };
}

function partPayment(text: string): InterestAsked['payments'][number] {
  const [date = '', amount = ''] = text.split(':');
  return { valueDate: dateOption('payment', date), amount: amountOption('payment', amount) };
}

/** With four decimals of the currency's unit: what a period gives before anything is rounded. */
function unrounded({ exact: { numerator, denominator } }: CountedInterest['periods'][number]): string {
  const digits = divideRounded(BigInt(numerator) * 100n, BigInt(denominator))
    .toString()
    .padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

function print({ firstDay, lastDay, dayCount, periods, totalAmount, knownThrough }: CountedInterest): void {
  printTable(
    [
      { title: 'FROM' },
      { title: 'TO' },
      { title: 'DAYS', right: true },
      { title: 'PERCENT', right: true },
      { title: 'PRINCIPAL', right: true },
      { title: 'INTEREST', right: true },
    ],
    periods.map((period) => [
      period.from,
      period.to,
      `${period.days}/${period.basisDays}`,
      period.percent,
      amountText(period.principalAmount),
      unrounded(period),
    ]),
    firstDay > lastDay ? `No interest: it would begin on ${firstDay}.` : 'No interest.',
  );
  const known = knownThrough === undefined ? '' : `, provisional: rates are known to ${knownThrough}`;
  console.log(`\nLate interest ${amountText(totalAmount)} (${dayCount}${known})`);
}
