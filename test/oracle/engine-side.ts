import { trialCsv, type TrialRow } from '../house/trial-csv.ts';
import type { Act } from './acts.ts';
import { dateOf, type Day } from './days.ts';
import type { Step } from './history.ts';
import type { OracleHouse } from './oracle-house.ts';

/** What one client of the house does. */
export interface ClientAct {
  readonly client: string;
  readonly act: Act;
}

interface Phase {
  readonly name: string;
  /** Which steps belong to it. */
  readonly of: readonly Step['does'][];
  /** Does the acts of all clients through the engine's doors. */
  readonly play: (house: OracleHouse, day: Day, acts: readonly ClientAct[]) => Promise<void>;
}

/** In which order a day's steps are taken. */
export const phases: readonly Phase[] = [
  { name: 'documents', of: ['invoice', 'credit'], play: deliverDocuments },
];

type ActThat<D extends Act['does']> = Extract<Act, { does: D }>;
const actsThat = <D extends Act['does']>(acts: readonly ClientAct[], does: D) =>
  acts.filter((one): one is { client: string; act: ActThat<D> } => one.act.does === does);

/** One invoice file per client. */
async function deliverDocuments(house: OracleHouse, day: Day, acts: readonly ClientAct[]): Promise<void> {
  const clients = [...new Set(acts.map(({ client }) => client))];
  const files = clients.map((client) => {
    const rows = acts.filter((one) => one.client === client).map(({ act }) => rowOf(act));
    return { sender: client, name: `${dateOf(day)}.csv`, content: trialCsv(...rows) };
  });
  await house.deliver(day, files);
}

function rowOf(act: Act): TrialRow {
  if (act.does === 'invoice') {
    const { number, debtor, issued, due, net } = act.invoice;
    return { ...moneyCells(net), Number: number, Debtor: debtor, Issued: dateOf(issued), Due: dateOf(due), Mode: 'monitor-only' };
  }
  if (act.does !== 'credit') throw new Error(`${act.does} is no document`);
  const { number, of, debtor, issued, net } = act.note;
  return { ...moneyCells(net), Number: number, Debtor: debtor, Kind: 'C', Credits: of, Issued: dateOf(issued), Mode: 'monitor-only' };
}

const moneyCells = (net: bigint): TrialRow => ({ Price: kronor(net), Payable: kronor((net * 5n) / 4n) });

const kronor = (amount: bigint): string => `${amount / 100n},${String(amount % 100n).padStart(2, '0')}`;

export const unused = actsThat;
