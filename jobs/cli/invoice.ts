import type { CommandModule } from 'yargs';
import { openTotal } from '#engine/claims/receivable.ts';
import type { HoldVerdict } from '#engine/claims/holds.ts';
import { components } from '#engine/amounts.ts';
import { formatAmount } from '#engine/money.ts';
import { becauseText } from '#engine/findings/texts/en/reasons.ts';
import { ask, dateAt } from '../desk/desk.ts';
import { explainInvoice, showInvoice, type ShownInvoice, type ToldExplanation, type ToldReceivable } from '../desk/invoices.ts';
import { means } from './account.ts';
import { asker, dateGiven, type CommonArguments, type End } from './arguments.ts';
import { amountText, printJson, printTable } from './output.ts';

export interface InvoiceArguments extends CommonArguments {
  readonly number: string;
  readonly client: string;
}

/** Options of every command about one invoice. */
export const invoiceOptions = {
  client: { type: 'string', demandOption: true, describe: 'Whose invoice it is' },
} as const;

export const invoiceNumber = { type: 'string', demandOption: true, describe: 'The invoice’s number' } as const;

type ShowArguments = InvoiceArguments & { readonly 'as-of'?: string | undefined };

export const invoiceShowCommand = (end: End): CommandModule<CommonArguments, ShowArguments> => ({
  command: 'show <number>',
  describe: 'What is owed of an invoice at any date: parts, holds, letters, and every posting',
  builder: (yargs) =>
    yargs
      .positional('number', invoiceNumber)
      .options(invoiceOptions)
      .option('as-of', { type: 'string', describe: 'As known at the end of this date (YYYY-MM-DD); today if absent' }),
  handler: (given) =>
    ask(given, asker({ client: given.client }), async (desk) => {
      const { number } = given;
      const asOf = dateGiven(given['as-of']);
      const found = await showInvoice(desk, { number, asOf });
      if (!found) {
        console.error(`${given.client} has no invoice ${number} in the ledger by ${dateAt(desk, asOf)}.`);
        return end(1);
      }
      const { receivable, standing, entries, holds } = found;
      if (given.json) return printJson({ asOf: found.asOf, receivable, entries, holds });
      printReceivable(receivable, standing);
      printHolds(holds);
      printSteps(receivable.steps);
      printEntries(entries);
    }),
});

/** What is owed of an invoice and whether it is left alone, in a few lines. */
export function printReceivable(receivable: ToldReceivable, standing: HoldVerdict): void {
  const { invoiceNumber, debtor, dueDate, issueDate, currency, principalAmount, open } = receivable;
  console.log(
    `Invoice ${invoiceNumber} to ${debtor.number} ${debtor.name} (${debtor.class}), issued ${issueDate}, due ${dueDate}`,
  );
  printTable(
    [{ title: 'OPEN' }, { title: currency, right: true }],
    [
      ...components
        .filter((component) => component === 'principal' || open[component] !== 0n)
        .map((component) => [component, amountText(open[component])]),
      ['total', amountText(openTotal(receivable))],
    ],
    'Nothing is open.',
  );
  console.log(`Issued for ${amountText(principalAmount)} ${currency}. ${holdSentence(standing)}`);
}

function holdSentence(verdict: HoldVerdict): string {
  switch (verdict.kind) {
    case 'free':
      return 'Nothing holds it.';
    case 'held': {
      const { kind, category, until } = verdict.hold;
      const why = category === undefined ? '' : ` (${category})`;
      return `Held: ${kind}${why}${until === undefined ? ' until it is released' : ` through ${until}`}.`;
    }
    case 'part':
      return verdict.feesDisputed && verdict.disputedAmount === 0n
        ? 'The fees are disputed; the principal may be demanded.'
        : `${amountText(verdict.disputedAmount)} of the principal is disputed and not demanded.`;
  }
}

function printHolds(holds: ShownInvoice['holds']): void {
  if (holds.length === 0) return;
  console.log('');
  printTable(
    [
      { title: 'HOLD' },
      { title: 'FROM' },
      { title: 'UNTIL' },
      { title: 'AMOUNT', right: true },
      { title: 'ABOUT' },
      { title: 'PLACED BY' },
      { title: 'RELEASED' },
      { title: 'REASON' },
    ],
    holds.map((hold) => [
      hold.kind,
      hold.from,
      hold.until ?? '',
      hold.amount === null ? '' : amountText(hold.amount),
      hold.category ?? '',
      hold.placedBy,
      [hold.releasedOn, hold.outcome, hold.releasedBy].filter((part) => part !== null).join(' '),
      hold.reason,
    ]),
    'None.',
  );
}

