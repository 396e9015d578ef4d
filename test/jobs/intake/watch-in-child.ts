import { randomUUID } from 'node:crypto';
import { watchInboxes } from '#jobs/intake/watch.ts';

/**
 * A daemon's inbox part as a program of its own: `watch-in-child.ts <home> <inbox> <client>`. Writes a line of JSON per event and stops
 * at SIGTERM.
 */
const [home = '', folder = '', client = ''] = process.argv.slice(2);
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
const tell = (event: string) => async (what: unknown) => void process.stdout.write(`${JSON.stringify({ event, what })}\n`);
await tell('ready')(process.getuid?.());
await watchInboxes({
  home,
  inboxes: [{ client, folder }],
  clock: { wallMilliseconds: Date.now, steadyMilliseconds: () => performance.now() },
  settleMilliseconds: 200,
  alarmMilliseconds: 60_000,
  scanEveryMilliseconds: 300,
  newClaimId: randomUUID,
  signal: stop.signal,
  onClaim: tell('claim'),
  onQuarantine: tell('quarantine'),
  onNotice: tell('notice'),
  onStuck: tell('stuck'),
  onError: async (error) => tell('error')(JSON.parse(JSON.stringify(error))),
});
