import { userInfo } from 'node:os';
import type { CommandModule } from 'yargs';
import { inTransaction } from '#engine/store/database.ts';
import { storeAudit } from '#engine/store/audit.ts';
import { loadFileByNumber } from '#engine/store/files.ts';
import { withHouse } from '../house/prepare.ts';
import { advance } from '../pipeline/advance.ts';
import { settleReceivedFile } from '../pipeline/settle-file.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { printJson } from './output.ts';
import { UsageError } from './usage-error.ts';

interface RetryArguments extends CommonArguments {
  readonly client: string;
  readonly number: number;
}

export const fileCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'file',
  describe: 'Act on received files',
  builder: (yargs) => yargs.command(retryCommand(end)).demandCommand(1, 'Name what to do with the file.'),
  handler: () => undefined,
});

const retryCommand = (end: End): CommandModule<CommonArguments, RetryArguments> => ({
  command: 'retry <client> <number>',
  describe: 'Try a held file again, such as one that came before its agreement',
  builder: (yargs) =>
    yargs
      .positional('client', { type: 'string', demandOption: true, describe: 'The client' })
      .positional('number', { type: 'number', demandOption: true, describe: 'The file’s number, as on its receipt' }),
  handler: async (given) => {
    await using options = houseOptions(given);
    await withHouse(options, async (house) => {
      const held = await inTransaction(house.database, (tx) => loadFileByNumber(tx, given.client, given.number));
      if (!held) throw new UsageError(`Client ${given.client} has no file ${given.number}.`);
      if (held.state !== 'held') throw new UsageError(`File ${given.number} of ${given.client} is ${held.state}, not held.`);
      const file = await inTransaction(house.database, async (tx) => {
        const subject = `${given.client}/${given.number}`;
        await storeAudit(tx, { at: house.clock(), who: userInfo().username, act: 'file retry', subject, reason: null });
        return settleReceivedFile(house, tx, held.id, { state: 'held' });
      });
      const [trouble] = await advance(house, new AbortController().signal);
      if (trouble) throw trouble;
      if (given.json) printJson({ client: given.client, number: given.number, state: file?.state ?? held.state });
      else console.log(`File ${given.number} of ${given.client} is now ${file?.state ?? held.state}.`);
      if (file?.state !== 'booked') end(1);
    });
  },
});
