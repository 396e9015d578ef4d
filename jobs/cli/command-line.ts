import yargs from 'yargs';
import { OperatingError } from '#engine/operating-error.ts';
import { ConfigurationError, EnvironmentError, UsageError } from '../desk/desk.ts';
import { ageingCommand, statementCommand } from './account.ts';
import { assessmentCommand } from './assessment.ts';
import { fileCommand, ingestCommand, outboxCommand, traceCommand } from './file.ts';
import { clientCommand, daemonCommand, demoCommand, migrateCommand, verifyCommand } from './house.ts';
import { convertCommand, formatsCommand, readCommand } from './input.ts';
import { invoiceCommand } from './invoice-acts.ts';
import { explainCommand } from './invoice.ts';
import { lawCommand } from './law.ts';
import { printProblems } from './output.ts';
import { paymentCommand } from './payment.ts';
import { payoutCommand } from './payout.ts';
import { runCommand } from './run.ts';
import { statusCommand } from './status.ts';

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
      .command(daemonCommand())
      .command(statusCommand())
      .command(ingestCommand(end))
      .command(readCommand(end))
      .command(convertCommand(end))
      .command(formatsCommand())
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
      .command(migrateCommand())
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
