import type { CommandModule } from 'yargs';
import { runDaemon } from '../daemon.ts';
import { withHouse } from '../house/prepare.ts';
import { houseOptions, type CommonArguments, type End } from './house-options.ts';

export const daemonCommand = (_end: End): CommandModule<CommonArguments, CommonArguments> => ({
  command: 'daemon',
  describe: 'Watch the inboxes and work until told to stop (SIGTERM or Ctrl-C)',
  handler: async (given) => {
    await using options = houseOptions(given, { working: true, terminal: !given.json });
    const stop = new AbortController();
    const onSignal = (): void => stop.abort();
    process.once('SIGTERM', onSignal).once('SIGINT', onSignal);
    await withHouse(options, (house) => runDaemon(house, stop.signal));
  },
});
