import { afterAll, beforeAll, expect, test } from 'vitest';
import { openInnerHouse, type InnerHouse } from '../house/inner-house.ts';
import { trialCsv } from '../house/trial-csv.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse();
});
afterAll(() => inner.close());

test('x', async () => {
  console.time('a');
  const taken = await inner.takeIn('provet', 'a.csv', trialCsv({ Number: 'A-1' }));
  console.timeEnd('a');
  console.log(taken);
  expect(await inner.violations()).toEqual([]);
  console.timeEnd('a');
});
