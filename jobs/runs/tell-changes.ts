import { lockUntoldChanges, setChangesTold } from '#engine/store/collection-cases.ts';
import { takeNumbers } from '#engine/store/number-series.ts';
import { writeChangeFile } from '#formats/collection/write-case-file.ts';
import { stageOutgoing } from '../pipeline/outgoing.ts';
import { remoteFor } from '../pipeline/remotes.ts';
import type { BegunRun, Applied } from './run-kind.ts';

/** Tells the agency what has happened to claims since they were handed over: payments, credits, withdrawals (F52). One file a run. */
export async function tellChanges({ house, tx, client }: Applied, { id, businessDate }: BegunRun): Promise<void> {
  const changes = await lockUntoldChanges(tx, client);
  if (changes.length === 0) return;
  const number = await takeNumbers(tx, `changes:${client}`, 1);
  const name = `collection/${client}/${businessDate}-changes-${number}.json`;
  const remote = remoteFor(house.config, 'collection', client);
  const told = changes.map(({ id: _id, ...change }) => change);
  const content = writeChangeFile({ client, run: id.toString(), date: businessDate }, told);
  const { outbound } = await stageOutgoing(house, tx, { kind: 'collection', client, file: null, name, remote }, content);
  await setChangesTold(
    tx,
    changes.map((change) => change.id),
    outbound,
  );
}
