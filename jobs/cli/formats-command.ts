import type { CommandModule } from 'yargs';
import { formats } from '#formats/registry.ts';
import type { CommonArguments, End } from './house-options.ts';
import { printJson, printTable } from './output.ts';

export const formatsCommand = (_end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'formats',
  describe: 'List the formats that can be read and written',
  handler: ({ json }) => {
    if (json) {
      printJson(formats);
      return;
    }
    printTable(
      [{ title: 'FORMAT' }, { title: 'READS' }, { title: 'WRITES' }, { title: 'WHAT IT IS' }],
      formats.map((format) => [format.id, format.reads ? 'yes' : '–', format.writes ? 'yes' : '–', format.title]),
      'No formats.',
    );
  },
});
