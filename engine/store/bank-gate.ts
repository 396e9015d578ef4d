import type { BankAccount } from '../bank-account.ts';
import { isBankDay, type BankCalendar } from '../bank-days.ts';
import { addDays, type IsoDate } from '../iso-date.ts';
import type { Tx } from './database.ts';

/** A bank's file that should have come and been posted, and has not. */
export interface MissingBankFile {
  readonly account: string;
  readonly day: IsoDate;
  readonly kind: 'notification' | 'statement';
  /** It came, and is held: for this reason. */
  readonly held?: string;
}

/**
 * The expected bank files of days up to `through` that are not posted: before they are, nobody knows who has paid, so no demand and no
 * payout goes out (IR2). A day is there when a block of the expected kind that tells of it is posted, known already or, where the account
 * posts from another kind, reconciled. Throws a MissingBankCalendarError outside the calendar.
 */
export async function loadMissingBankFiles(
  tx: Tx,
  {
    accounts,
    through,
    calendarOf,
  }: {
    readonly accounts: Iterable<BankAccount>;
    readonly through: IsoDate;
    /** Of an account by its id. */
    readonly calendarOf: (account: string) => BankCalendar;
  },
): Promise<readonly MissingBankFile[]> {
  const expected = [...accounts].flatMap(({ id, expects }) =>
    expects === undefined
      ? []
      : bankDays(calendarOf(id), expects.from, through).map((day) => ({ account: id, day, kind: expects.kind })),
  );
  if (expected.length === 0) return [];
  const found = await tx.query<{ account: string; day: IsoDate; kind: MissingBankFile['kind']; held: string | null }>(
    `select e.account, e.day, e.kind, (select b.reason from bank_block b where b.account = e.account and b.message_kind = e.kind and b.state = 'held'
         and e.day between b.from_date and b.to_date order by b.id limit 1) as held
     from unnest($1::text[], $2::date[], $3::text[]) as e (account, day, kind)
     where not exists (select from bank_block b where b.account = e.account and b.message_kind = e.kind and b.state <> 'held'
       and e.day between b.from_date and b.to_date)
     order by e.day, e.account`,
    [expected.map(({ account }) => account), expected.map(({ day }) => day), expected.map(({ kind }) => kind)],
  );
  return found.rows.map(({ held, ...missing }) => ({ ...missing, ...(held === null ? {} : { held }) }));
}

function bankDays(calendar: BankCalendar, from: IsoDate, through: IsoDate): readonly IsoDate[] {
  const days: IsoDate[] = [];
  for (let day = from; day <= through; day = addDays(day, 1)) if (isBankDay(calendar, day)) days.push(day);
  return days;
}
