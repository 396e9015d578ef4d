import { openPostgres } from '#jobs/postgres/open-postgres.ts';
import type { Log } from '#jobs/house/log.ts';

/** A program of its own that uses the home's PostgreSQL: opens it, tells its parent the URL, and releases it when told to. */
const [home] = process.argv.slice(2);
if (home === undefined || process.send === undefined) throw new Error('to be forked with a home');

const tell = (event: string): void => void process.send?.({ event });
const log: Log = { info: tell, warn: tell, error: tell, child: () => log };

const postgres = await openPostgres({ home, log });
process.send({ url: postgres.url });
process.once('message', () => {
  void postgres.release().then(() => process.disconnect());
});
