import type { CommandModule } from 'yargs';
import { inTransaction } from '#engine/store/database.ts';
import { loadMigrations } from '#engine/store/migrate.ts';
import { withHouse } from '../house/prepare.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { printJson } from './output.ts';

export const migrateCommand = (_end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'migrate',
  describe: 'Bring the database to this version’s schema (every command does so when it starts)',
  handler: async (given) => {
    await using options = houseOptions(given);
    await withHouse(options, async (house) => {
      const migrations = await inTransaction(house.database, loadMigrations);
      if (given.json) printJson({ migrations });
      else console.log(`The database is up to date: ${migrations.join(', ')}.`);
    });
  },
});
