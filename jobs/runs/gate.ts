import { addDays, type IsoDate } from '#engine/iso-date.ts';
import { loadMissingBankFiles } from '#engine/store/bank-gate.ts';
import type { Tx } from '#engine/store/database.ts';
import { calendarOfAccount } from '../calendars.ts';
import type { House } from '../house.ts';

/**
 * Bank files that must be posted before anybody is asked for money or paid (IR2): all that are expected up to the day before the run, and,
 * if the run is late, up to yesterday, since what was paid meanwhile must not be demanded. Empty: the gate is open.
 */
export async function gateTrouble(
  house: House,
  tx: Tx,
  { businessDate, today }: { readonly businessDate: IsoDate; readonly today: IsoDate },
): Promise<readonly string[]> {
  const { bankAccounts } = house.config;
  const missing = await loadMissingBankFiles(tx, {
    accounts: bankAccounts.values(),
    through: addDays(businessDate < today ? today : businessDate, -1),
    calendarOf: (account) => calendarOfAccount(house.config, account),
  });
  return missing.map(({ account, kind, day, held }) =>
    held === undefined
      ? `no ${kind} of account ${account} for ${day} has come`
      : `the ${kind} of account ${account} for ${day} is held: ${held}`,
  );
}
