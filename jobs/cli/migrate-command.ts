import type { CommandModule } from 'yargs';
import { withHouse } from '../house/prepare.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { printJson } from './output.ts';

export const migrateCommand = (_end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'migrate',
  describe: 'Bring the database to this version’s schema (every command does so when it starts)',
  handler: async (given) => {
    await using options = houseOptions(given);
    await withHouse(options, async (house) => {
      const found = await house.database.query<{ name: string }>('select name from migration order by name');
      const migrations = found.rows.map((row) => row.name);
      if (given.json) printJson({ migrations });
      else console.log(`The database is up to date: ${migrations.join(', ')}.`);
    });
  },
});
