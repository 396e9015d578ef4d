import type { CommandModule } from 'yargs';
import { loadReceivableEntries } from '#engine/store/accounts.ts';
import { inTransaction } from '#engine/store/database.ts';
import { loadHoldHistory, type HoldHistory } from '#engine/store/holds.ts';
import { loadReceivable } from '#engine/store/receivables.ts';
import type { StatementEntry, TakenStep } from '#engine/claims/receivable.ts';
import { withOpenHome } from '../house/open.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { invoiceNumber, invoiceOptions, type InvoiceArguments } from './invoice-options.ts';
import { clientOf, dateGiven } from './option-values.ts';
import { amountText, printJson, printTable } from './output.ts';
import { printReceivable } from './print-receivable.ts';
import { means } from './statement-command.ts';

type ShowArguments = InvoiceArguments & { readonly 'as-of'?: string | undefined };

export const invoiceShowCommand = (end: End): CommandModule<CommonArguments, ShowArguments> => ({
  command: 'show <number>',
  describe: 'What is owed of an invoice at any date: parts, holds, letters, and every posting',
  builder: (yargs) =>
    yargs
      .positional('number', invoiceNumber)
      .options(invoiceOptions)
      .option('as-of', { type: 'string', describe: 'As known at the end of this date (YYYY-MM-DD); today if absent' }),
  handler: async (given) => {
    await using options = houseOptions(given);
    await withOpenHome(options, async (house) => {
      const client = clientOf(house, given.client);
      const asOf = dateGiven(house, given['as-of']);
      const { timeZone } = house.config.bureau;
      const found = await inTransaction(house.database, async (tx) => {
        const receivable = await loadReceivable(tx, { client, invoice: given.number, asOf, timeZone });
        if (!receivable) return undefined;
        const entries = await loadReceivableEntries(tx, { client, receivable: receivable.id, asOf });
        return { receivable, entries, holds: await loadHoldHistory(tx, receivable.id) };
      });
      if (!found) {
        console.error(`${client} has no invoice ${given.number} in the ledger by ${asOf}.`);
        end(1);
      } else if (given.json) printJson({ asOf, ...found });
      else {
        printReceivable(found.receivable, asOf);
        printHolds(found.holds);
        printSteps(found.receivable.steps);
        printEntries(found.entries);
      }
    });
  },
});

function printHolds(holds: readonly HoldHistory[]): void {
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

function printSteps(steps: readonly TakenStep[]): void {
  if (steps.length === 0) return;
  console.log('');
  printTable(
    [{ title: 'STEP' }, { title: 'ON' }, { title: 'DISPATCHED' }, { title: 'DATE TO PAY' }],
    steps.map((step) => [`${step.level} ${step.kind}`, step.businessDate, step.dispatchedOn ?? '', step.deadline ?? '']),
    'None.',
  );
}

function printEntries(entries: readonly StatementEntry[]): void {
  console.log('');
  printTable(
    [{ title: 'DATE' }, { title: 'WHAT' }, { title: 'PART' }, { title: 'BY' }, { title: 'AMOUNT', right: true }],
    entries.map((entry) => [entry.date, entry.kind, entry.component, means(entry), amountText(entry.amount)]),
    'Nothing is posted.',
  );
}
