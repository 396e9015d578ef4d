import { resolve } from 'node:path';
import type { CommandModule } from 'yargs';
import { checkClientFile } from '#config/check-client-file.ts';
import { loadConfig } from '#config/load-config.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { printJson, printProblems } from './output.ts';

interface CheckArguments extends CommonArguments {
  readonly file?: string | undefined;
}

export const clientCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'client',
  describe: 'Check clients’ agreements',
  builder: (yargs) => yargs.command(checkCommand(end)).demandCommand(1, 'Name what to do.'),
  handler: () => undefined,
});

const checkCommand = (end: End): CommandModule<CommonArguments, CheckArguments> => ({
  command: 'check [file]',
  describe: 'Check the whole configuration, or one client’s file before it is put in place',
  builder: (yargs) => yargs.positional('file', { type: 'string', describe: 'A client’s YAML file' }),
  handler: async (given) => {
    await using options = houseOptions(given);
    const problems =
      given.file === undefined
        ? (await loadConfig(options.configFolder, options.parts)).problems
        : await checkClientFile(resolve(given.file), options.configFolder, options.parts);
    if (given.json) printJson({ valid: problems.length === 0, problems });
    else if (problems.length > 0) printProblems(problems);
    else console.log(`${given.file ?? options.configFolder} is in order.`);
    if (problems.length > 0) end(1);
  },
});
