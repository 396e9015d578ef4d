import type { InnerHouse } from '../house/inner-house.ts';
import { dateOf } from './days.ts';
import { accountOf, extras, openOf, type Letter, type Part, type World } from './world.ts';

/** A client's state in lines that can be read, compared and laid side by side. */
export type State = readonly string[];

const parts: readonly Part[] = ['principal', ...extras];

export function oracleState(world: World): State {
  const accounts = [...new Set(world.book.map((line) => line.account))];
  const sums = accounts.map((account) => ({
    account,
    sum: world.book.filter((line) => line.account === account).reduce((sum, line) => sum + line.amount, 0n),
  }));
  return [
    ...sums.filter(({ sum }) => sum !== 0n).map(({ account, sum }) => accountLine(account, sum)),
    ...world.claims.flatMap(({ number }) =>
      parts
        .map((part) => [part, openOf(world, number, part)] as const)
        .filter(([, open]) => open !== 0n)
        .map(([part, open]) => claimLine(number, accountOf(part), open)),
    ),
    ...world.claims.flatMap(({ number, steps }) =>
      steps
        .filter((step) => step.withdrawn === undefined)
        .map((step) => {
          const deadline = step.deadline === undefined ? null : dateOf(step.deadline);
          const sent = step.letter === undefined ? null : letterState(step.letter);
          return stepLine({ number, level: step.level, kind: step.kind, on: dateOf(step.on), deadline, sent, ...step.amounts });
        }),
    ),
    ...world.payouts.map((payout) => payoutLine(payout.amount, payout.state === 'planned' ? 'sent' : payout.state)),
  ].toSorted();
}

const payoutLine = (amount: bigint, state: string): string => `payout of ${amount}: ${state}`;
const accountLine = (account: string, sum: bigint): string => `account ${account}: ${sum}`;
const claimLine = (number: string, account: string, open: bigint): string => `open ${number} ${account}: ${open}`;

interface StepColumns extends Readonly<Record<Part, bigint>> {
  readonly number: string;
  readonly level: number;
  readonly kind: string;
  readonly on: string;
  readonly deadline: string | null;
  /** Of a letter: whether it has left the house, and when it was in the post. */
  readonly sent: string | null;
}

const letterState = ({ state, dispatched }: Letter): string =>
  dispatched === undefined ? state : `in the post ${dateOf(dispatched)}`;

const stepLine = ({ number, level, kind, on, deadline, sent, ...amounts }: StepColumns): string =>
  `step ${number} ${level} ${kind} on ${on}, ${sent ?? 'no letter'}, to pay by ${deadline ?? 'no date'}: ${parts.map((part) => `${part} ${amounts[part]}`).join(', ')}`;

/** The engine's states by client, read from the database with questions of the test's own. */
export async function engineStates(inner: InnerHouse): Promise<ReadonlyMap<string, State>> {
  const states = new Map<string, string[]>();
  const add = (client: string, line: string): void => {
    states.set(client, [...(states.get(client) ?? []), line]);
  };
  const accounts = await inner.rows<{ client: string; account: string; sum: bigint }>(
    `select client_id as client, account, sum(amount)::bigint as sum from posting group by 1, 2 having sum(amount) <> 0`,
  );
  for (const { client, account, sum } of accounts) add(client, accountLine(account, sum));
  const open = await inner.rows<{ client: string; number: string; account: string; open: bigint }>(
    `select p.client_id as client, i.number, p.account, sum(p.amount)::bigint as open
     from posting p join receivable r on r.id = p.receivable_id join invoice i on i.id = r.invoice_id
     where p.account like 'receivable%' group by 1, 2, 3 having sum(p.amount) <> 0`,
  );
  for (const row of open) add(row.client, claimLine(row.number, row.account, row.open));
  const steps = await inner.rows<StepColumns & { readonly client: string }>(
    `select r.client_id as client, i.number, s.level, s.kind, s.business_date as "on", s.deadline, s.principal, s.interest,
       s.reminder_fee as "reminderFee", s.collection_fee as "collectionFee", s.compensation,
       coalesce('in the post ' || d.dispatched_on, d.state) as sent
     from demand_step s left join document d on d.id = s.document_id join receivable r on r.id = s.receivable_id join invoice i on i.id = r.invoice_id where s.state = 'taken'`,
  );
  for (const { client, ...step } of steps) add(client, stepLine(step));
  const payouts = await inner.rows<{ client: string; amount: bigint; state: string }>(
    `select client_id as client, amount, state from payout`,
  );
  for (const { client, amount, state } of payouts) add(client, payoutLine(amount, state));
  return new Map([...states].map(([client, lines]) => [client, lines.toSorted()]));
}
