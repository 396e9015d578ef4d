import yargs from 'yargs';
import { EnvironmentError } from '#config/environment.ts';
import { OperatingError } from '#engine/operating-error.ts';
import { ConfigurationError } from '../house/open.ts';
import { assessmentCommand } from './assessment-command.ts';
import { ageingCommand } from './ageing-command.ts';
import { clientCommand } from './client-command.ts';
import { convertCommand } from './convert-command.ts';
import { daemonCommand } from './daemon-command.ts';
import { demoCommand } from './demo-command.ts';
import { explainCommand } from './explain-command.ts';
import { fileCommand } from './file-command.ts';
import { formatsCommand } from './formats-command.ts';
import { ingestCommand } from './ingest-command.ts';
import { invoiceCommand } from './invoice-command.ts';
import { lawCommand } from './law-command.ts';
import { migrateCommand } from './migrate-command.ts';
import { outboxCommand } from './outbox-command.ts';
import { printProblems } from './output.ts';
import { paymentCommand } from './payment-command.ts';
import { payoutCommand } from './payout-command.ts';
import { readCommand } from './read-command.ts';
import { runCommand } from './run-command.ts';
import { statementCommand } from './statement-command.ts';
import { statusCommand } from './status-command.ts';
import { traceCommand } from './trace-command.ts';
import { UsageError } from './usage-error.ts';
import { verifyCommand } from './verify-command.ts';

/** 0 done; 1 findings or refused; 2 wrong usage; 3 the world failed. */
export type ExitCode = 0 | 1 | 2 | 3;

const WIDTH = 110;

/** Runs one command and gives its exit code. Trouble is said on standard error, in one line where that is enough. */
export async function runCommandLine(words: readonly string[]): Promise<ExitCode> {
  let exitCode: ExitCode = 0;
  const end = (code: ExitCode): void => {
    exitCode = code;
  };
  try {
    await yargs([...words])
      .scriptName('kuvert')
      .usage(
        '$0 COMMAND\n\nTakes clients’ invoice files in, books, prints and sends them; posts payments, reminds, collects and pays out.',
      )
      .option('home', { type: 'string', describe: 'The bureau’s home folder (KUVERT_HOME, else ./var)' })
      .option('config', { type: 'string', describe: 'The configuration folder (KUVERT_CONFIG, else ./config)' })
      .option('json', { type: 'boolean', default: false, describe: 'Print JSON instead of tables' })
      .command(demoCommand(end))
      .command(daemonCommand(end))
      .command(statusCommand(end))
      .command(ingestCommand(end))
      .command(readCommand(end))
      .command(convertCommand(end))
      .command(formatsCommand(end))
      .command(clientCommand(end))
      .command(lawCommand(end))
      .command(fileCommand(end))
      .command(outboxCommand(end))
      .command(invoiceCommand(end))
      .command(statementCommand(end))
      .command(ageingCommand())
      .command(runCommand(end))
      .command(explainCommand(end))
      .command(assessmentCommand(end))
      .command(paymentCommand(end))
      .command(payoutCommand(end))
      .command(traceCommand(end))
      .command(verifyCommand(end))
      .command(migrateCommand(end))
      .demandCommand(1, 'Name a command.')
      .strict()
      .recommendCommands()
      .version(false)
      .alias('help', 'h')
      .wrap(WIDTH)
      .exitProcess(false)
      .fail((message, error) => {
        if (error) throw error;
        throw new UsageError(`${message}\n\nkuvert --help lists the commands; kuvert COMMAND --help explains one.`);
      })
      .parseAsync();
    return exitCode;
  } catch (error) {
    return explain(error);
  }
}

function explain(error: unknown): ExitCode {
  if (error instanceof UsageError || error instanceof EnvironmentError) {
    console.error(error.message);
    return 2;
  }
  if (error instanceof ConfigurationError) {
    printProblems(error.problems);
    return 1;
  }
  if (error instanceof OperatingError) {
    console.error(error.message);
    return 3;
  }
  // Neither wrong data nor the world: our own mistake, with everything that helps to find it.
  console.error(error);
  return 3;
}
