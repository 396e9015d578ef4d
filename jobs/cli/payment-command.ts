import type { CommandModule } from 'yargs';
import { inTransaction } from '#engine/store/database.ts';
import { loadPaymentEvents, loadPayments, type PaymentRow } from '#engine/store/payments/payment-rows.ts';
import { withOpenHome } from '../house/open.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { clientOf, dateOf, rowNumber } from './option-values.ts';
import { amountText, printJson, printTable } from './output.ts';
import { allocateCommand, refundCommand, undoCommand } from './payment-acts.ts';
import { printPayment } from './print-payment.ts';
import { UsageError } from './usage-error.ts';
import { BUREAU } from '#engine/sender.ts';

/** Money from the bank: what came, what it was tied to, and what waits for a person. */
export const paymentCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'payment',
  describe: 'Look at payments; tie them to invoices, pay them back, untie them',
  builder: (yargs) =>
    yargs
      .command(listCommand())
      .command(showCommand())
      .command(allocateCommand(end))
      .command(refundCommand(end))
      .command(undoCommand(end))
      .demandCommand(1, 'Name what to do.')
      .epilogue(
        'A payment is tied by its reference, by an invoice number, or by who paid how much; what is not certain lies in suspense with candidates\n' +
          'and a reason. Every act is a new entry in the ledger; nothing is ever changed or taken away.',
      ),
  handler: () => undefined,
});

interface ListArguments extends CommonArguments {
  readonly suspense: boolean;
  readonly client?: string | undefined;
  readonly date?: string | undefined;
}

/** A list longer than this is asked for by client and date. */
const MAX_LISTED = 500;

const listCommand = (): CommandModule<CommonArguments, ListArguments> => ({
  command: 'list',
  describe: 'List payments, the oldest first',
  builder: (yargs) =>
    yargs
      .option('suspense', { type: 'boolean', default: false, describe: 'Only those with money that is not tied to anything' })
      .option('client', { type: 'string', describe: `One client only; ${BUREAU} for money of which nobody knows the client` })
      .option('date', { type: 'string', describe: 'Booked by the bank on this date (YYYY-MM-DD)' })
      .example('$0 payment list --suspense', 'what waits for a person'),
  handler: async (given) => {
    const bookingDate = given.date === undefined ? undefined : dateOf(given.date);
    await using options = houseOptions(given);
    await withOpenHome(options, async (house) => {
      const client = given.client === undefined || given.client === BUREAU ? given.client : clientOf(house, given.client);
      const found = await inTransaction(house.database, (tx) =>
        loadPayments(tx, { client, bookingDate, suspense: given.suspense, limit: MAX_LISTED + 1 }),
      );
      const shown = found.slice(0, MAX_LISTED);
      if (given.json) return printJson({ payments: shown, more: found.length > MAX_LISTED });
      printList(shown);
      if (found.length > MAX_LISTED) console.log(`\nThere are more than ${MAX_LISTED}: ask for a client or a date.`);
    });
  },
});

const printList = (payments: readonly PaymentRow[]): void =>
  printTable(
    [
      { title: 'ID', right: true },
      { title: 'BOOKED' },
      { title: 'CLIENT' },
      { title: 'AMOUNT', right: true },
      { title: 'KIND' },
      { title: 'PAYER' },
      { title: 'REFERENCE' },
      { title: 'STANDING' },
    ],
    payments.map((payment) => [
      String(payment.id),
      payment.bookingDate,
      payment.client,
      amountText(payment.amount),
      payment.kind,
      payment.payerName ?? '',
      payment.references[0] ?? payment.text.slice(0, REFERENCE_CHARACTERS),
      standing(payment),
    ]),
    'There are no such payments.',
  );

const REFERENCE_CHARACTERS = 30;

function standing({ suspenseAmount, overpaidAmount, suspense, reversedBy }: PaymentRow): string {
  const parts = [
    ...(reversedBy === null ? [] : [`taken back by ${reversedBy}`]),
    ...(suspenseAmount === 0n ? [] : [`suspense ${amountText(suspenseAmount)} (${suspense?.reason ?? ''})`]),
    ...(overpaidAmount === 0n ? [] : [`credit ${amountText(overpaidAmount)}`]),
  ];
  return parts.join(', ') || 'tied';
}

interface ShowArguments extends CommonArguments {
  readonly id: string;
}

const showCommand = (): CommandModule<CommonArguments, ShowArguments> => ({
  command: 'show <id>',
  describe: 'Show one payment: what the bank said, what it is tied to and why, every entry about it',
  builder: (yargs) => yargs.positional('id', { type: 'string', demandOption: true, describe: 'The payment’s number' }),
  handler: async (given) => {
    const id = rowNumber(given.id, 'payment', 'payment list');
    await using options = houseOptions(given);
    await withOpenHome(options, (house) =>
      inTransaction(house.database, async (tx) => {
        const [payment] = await loadPayments(tx, { id, limit: 1 });
        if (!payment) throw new UsageError(`There is no payment ${id}: kuvert payment list shows them.`);
        const events = await loadPaymentEvents(tx, id);
        if (given.json) printJson({ ...payment, events });
        else printPayment(payment, events);
      }),
    );
  },
});
