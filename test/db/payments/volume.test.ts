import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { shared } from '../../formats/shared-folder.ts';
import { openInnerHouse, type InnerHouse } from '../../house/inner-house.ts';
import { seededNumbers } from '../../house/seeded-numbers.ts';
import { bank, issue, notification, type Paid } from './bank-house.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse({
    changes: { 'bank-accounts.yaml': (text) => text.replace("bban: '99999900011'", "bban: '54401060156'") },
  });
});
afterAll(async () => {
  expect(await inner.violations()).toEqual([]);
  await inner.close();
});

const sums = () =>
  inner.rows<{ payments: bigint; amount: bigint; suspense: bigint; tied: bigint }>(
    `select (select count(*) from payment) as payments, (select sum(amount)::bigint from payment) as amount,
       (select coalesce(-sum(amount), 0)::bigint from posting where account = 'suspense') as suspense,
       (select coalesce(-sum(amount), 0)::bigint from posting where payment_id is not null and account <> 'suspense') as tied`,
  );

const ROWS = 1_234;
const TOTAL = 567_890_123n;

describe('F33: 1,234 payments of 5,678,901.23', () => {
  let payments: readonly Paid[];

  test('booked and in suspense together are the same sum', async () => {
    const numbers = Array.from({ length: 200 }, (_, index) => ({ Number: `F-${index}` }));
    const references = await issue(inner, ...numbers);
    const known = numbers.map(({ Number: number }): Paid => ({ amount: 125_000n, ocr: references.get(number)! }));
    const others = Array.from({ length: ROWS - known.length - 1 }, (_, index): Paid => ({
      amount: BigInt(1_000 + index),
      text: `okänd ${index}`,
    }));
    const listed = [...known, ...others];
    const rest = TOTAL - listed.reduce((total, { amount }) => total + amount, 0n);
    payments = [...listed, { amount: rest, text: 'resten' }].map((payment, index) => ({
      ...payment,
      servicerReference: `F33-${index}`,
    }));
    const { file } = await bank(inner, notification(payments));
    expect([file.counts.accepted, file.amounts.accepted]).toEqual([ROWS, TOTAL]);
    expect(await sums()).toEqual([{ payments: BigInt(ROWS), amount: TOTAL, tied: 25_000_000n, suspense: TOTAL - 25_000_000n }]);
  });

  test('sent again, in another order, cut into files: nothing is booked', async () => {
    const before = await sums();
    for (const seed of [1, 2, 3]) {
      const next = seededNumbers(seed);
      const shuffled = payments.map((payment) => ({ payment, place: next() })).sort((a, b) => a.place - b.place);
      const cut = 1 + (Math.floor(next() * (ROWS - 1)) % (ROWS - 1));
      for (const part of [shuffled.slice(0, cut), shuffled.slice(cut)]) {
        const { file } = await bank(inner, notification(part.map(({ payment }) => payment)));
        expect([file.state, file.counts.accepted, file.counts.duplicate]).toEqual(['booked', 0, part.length]);
      }
    }
    expect(await sums()).toEqual(before);
  });

  test('with one row more: that one', async () => {
    const { file } = await bank(inner, notification([...payments, { amount: 77n, servicerReference: 'F33-new' }]));
    expect([file.counts.accepted, file.amounts.accepted, file.counts.duplicate]).toEqual([1, 77n, ROWS]);
  });
});

describe('a bank’s own samples', () => {
  const sample = shared('samples/iso20022/seb-se/');
  const take = (content: string, name: string) => bank(inner, content.replace(/<MsgId>[^<]*/, `<MsgId>${name}`), name);

  test.skipIf(sample === undefined)('the notification is posted, made anew it is known', async () => {
    const content = readFileSync(new URL('camt.054_SE_CRED_BGC.xml', sample), 'utf8');
    const { file } = await take(content, 'sample-054.xml');
    expect([file.state, file.counts.accepted > 0, file.counts.duplicate]).toEqual(['booked', true, 0]);
    const again = await take(content, 'sample-054-again.xml');
    expect([again.file.state, again.file.counts.accepted, again.file.counts.duplicate]).toEqual([
      'booked',
      0,
      file.counts.accepted,
    ]);
  });

  test.skipIf(sample === undefined)('the statement of the same account is only reconciled', async () => {
    const before = await sums();
    const { file } = await take(readFileSync(new URL('camt.053_SE.xml', sample), 'utf8'), 'sample-053.xml');
    expect([file.state, await inner.rows('select state from bank_block where file_id = $1', [file.id])]).toEqual([
      'booked',
      [{ state: 'reconciled' }],
    ]);
    expect(await sums()).toEqual(before);
  });
});
