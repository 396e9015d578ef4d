import type { CommandModule } from 'yargs';
import { formatAmount } from '#engine/money.ts';
import { inTransaction } from '#engine/store/database.ts';
import { withOpenHome } from '../house/open.ts';
import { becauseText } from '../runs/because-text.ts';
import { explainReceivable, type Answer, type Explanation } from '../runs/explain-receivable.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { dateGiven } from './option-values.ts';
import { amountText, printJson, printTable } from './output.ts';

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
  handler: async (given) => {
    await using options = houseOptions(given);
    await withOpenHome(options, async (house) => {
      const question = { client: given.client, invoice: given.invoice, date: dateGiven(house, given.date) };
      const explanation = await inTransaction(house.database, (tx) => explainReceivable(house, tx, question));
      if (explanation === undefined) {
        console.error(`The ledger of ${given.client} has no invoice ${given.invoice} to be paid.`);
        return end(1);
      }
      if (given.json) printJson(explanation);
      else printExplanation(explanation);
    });
  },
});

function printExplanation({ invoice, date, receivable, answers, delivery, matched }: Explanation): void {
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

function printAnswer({ kind, from, run, undone, outcome, rule, because }: Answer): void {
  const source = from === 'stored' ? `run ${run}${undone ? ', undone since' : ''}` : 'recomputed from the facts of the date';
  console.log(`\n${outcome === 'step' ? `Demanded: ${rule}` : `Not demanded: ${rule}`} (${kind}, ${source})`);
  for (const reason of because) console.log(`    ${becauseText(reason)}`);
}
