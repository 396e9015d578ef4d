import type { Argv, CommandModule } from 'yargs';
import { disputeOutcomes, type ClaimAct, blockCauses, disputeCategories } from '#engine/claims/holds.ts';
import { act as actAt, languageAt, UsageError } from '../desk/desk.ts';
import { orderAct, orderCredit, type OrderedAct, type OrderedCredit } from '../desk/invoices.ts';
import { amountOf, dateOf, personOptions, type CommonArguments, type End, type PersonArguments } from './arguments.ts';
import { printReceipt } from './file.ts';
import { invoiceNumber, invoiceOptions, invoiceShowCommand, printReceivable, type InvoiceArguments } from './invoice.ts';
import { printFindings, printJson } from './output.ts';

export const invoiceCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'invoice',
  describe: 'Show what is owed of an invoice, and act on it: credit, defer, dispute, hold, promise, release, write off',
  builder: (yargs) =>
    yargs
      .command(invoiceShowCommand(end))
      .command(creditCommand(end))
      .command(deferCommand(end))
      .command(disputeCommand(end))
      .command(holdCommand(end))
      .command(promiseCommand(end))
      .command(releaseCommand(end))
      .command(writeOffCommand(end))
      .command(paidCommand(end))
      .demandCommand(1, 'Name what to do.'),
  handler: () => undefined,
});

type InvoiceActArguments = InvoiceArguments & PersonArguments;

interface ActDescription<Given extends InvoiceActArguments> {
  readonly command: string;
  readonly describe: string;
  readonly options: (yargs: Argv<CommonArguments>) => Argv<CommonArguments>;
  readonly act: (given: Given) => ClaimAct;
}

/** A command that orders one act on one invoice. */
const actCommand = <Given extends InvoiceActArguments>(
  end: End,
  { command, describe, options, act }: ActDescription<Given>,
): CommandModule<CommonArguments, Given> => ({
  command: `${command} <number>`,
  describe,
  builder: (yargs) =>
    options(yargs).positional('number', invoiceNumber).options(invoiceOptions).options(personOptions) as unknown as Argv<Given>,
  handler: async (parsed) => {
    // yargs gives the arguments under their dashed and their camel-case names; only the former are declared.
    const given = parsed as unknown as Given;
    const ordered = act(given);
    const { client, who: person, number, reason, 'dry-run': dryRun } = given;
    await actAt(given, { person, scope: { client } }, async (desk) => {
      if (ordered.action === 'credit') {
        const credit = await orderCredit(desk, { number, act: ordered, reason, dryRun });
        reportCredit(given, credit);
        if (credit.receipt.documents.accepted.count === 0) end(1);
        return;
      }
      const done = await orderAct(desk, { number, act: ordered, reason, dryRun });
      if (given.json)
        printJson({
          dryRun,
          outcome: done.outcome,
          ...(done.finding ? { finding: done.finding } : {}),
          receivable: done.receivable,
        });
      else {
        if (done.finding) printFindings([done.finding], client, languageAt(desk));
        reportAct(given, done);
      }
      if (done.outcome === 'refused') end(1);
    });
  },
});

function reportAct({ number, 'dry-run': dryRun }: InvoiceActArguments, { outcome, receivable, standing }: OrderedAct): void {
  if (outcome === 'known') console.log(`${number} stands like that already; nothing was changed.`);
  if (receivable && standing) printReceivable(receivable, standing);
  if (dryRun) console.log('\nThis was a dry run: nothing was changed.');
}

function reportCredit({ json, 'dry-run': dryRun }: InvoiceActArguments, { receipt, receivable, standing }: OrderedCredit): void {
  if (json) return printJson({ dryRun, receipt, receivable });
  printReceipt(receipt, { rehearsed: dryRun });
  if (receivable && standing) printReceivable(receivable, standing);
  if (dryRun) console.log('\nThis was a dry run: nothing was changed.');
}

const UNTIL = { type: 'string', demandOption: true, describe: 'The new date to pay, YYYY-MM-DD; its last day counts' } as const;
const PART = { type: 'string', describe: 'Only so much of it, such as 400.00; all if absent' } as const;
const part = ({ amount }: { readonly amount?: string | undefined }) => (amount === undefined ? {} : { amount: amountOf(amount) });

type UntilArguments = InvoiceActArguments & { readonly until: string };
type PartArguments = InvoiceActArguments & { readonly amount?: string | undefined };

