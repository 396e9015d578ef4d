import { agreementOn } from '#engine/agreement.ts';
import { addDays, type IsoDate } from '#engine/iso-date.ts';
import { covers, type Scope } from '#engine/scope.ts';
import type { Tx } from '#engine/store/database.ts';
import type { RunKindName } from '#engine/store/runs.ts';
import type { OpenHome } from '../house.ts';
import { todayOf } from '../today.ts';
import { loadMissing } from './execute-run.ts';
import type { RunKind } from './run-kind.ts';
import { runKindsByName } from './run-kinds.ts';

/** Clients whose agreement on a date has this kind of run, in order of id. */
export const clientsConcerned = ({ config }: OpenHome, kind: RunKind, date: IsoDate): readonly string[] =>
  [...config.clients.values()]
    .filter((client) => {
      const agreement = agreementOn(client, date);
      return agreement !== undefined && kind.concerns(agreement);
    })
    .map(({ id }) => id)
    .toSorted();

export interface MissingRun {
  readonly kind: RunKindName;
  readonly client: string;
  readonly date: IsoDate;
}

/** Every run that should have been made by now, today's among them, and was not (IR1). */
export async function loadAllMissing(house: OpenHome, tx: Tx, scope: Scope): Promise<readonly MissingRun[]> {
  const today = todayOf(house);
  const missing: MissingRun[] = [];
  for (const kind of Object.values(runKindsByName)) {
    if (kind.catchUp === 'latest') continue;
    for (const client of clientsConcerned(house, kind, today).filter((id) => covers(scope, id))) {
      const dates = await loadMissing(house, tx, { kind, client, before: addDays(today, 1) });
      missing.push(...dates.map((date) => ({ kind: kind.kind, client, date })));
    }
  }
  return missing;
}
