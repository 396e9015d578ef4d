import { userInfo } from 'node:os';
import type { CommandModule } from 'yargs';
import { storeAudit } from '#engine/store/audit.ts';
import { inTransaction } from '#engine/store/database.ts';
import { releaseParked } from '#engine/store/outbound.ts';
import { withHouse } from '../house/prepare.ts';
import { dispatchFiles } from '../pipeline/dispatch-files.ts';
import { remoteNamed } from '../pipeline/remotes.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';
import { printJson } from './output.ts';
import { UsageError } from './usage-error.ts';

interface RetryArguments extends CommonArguments {
  readonly remote: string;
}

export const outboxCommand = (end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'outbox',
  describe: 'Act on files that are to leave the house',
  builder: (yargs) => yargs.command(retryCommand(end)).demandCommand(1, 'Name what to do.'),
  handler: () => undefined,
});

const retryCommand = (end: End): CommandModule<CommonArguments, RetryArguments> => ({
  command: 'retry <remote>',
  describe: 'Send what waits for a remote now, parked files too; what it has already is not sent again',
  builder: (yargs) =>
    yargs.positional('remote', { type: 'string', demandOption: true, describe: 'print-house, access-point or client:ID' }),
  handler: async (given) => {
    await using options = houseOptions(given);
    await withHouse(options, async (house) => {
      if (!remoteNamed(house.config, given.remote)) throw new UsageError(`There is no remote ${given.remote} in remotes.yaml.`);
      const waiting = await inTransaction(house.database, async (tx) => {
        const audit = { at: house.clock(), who: userInfo().username, act: 'outbox retry', subject: given.remote, reason: null };
        await storeAudit(tx, audit);
        return releaseParked(tx, given.remote);
      });
      await dispatchFiles(house, given.remote, new AbortController().signal);
      const left = await inTransaction(house.database, (tx) => releaseParked(tx, given.remote));
      if (given.json) printJson({ remote: given.remote, sent: waiting - left, left });
      else console.log(`${waiting - left} of ${waiting} files were sent to ${given.remote}.`);
      if (left > 0) end(3);
    });
  },
});
