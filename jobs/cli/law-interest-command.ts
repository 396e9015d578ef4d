import type { CommandModule } from 'yargs';
import { addDays, type IsoDate } from '#engine/iso-date.ts';
import { dayCounts, type DayCount } from '#engine/law/day-count.ts';
import { interestRates } from '#engine/law/interest-rates.ts';
import { interestStart } from '#engine/law/interest-start.ts';
import { exactInterest, lateInterest, principalHistory, type Interest, type InterestPeriod } from '#engine/law/interest.ts';
import { divideRounded } from '#engine/money.ts';
import { debtorClasses, type DebtorClass } from '#engine/submission.ts';
import type { CommonArguments } from './house-options.ts';
import { amountOption, countryGiven, countryOption, dateOption, percentOption, type CountryArguments } from './law-options.ts';
import { amountText, printJson, printTable } from './output.ts';
import { UsageError } from './usage-error.ts';
import type { InterestTerms } from '#engine/law/policy.ts';

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
    const answer = count(given);
    if (given.json) printJson(inJson(answer));
    else print(answer);
  },
};

interface Answer {
  readonly firstDay: IsoDate;
  readonly lastDay: IsoDate;
  readonly dayCount: DayCount;
  readonly interest: Interest;
}

function count(given: InterestArguments): Answer {
  const { 'day-count': dayCount } = given;
  const firstDay = firstDayOf(given);
  const lastDay = dateOption('paid', given.paid);
  const principal = principalHistory({
    principalAmount: amountOption('amount', given.amount),
    creditedAmount: 0n,
    firstDay,
    payments: given.payment.map((text) => partPayment(text)),
  });
  if (principal.some(({ amount }) => amount < 0n)) throw new UsageError('The part payments are more than the principal.');
  const interest = lateInterest({
    principal,
    firstDay,
    lastDay,
    rates: interestRates(termsOf(given), countryGiven(given), {
      debtorClass: given.class,
      dueDate: dateOption('due', given.due),
    }),
    dayCount,
    mode: given.provisional ? 'provisional' : 'complete',
  });
  return { firstDay, lastDay, dayCount, interest };
}

/** With `--sent` the due date was not agreed; the invoice is taken to say that late payment bears interest, as ours do. */
function firstDayOf(given: InterestArguments): IsoDate {
  const { due, sent, class: debtorClass } = given;
  const dueDate = dateOption('due', due);
  if (sent === undefined) return addDays(dueDate, 1);
  const dispatchDate = dateOption('sent', sent);
  const start = interestStart(
    { dueDate, dueDateAgreed: false, dispatchDate, debtorClass, interestNoticeDate: dispatchDate },
    countryGiven(given),
  );
  return start ?? addDays(dueDate, 1);
}

function termsOf({ rate, margin }: InterestArguments): InterestTerms {
  if (rate !== undefined) return { kind: 'contract', percent: percentOption('rate', rate) };
  return margin === undefined ? { kind: 'statutory' } : { kind: 'margin', points: percentOption('margin', margin) };
}

function partPayment(text: string): { readonly valueDate: IsoDate; readonly amount: bigint } {
  const [date = '', amount = ''] = text.split(':');
  return { valueDate: dateOption('payment', date), amount: amountOption('payment', amount) };
}

/** Kronor with four decimals: what a period gives before anything is rounded to öre. */
function unrounded(period: InterestPeriod): string {
  const { numerator, denominator } = exactInterest(period);
  const digits = divideRounded(numerator * 100n, denominator)
    .toString()
    .padStart(5, '0');
  return `${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** With the exact fraction of each period. */
function inJson({ interest, ...rest }: Answer): unknown {
  const periods = interest.periods.map((period) => ({ ...period, exact: exactInterest(period) }));
  return { ...rest, ...interest, periods };
}

function print({ firstDay, lastDay, dayCount, interest }: Answer): void {
  printTable(
    [
      { title: 'FROM' },
      { title: 'TO' },
      { title: 'DAYS', right: true },
      { title: 'PERCENT', right: true },
      { title: 'PRINCIPAL', right: true },
      { title: 'INTEREST', right: true },
    ],
    interest.periods.map((period) => [
      period.from,
      period.to,
      `${period.days}/${period.basisDays}`,
      period.percent,
      amountText(period.principalAmount),
      unrounded(period),
    ]),
    firstDay > lastDay ? `No interest: it would begin on ${firstDay}.` : 'No interest.',
  );
  const known = interest.knownThrough === undefined ? '' : `, provisional: rates are known to ${interest.knownThrough}`;
  console.log(`\nLate interest ${amountText(interest.totalAmount)} (${dayCount}${known})`);
}