const creditCommand = (end: End) =>
  actCommand<PartArguments & { readonly all: boolean }>(end, {
    command: 'credit',
    describe:
      'Issue a credit note on the client’s behalf for an amount or all that is open, deliver it, and set it against the invoice',
    options: (yargs) =>
      yargs
        .option('amount', { type: 'string', describe: 'So much, VAT included' })
        .option('all', { type: 'boolean', default: false, describe: 'All that is open of the principal' })
        .example('$0 invoice credit 1009 --client vattnet --amount 400 --reason "Fel mätare"', 'a part'),
    act: (given) => {
      if ((given.amount === undefined) !== given.all) throw new UsageError('Say how much: either --amount 400.00, or --all.');
      return { action: 'credit', ...part(given) };
    },
  });

const deferCommand = (end: End) =>
  actCommand<UntilArguments & { readonly interest: string }>(end, {
    command: 'defer',
    describe: 'Give the debtor a new date to pay (anstånd); twice per invoice at most, never before a date that a letter gave',
    options: (yargs) =>
      yargs.option('until', UNTIL).option('interest', {
        type: 'string',
        choices: ['yes', 'no'],
        default: 'yes',
        describe: 'Does late interest run meanwhile, from the original due date?',
      }),
    act: (given) => ({ action: 'defer', until: dateOf(given.until), interestRuns: given.interest === 'yes' }),
  });

const disputeCommand = (end: End) =>
  actCommand<PartArguments & { readonly category: (typeof disputeCategories)[number] }>(end, {
    command: 'dispute',
    describe:
      'Record an objection (bestridande) to all or a part; what is disputed is not demanded until the client has answered',
    options: (yargs) =>
      yargs.option('amount', PART).option('category', {
        type: 'string',
        choices: disputeCategories,
        demandOption: true,
        describe: 'What it is about; FEE disputes only the fees',
      }),
    act: (given) => ({ action: 'dispute', category: given.category, ...part(given) }),
  });

const holdCommand = (end: End) =>
  actCommand<InvoiceActArguments & { readonly cause: (typeof blockCauses)[number] }>(end, {
    command: 'hold',
    describe: 'Leave the invoice alone until it is released (spärr)',
    options: (yargs) => yargs.option('cause', { type: 'string', choices: blockCauses, demandOption: true, describe: 'Why' }),
    act: (given) => ({ action: 'hold', cause: given.cause }),
  });

const promiseCommand = (end: End) =>
  actCommand<UntilArguments>(end, {
    command: 'promise',
    describe: 'Record that the debtor has said to pay by a date; nothing is demanded until it has passed',
    options: (yargs) => yargs.option('until', UNTIL),
    act: (given) => ({ action: 'promise', until: dateOf(given.until) }),
  });

const holdKinds = ['deferment', 'dispute', 'block', 'promise'] as const;

interface ReleaseArguments extends InvoiceActArguments {
  readonly outcome?: (typeof disputeOutcomes)[number] | undefined;
  readonly kind?: (typeof holdKinds)[number] | undefined;
}

const releaseCommand = (end: End) =>
  actCommand<ReleaseArguments>(end, {
    command: 'release',
    describe: 'End a hold. A rejected dispute gives the debtor a new term; an accepted one waits for its credit or write-off',
    options: (yargs) =>
      yargs
        .option('outcome', { type: 'string', choices: disputeOutcomes, describe: 'How a dispute was answered' })
        .option('kind', { type: 'string', choices: holdKinds, describe: 'Which, where several holds stand' }),
    act: ({ outcome, kind }) => ({
      action: 'release',
      ...(outcome === undefined ? {} : { outcome }),
      ...(kind === undefined ? {} : { kind }),
    }),
  });

const writeOffCommand = (end: End) =>
  actCommand<PartArguments>(end, {
    command: 'write-off',
    describe:
      'Give up what is open or a part of it (avskrivning); the principal goes first. What was sold is changed by a credit',
    options: (yargs) => yargs.option('amount', PART),
    act: (given) => ({ action: 'write-off', ...part(given) }),
  });

const paidCommand = (end: End) =>
  actCommand<InvoiceActArguments & { readonly date: string; readonly amount: string }>(end, {
    command: 'paid',
    describe: 'The debtor has paid the client directly: nothing of the bureau’s money moves',
    options: (yargs) =>
      yargs
        .option('date', { type: 'string', demandOption: true, describe: 'The day the client got it, YYYY-MM-DD' })
        .option('amount', { type: 'string', demandOption: true, describe: 'How much' }),
    act: (given) => ({ action: 'paid-to-client', date: dateOf(given.date), amount: amountOf(given.amount) }),
  });
