import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { claimByHand } from '#jobs/intake/claim.ts';
import { quarantineClaim } from '#jobs/intake/quarantine.ts';
import { advance } from '#jobs/pipeline/advance.ts';
import { recoverQuarantined } from '#jobs/daemon.ts';
import { rehearseFile } from '#jobs/pipeline/take-in-by-hand.ts';
import { NOW, openInnerHouse, type InnerHouse } from '../house/inner-house.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse();
});
afterAll(() => inner.close());

test('what a killed daemon put into the quarantine and told nobody gets its receipt at the next start, once', async () => {
  const { house } = inner;
  const folder = join(house.home, 'work', 'upload');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'half.csv'), 'whatever');
  const nowMilliseconds = NOW.getTime();
  const claimed = await claimByHand({ home: house.home, client: 'provet', folder, claimId: 'claim-1', nowMilliseconds });
  if (claimed.kind !== 'claimed') throw new Error('the file was not claimed');
  await quarantineClaim(house.home, claimed.claim, { reason: 'changed-after-claim', nowMilliseconds });
  await recoverQuarantined(house);
  await recoverQuarantined(house);
  await advance(house, new AbortController().signal);
  expect(await inner.rows(`select name, state, receipted from file where claim_id = 'claim-1'`)).toEqual([
    { name: 'half.csv', state: 'quarantined', receipted: 1 },
  ]);
  expect(await inner.violations()).toEqual([]);
});

test.each<[string, string, string, string]>([
  ['an archive', 'fakturor.zip', 'PK\u0003\u0004rest', 'FILE-ALIEN'],
  ['nothing', 'tom.csv', '', 'FILE-EMPTY'],
  ['an unsafe name', '-rf.csv', 'Number;', 'FILE-NAME-UNSAFE'],
])('a dry run of %s says that it would be quarantined', async (_what, name, content, code) => {
  const path = join(inner.folder, name);
  await writeFile(path, content);
  const { receipt, samples } = await rehearseFile(inner.house, { client: 'provet', path });
  expect(receipt.file.state).toBe('quarantined');
  expect(receipt.findings.map((item) => item.code)).toEqual([code]);
  expect(samples).toEqual([]);
  expect(await inner.rows('select 1 from file where name = $1', [name])).toEqual([]);
});
