import { afterAll, beforeAll, expect, test } from 'vitest';
import { openInnerHouse, type InnerHouse } from '../../house/inner-house.ts';
import { balances, bank, issue, notification, openOf, suspense } from './bank-house.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse();
});
afterAll(() => inner.close());

test('a payment in full, a part, too much, twice, and of nobody', async () => {
  const references = await issue(inner, { Number: 'A-1' }, { Number: 'A-2' }, { Number: 'A-3' }, { Number: 'A-4' });
  const { file, receipt } = await bank(
    inner,
    notification([
      { amount: 125_000n, ocr: references.get('A-1')! },
      { amount: 100_000n, ocr: references.get('A-2')! },
      { amount: 130_000n, ocr: references.get('A-3')! },
      { amount: 125_000n, ocr: references.get('A-4')! },
      { amount: 125_000n, ocr: references.get('A-4')! },
      { amount: 50_000n, text: 'Tack' },
    ]),
  );
  expect(receipt.findings.map(({ code }) => code)).toEqual(['BANK-NOT-TIED']);
  expect([file.state, file.counts.accepted, file.amounts.accepted]).toEqual(['booked', 6, 655_000n]);
  expect(await Promise.all(['A-1', 'A-2', 'A-3', 'A-4'].map((number) => openOf(inner, number)))).toEqual([0n, 25_000n, 0n, 0n]);
  expect(await suspense(inner)).toEqual([{ reason: 'no-reference', amount: 50_000n, client: 'bureau' }]);
  expect(await balances(inner)).toMatchObject({
    clientFunds: 605_000n,
    clientLiability: -475_000n,
    overpayment: -130_000n,
    receivable: 25_000n,
    withBureau: 475_000n,
  });
  expect(await inner.violations()).toEqual([]);
});
