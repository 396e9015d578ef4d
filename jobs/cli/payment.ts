import type { Argv, CommandModule } from 'yargs';
import { BUREAU } from '#engine/sender.ts';
import { act as actAt, ask, type ActingDesk } from '../desk/desk.ts';
import {
  allocatePayment,
  listPayments,
  MAX_PAYMENTS_LISTED,
  orderRefundOf,
  payableKinds,
  showPayment,
  untiePayment,
  type ActedOnPayment,
  type AllocationOrder,
  type PaymentOrder,
  type ShownPayment,
  type ToldPayment,
} from '../desk/payments.ts';
import {
  amountOf,
  asker,
  dateGiven,
  personOptions,
  rowNumber,
  scopeOf,
  type CommonArguments,
  type End,
  type PersonArguments,
} from './arguments.ts';
import { amountText, printJson, printTable } from './output.ts';

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
    const bookingDate = dateGiven(given.date);
    await ask(given, asker(scopeOf(given.client)), async (desk) => {
      const { payments, more } = await listPayments(desk, { bookingDate, suspense: given.suspense });
      if (given.json) return printJson({ payments, more });
      printList(payments);
      if (more) console.log(`\nThere are more than ${MAX_PAYMENTS_LISTED}: ask for a client or a date.`);
    });
  },
});

const printList = (payments: readonly ToldPayment[]): void =>
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
      payment.id,
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

function standing({ suspenseAmount, overpaidAmount, suspense, reversedBy }: ToldPayment): string {
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
    await ask(given, asker('bureau'), async (desk) => {
      const shown = await showPayment(desk, id);
      if (given.json) printJson({ ...shown.payment, events: shown.events });
      else printPayment(shown);
    });
  },
});

/** Prints a payment: what the bank told, why it lies in suspense and what it may be for, and every line booked of it. */
function printPayment({ payment, events }: ShownPayment): void {
  const facts: readonly (readonly [string, string])[] = [
    ['Payment', `${payment.id} (${payment.kind}) of ${amountText(payment.amount)} ${payment.currency}`],
    ['Booked', `${payment.bookingDate}, value ${payment.valueDate}, on ${payment.account}`],
    ['Ledger of', payment.client],
    ['From', [payment.payerName, payment.payerAccount].filter((part) => part !== null).join(', ') || 'not told'],
    ...(payment.receiverAccount === null ? [] : [['Paid to', payment.receiverAccount] as const]),
    ['References', payment.references.join(', ') || 'none'],
    ...(payment.text === '' ? [] : [['Text', payment.text] as const]),
    ['Bank file', `bank/${payment.file}, line ${payment.line}`],
    ...(payment.reversedBy === null ? [] : [['Taken back', `by payment ${payment.reversedBy}`] as const]),
    ...(payment.reverses === null ? [] : [['Takes back', `payment ${payment.reverses}`] as const]),
    ...(payment.suspenseAmount === 0n
      ? []
      : [['In suspense', `${amountText(payment.suspenseAmount)}: ${payment.suspense?.reason ?? ''}`] as const]),
    ...(payment.overpaidAmount === 0n ? [] : [['Debtor’s credit', amountText(payment.overpaidAmount)] as const]),
  ];
  for (const [name, value] of facts) console.log(`${name.padEnd(NAME_WIDTH)}${value}`);
  const candidates = payment.suspense?.resolved === false ? payment.suspense.candidates : [];
  if (candidates.length > 0) {
    console.log('\nIt may be for');
    printTable(
      [{ title: 'INVOICE' }, { title: 'OPEN', right: true }, { title: 'FOUND BY' }],
      candidates.map((item) => [
        item.invoice ?? `payment ${item.payment ?? ''}`,
        item.amount === undefined ? '' : amountText(item.amount),
        item.because ?? '',
      ]),
      '',
    );
  }
  console.log('');
  printTable(
    [
      { title: 'DATE' },
      { title: 'LEDGER' },
      { title: 'NO', right: true },
      { title: 'KIND' },
      { title: 'ACCOUNT' },
      { title: 'AMOUNT', right: true },
      { title: 'INVOICE' },
    ],
    events.map((event) => [
      event.entryDate,
      event.client,
      event.sequence,
      event.kind,
      event.account,
      amountText(event.amount),
      event.invoice ?? '',
    ]),
    'Nothing was booked of it.',
  );
}

const NAME_WIDTH = 18;

interface ActArguments extends CommonArguments, PersonArguments {
  readonly id: string;
}

interface ActDescription<Given extends ActArguments> {
  readonly command: string;
  readonly describe: string;
  readonly options: (yargs: Argv<CommonArguments>) => Argv<CommonArguments>;
  readonly act: (desk: ActingDesk, order: PaymentOrder, given: Given) => Promise<ActedOnPayment>;
}

/** A command that does something with one payment, or shows what it would do. */
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
  handler: async (parsed) => {
    const given = parsed as unknown as Given;
    const id = rowNumber(given.id, 'payment', 'payment list');
    const { who: person, reason, 'dry-run': dryRun } = given;
    await actAt(given, { person, scope: 'bureau' }, async (desk) => {
      const acted = await act(desk, { id, reason, dryRun }, given);
      report(given, acted);
      if (acted.outcome === 'refused') end(1);
    });
  },
});

function report({ id, json, 'dry-run': dryRun }: ActArguments, acted: ActedOnPayment): void {
  if (acted.outcome === 'refused') {
    if (json) printJson({ refused: acted.because });
    else console.error(`Payment ${id}: ${acted.because}`);
    return;
  }
  const { payout, payment, events } = acted;
  if (json) return printJson({ dryRun, ...(payout === undefined ? {} : { payout }), ...payment, events });
  printPayment(acted);
  if (payout !== undefined) console.log(`\nOrdered as payout ${payout}; a second person approves it.`);
  if (dryRun) console.log('\nThis was a dry run: nothing was changed.');
}

type AllocateArguments = ActArguments & { readonly invoice: readonly string[]; readonly client?: string | undefined };

const allocateCommand = (end: End) =>
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
    act: (desk, order, given) => allocatePayment(desk, { ...order, client: given.client, orders: given.invoice.map(orderOf) }),
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
  readonly town: string;
};

const refundCommand = (end: End) =>
  actCommand<RefundArguments>(end, {
    command: 'refund',
    describe: 'Order money in suspense, or a debtor’s credit, to be paid back',
    options: (yargs) =>
      yargs
        .option('amount', { type: 'string', describe: 'So much; all of it if absent' })
        .option('to', {
          type: 'string',
          describe: `KIND:NUMBER, the kind one of ${payableKinds.join(', ')}; the account it came from if absent`,
        })
        .option('name', { type: 'string', describe: 'Who is paid; the payer as the bank named them if absent' })
        .option('town', { type: 'string', demandOption: true, describe: 'Where they live: banks want it' })
        .example('$0 payment refund 17 --to iban:GB33BUKB20201555555555 --town Stenstad --reason "Betalade två gånger"', ''),
    act: (desk, order, { amount, to, name, town }) =>
      orderRefundOf(desk, { ...order, amount: amount === undefined ? undefined : amountOf(amount), to, name, town }),
  });

type UndoArguments = ActArguments & { readonly repeated: boolean };

const undoCommand = (end: End) =>
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
    act: (desk, order, { repeated }) => untiePayment(desk, { ...order, repeated }),
  });
