import type { Argv, CommandModule } from 'yargs';
import { inTransaction, rehearse, type Tx } from '#engine/store/database.ts';
import { loadPaymentEvents, type PaymentEvent, type PaymentRow } from '#engine/store/payments/payment-rows.ts';
import { BUREAU } from '#engine/sender.ts';
import type { House } from '../house.ts';
import { withHouse } from '../house/prepare.ts';
import { actOnPayment, type PaymentActOrder } from '../payments/act-on-payment.ts';
import { allocateByHand, type AllocationOrder } from '../payments/allocate-by-hand.ts';
import { PaymentActRefused } from '../payments/payment-act-refused.ts';
import { refundPayment, receiverOf } from '../payments/refund-payment.ts';
import { dropRepeated, undoPayment } from '../payments/undo-payment.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { amountOf, clientOf, rowNumber } from './option-values.ts';
import { printJson } from './output.ts';
import { personOptions, type PersonArguments } from './person-options.ts';
import { printPayment } from './print-payment.ts';
import { UsageError } from './usage-error.ts';

interface ActArguments extends CommonArguments, PersonArguments {
  readonly id: string;
}

interface ActDescription<Given extends ActArguments> {
  readonly command: PaymentActOrder['act'];
  readonly describe: string;
  readonly options: (yargs: Argv<CommonArguments>) => Argv<CommonArguments>;
  /** What is done, under the payment's lock; gives the number of a payout it ordered. */
  readonly act: (house: House, tx: Tx, payment: PaymentRow, given: Given) => Promise<bigint | void>;
}

/** A command that does something with one payment, with its entry in the audit, or shows what it would do. */
const actCommand = <Given extends ActArguments>(
  end: End,
  { command, describe, options, act }: ActDescription<Given>,
): CommandModule<CommonArguments, Given> => ({
  command: `${command} <id>`,
  describe,
  builder: (yargs) =>
    options(yargs)
      .positional('id', { type: 'string', demandOption: true, describe: 'The payment’s number' })
      .options(personOptions) as unknown as Argv<Given>,
  handler: async (given) => {
    const id = rowNumber(given.id, 'payment', 'payment list');
    const dryRun = given['dry-run'];
    await using houseGiven = houseOptions(given);
    await withHouse(houseGiven, async (house) => {
      try {
        const done = await (dryRun ? rehearse : inTransaction)(house.database, async (tx) => {
          const order = { id, act: command, who: given.who, reason: given.reason };
          const acted = await actOnPayment(house, tx, order, (payment) => act(house, tx, payment, given as unknown as Given));
          if (!acted) throw new UsageError(`There is no payment ${id}: kuvert payment list shows them.`);
          return { ...acted, events: await loadPaymentEvents(tx, id) };
        });
        report(given, done);
      } catch (error) {
        if (!(error instanceof PaymentActRefused)) throw error;
        if (given.json) printJson({ refused: error.message });
        else console.error(`Payment ${id}: ${error.message}`);
        end(1);
      }
    });
  },
});

interface Done {
  readonly result: bigint | void;
  readonly payment: PaymentRow;
  readonly events: readonly PaymentEvent[];
}

function report({ json, 'dry-run': dryRun }: ActArguments, { result: payout, payment, events }: Done): void {
  if (json) {
    printJson({ dryRun, ...(payout === undefined ? {} : { payout }), ...payment, events });
    return;
  }
  printPayment(payment, events);
  if (payout !== undefined) console.log(`\nOrdered as payout ${payout}; a second person approves it.`);
  if (dryRun) console.log('\nThis was a dry run: nothing was changed.');
}

type AllocateArguments = ActArguments & { readonly invoice: readonly string[]; readonly client?: string | undefined };

export const allocateCommand = (end: End) =>
  actCommand<AllocateArguments>(end, {
    command: 'allocate',
    describe: 'Tie money in suspense, or a debtor’s credit, to invoices',
    options: (yargs) =>
      yargs
        .option('invoice', {
          type: 'string',
          array: true,
          demandOption: true,
          describe: 'Number of an invoice, or NUMBER:AMOUNT for a part; several in the order they are to be paid',
        })
        .option('client', { type: 'string', describe: 'Whose invoices, where the payment’s client is not known' })
        .example('$0 payment allocate 17 --invoice 1009 --invoice 1010:250.00 --reason "Ringde"', 'one whole, one in part'),
    act: async (house, tx, payment, given) => {
      const client = given.client ?? payment.client;
      if (client === BUREAU) throw new UsageError('Nobody knows whose money it is: say whose invoices with --client.');
      await allocateByHand(house, tx, { payment, client: clientOf(house, client), orders: given.invoice.map(orderOf) });
    },
  });

/** `1009:250.00`: the amount stands behind the last colon; an invoice's number may hold one itself. */
function orderOf(text: string): AllocationOrder {
  const [, invoice, amount] = /^(.+):([\d.]+)$/.exec(text) ?? [];
  return invoice === undefined || amount === undefined ? { invoice: text } : { invoice, amount: amountOf(amount) };
}

type RefundArguments = ActArguments & {
  readonly amount?: string | undefined;
  readonly to?: string | undefined;
  readonly name?: string | undefined;
  readonly town?: string | undefined;
};

export const refundCommand = (end: End) =>
  actCommand<RefundArguments>(end, {
    command: 'refund',
    describe: 'Order money in suspense, or a debtor’s credit, to be paid back',
    options: (yargs) =>
      yargs
        .option('amount', { type: 'string', describe: 'So much; all of it if absent' })
        .option('to', {
          type: 'string',
          describe: 'bankgiro:NUMBER, plusgiro:NUMBER, account:CLEARING-NUMBER or iban:IBAN; the account it came from if absent',
        })
        .option('name', { type: 'string', describe: 'Who is paid; the payer as the bank named them if absent' })
        .option('town', { type: 'string', demandOption: true, describe: 'Where they live: banks want it' })
        .example('$0 payment refund 17 --to bankgiro:991-2346 --town Stenstad --reason "Betalade två gånger"', ''),
    act: (house, tx, payment, given) =>
      refundPayment(house, tx, {
        payment,
        who: given.who,
        amount: given.amount === undefined ? undefined : amountOf(given.amount),
        receiver: receiverOf(house.config.parts, payment, { to: given.to, name: given.name, town: given.town ?? '' }),
      }),
  });

type UndoArguments = ActArguments & { readonly repeated: boolean };

export const undoCommand = (end: End) =>
  actCommand<UndoArguments>(end, {
    command: 'undo',
    describe: 'Untie a payment from what it was tied to: its money lies in suspense again',
    options: (yargs) =>
      yargs
        .option('repeated', {
          type: 'boolean',
          default: false,
          describe: 'The bank told of it twice: take it out of suspense, and of the money',
        })
        .example('$0 payment undo 17 --reason "Fel faktura"', 'then kuvert payment allocate 17 --invoice …'),
    act: (house, tx, payment, given) => (given.repeated ? dropRepeated : undoPayment)(house, tx, payment),
  });
