import { afterAll, beforeAll, expect, test } from 'vitest';
import { openInnerHouse, type InnerHouse } from '../../house/inner-house.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse();
});
afterAll(() => inner.close());

const schedules = () =>
  inner.rows<{ readonly key: string; readonly cron: string; readonly timezone: string; readonly data: unknown }>(
    `select key, cron, timezone, data from pgboss.schedule where name = 'run' order by key`,
  );

test('each kind of run is one schedule at its time of day in the bureau’s zone; what is configured no more goes', async () => {
  const { queues } = inner.house;
  await queues.scheduleRuns({ reminder: '08:00', payout: '10:30' }, 'Europe/Stockholm');
  await queues.scheduleRuns({ reminder: '08:15', collection: '09:00' }, 'Europe/Stockholm');
  expect(await schedules()).toEqual([
    { key: 'collection', cron: '00 09 * * *', timezone: 'Europe/Stockholm', data: { kind: 'collection' } },
    { key: 'reminder', cron: '15 08 * * *', timezone: 'Europe/Stockholm', data: { kind: 'reminder' } },
  ]);
});

test('so are the cut-offs of print jobs', async () => {
  await inner.house.queues.scheduleCutOffs(['11:00', '14:30'], 'Europe/Stockholm');
  expect(await inner.rows(`select key, cron from pgboss.schedule where name = 'cutOff' order by key`)).toEqual([
    { key: '11.00', cron: '00 11 * * *' },
    { key: '14.30', cron: '30 14 * * *' },
  ]);
});