function printSteps(steps: ToldReceivable['steps']): void {
  if (steps.length === 0) return;
  console.log('');
  printTable(
    [{ title: 'STEP' }, { title: 'ON' }, { title: 'DISPATCHED' }, { title: 'DATE TO PAY' }],
    steps.map((step) => [`${step.level} ${step.kind}`, step.businessDate, step.dispatchedOn ?? '', step.deadline ?? '']),
    'None.',
  );
}

function printEntries(entries: ShownInvoice['entries']): void {
  console.log('');
  printTable(
    [{ title: 'DATE' }, { title: 'WHAT' }, { title: 'PART' }, { title: 'BY' }, { title: 'AMOUNT', right: true }],
    entries.map((entry) => [entry.date, entry.kind, entry.component, means(entry), amountText(entry.amount)]),
    'Nothing is posted.',
  );
}

interface ExplainArguments extends CommonArguments {
  readonly invoice: string;
  readonly client: string;
  readonly date?: string | undefined;
}

export const explainCommand = (end: End): CommandModule<CommonArguments, ExplainArguments> => ({
  command: 'explain <invoice>',
  describe: 'Why an invoice was, or was not, demanded on a day: the rules and the facts they were decided by',
  builder: (yargs) =>
    yargs
      .positional('invoice', { type: 'string', demandOption: true, describe: 'The invoice’s number' })
      .option('client', { type: 'string', demandOption: true, describe: 'Whose invoice it is' })
      .option('date', { type: 'string', describe: 'Business date YYYY-MM-DD (today)' })
      .example('$0 explain 2026-10042 --client vattnet --date 2026-11-06', 'why it was not reminded that day'),
  handler: (given) =>
    ask(given, asker({ client: given.client }), async (desk) => {
      const explanation = await explainInvoice(desk, { number: given.invoice, date: dateGiven(given.date) });
      if (explanation === undefined) {
        console.error(`The ledger of ${given.client} has no invoice ${given.invoice} to be paid.`);
        return end(1);
      }
      if (given.json) printJson(explanation);
      else printExplanation(explanation);
    }),
});

function printExplanation({ invoice, date, receivable, answers, delivery, matched }: ToldExplanation): void {
  const { open, dueDate, debtor, currency, steps } = receivable;
  console.log(`Invoice ${invoice}, debtor ${debtor.number} (${debtor.class}), due ${dueDate}, at the end of ${date}:`);
  const parts = Object.entries(open).filter(([, amount]) => amount !== 0n);
  console.log(
    `    open: ${parts.length === 0 ? 'nothing' : parts.map(([name, amount]) => `${name} ${amountText(amount)}`).join(', ')} ${currency}`,
  );
  for (const step of steps)
    console.log(
      `    level ${step.level}: ${step.kind} ${step.businessDate}, dispatched ${step.dispatchedOn ?? 'not confirmed'}, to pay by ${step.deadline ?? '-'}`,
    );
  for (const answer of answers) printAnswer(answer);
  console.log('');
  printTable(
    [
      { title: 'DELIVERY' },
      { title: 'CHANNEL' },
      { title: 'BECAUSE' },
      { title: 'STATE' },
      { title: 'RELEASED' },
      { title: 'DISPATCHED' },
    ],
    delivery.map((item) => [
      item.kind,
      item.channel,
      item.because,
      item.withdrawnBecause === null ? item.state : `${item.state}: ${item.withdrawnBecause}`,
      item.releasedOn ?? '',
      item.dispatchedOn ?? '',
    ]),
    'Nothing was delivered.',
  );
  console.log('');
  printTable(
    [{ title: 'MATCHED' }, { title: 'KIND' }, { title: 'PAYMENT' }, { title: 'AMOUNT', right: true }],
    matched.map((item) => [item.date, item.kind, item.payment ?? '', formatAmount(item.amount)]),
    'No payment or credit was matched.',
  );
}

function printAnswer({ kind, from, run, undone, outcome, rule, because }: ToldExplanation['answers'][number]): void {
  const source = from === 'stored' ? `run ${run}${undone ? ', undone since' : ''}` : 'recomputed from the facts of the date';
  console.log(`\n${outcome === 'step' ? `Demanded: ${rule}` : `Not demanded: ${rule}`} (${kind}, ${source})`);
  for (const reason of because) console.log(`    ${becauseText(reason)}`);
}
