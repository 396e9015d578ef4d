import { afterAll, beforeAll, expect, test } from 'vitest';
import type { BankAccount } from '#engine/bank-account.ts';
import { isoDate } from '#engine/iso-date.ts';
import { loadMissingBankFiles } from '#engine/store/runs.ts';
import { calendarOfAccount } from '#jobs/house/house.ts';
import { inTransaction } from '#engine/store/database.ts';
import { openInnerHouse, type InnerHouse } from '../../house/inner-house.ts';
import { bank, notification } from './bank-house.ts';

let inner: InnerHouse;
beforeAll(async () => {
  inner = await openInnerHouse();
});
afterAll(() => inner.close());

const missing = async (through: string): Promise<readonly string[]> => {
  const account = inner.house.config.bankAccounts.get('provkonto')!;
  const expecting: BankAccount = { ...account, expects: { kind: 'notification', from: isoDate('2026-11-12') } };
  const found = await inTransaction(inner.house.database, (tx) =>
    loadMissingBankFiles(tx, {
      accounts: [expecting, { ...account, id: 'without' }],
      through: isoDate(through),
      calendarOf: () => calendarOfAccount(inner.house.config, account.id),
    }),
  );
  return found.map(({ day, held }) => (held === undefined ? day : `${day} ${held}`));
};

test('every bank day from the agreed one needs its file; one that is held is not there', async () => {
  expect(await missing('2026-11-16')).toEqual(['2026-11-12', '2026-11-13', '2026-11-16']);
  await bank(inner, notification([{ amount: 100n }], { date: '2026-11-12' }));
  await bank(inner, notification([{ amount: 200n }], { date: '2026-11-16' }));
  expect(await missing('2026-11-16')).toEqual(['2026-11-13']);
  const wrong = Buffer.from(notification([{ amount: 300n }], { date: '2026-11-13' }))
    .toString()
    .replace(/(<Ntry>[^]*?<Amt Ccy="SEK">)3\.00/, '$13.01');
  await bank(inner, wrong);
  expect(await missing('2026-11-16')).toEqual(['2026-11-13 file']);
  expect(await missing('2026-11-11')).toEqual([]);
});
