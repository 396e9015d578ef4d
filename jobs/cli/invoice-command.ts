import type { CommandModule } from 'yargs';
import type { CommonArguments, End } from './house-options.ts';
import {
  creditCommand,
  deferCommand,
  disputeCommand,
  holdCommand,
  paidCommand,
  promiseCommand,
  releaseCommand,
  writeOffCommand,
} from './invoice-acts.ts';
import { invoiceShowCommand } from './invoice-show-command.ts';

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
