import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Receipt } from '#engine/receipt.ts';
import { covers, type ClientScope } from '#engine/scope.ts';
import { storeAudit } from '#engine/store/audit.ts';
import { loadFileByNumber, type FileState } from '#engine/store/files.ts';
import { releaseParked } from '#engine/store/outbound.ts';
import { loadReceivableEvents } from '#engine/store/receivable-events.ts';
import { loadTrails } from '#engine/store/trace.ts';
import { advance } from '../pipeline/advance.ts';
import { dispatchFiles } from '../pipeline/dispatch-files.ts';
import { rehearseFile, type Rehearsal, takeInByHand } from '../pipeline/take-in-by-hand.ts';
import { remoteNamed } from '../outbox/outgoing.ts';
import { settleReceivedFile } from '../pipeline/settle-file.ts';
import { receiptOf } from '../pipeline/write-receipt.ts';
import { clientAt, read, UsageError, type ActingDesk, type Desk } from './desk.ts';
import { eventSteps, fileSteps, invoiceSteps, type TraceStep } from './trace-steps.ts';

/** Takes a file in as the daemon would, with all that follows; it stays where it is. Gives its receipt. */
export async function takeIn(desk: ActingDesk<ClientScope>, path: string): Promise<Receipt> {
  const file = await takeInByHand(desk.house, await checked(desk, path));
  return read(desk, (tx) => receiptOf(desk.house, tx, file));
}

/** Shows the receipt that a file would get, and sample letters; books and sends nothing. */
export const rehearseTakingIn = async (desk: ActingDesk<ClientScope>, path: string): Promise<Rehearsal> =>
  rehearseFile(desk.house, await checked(desk, path));

async function checked(
  desk: ActingDesk<ClientScope>,
  given: string,
): Promise<{ readonly client: string; readonly path: string }> {
  const client = clientAt(desk);
  const path = resolve(given);
  if (!(await stat(path).catch(() => undefined))?.isFile()) throw new UsageError(`${path} is no file.`);
  return { client, path };
}

/** Tries a held file again, with all that follows. Gives its new state. @throws UsageError if it is not there or not held */
export async function retryFile(desk: ActingDesk<ClientScope>, number: number): Promise<FileState> {
  const { house, person: who, scope } = desk;
  const held = await read(desk, (tx) => loadFileByNumber(tx, scope.client, number));
  if (!held) throw new UsageError(`Client ${scope.client} has no file ${number}.`);
  if (held.state !== 'held') throw new UsageError(`File ${number} of ${scope.client} is ${held.state}, not held.`);
  const file = await read(desk, async (tx) => {
    const subject = `${scope.client}/${number}`;
    await storeAudit(tx, { at: house.clock(), who, act: 'file retry', subject, reason: null });
    return settleReceivedFile(house, tx, held.id, { state: 'held' });
  });
  const [trouble] = await advance(house, new AbortController().signal);
  if (trouble) throw trouble;
  return file?.state ?? held.state;
}

/** How many files waited for a remote, and how many still do. */
export interface Resent {
  readonly waiting: number;
  readonly left: number;
}

/** Sends what waits for a remote, parked files too. A remote serves all clients, so this is the bureau's to do. */
export async function retryOutbox(desk: ActingDesk<'bureau'>, remote: string): Promise<Resent> {
  const { house, person: who } = desk;
  if (!remoteNamed(house.config, remote)) throw new UsageError(`There is no remote ${remote} in remotes.yaml.`);
  const waiting = await read(desk, async (tx) => {
    await storeAudit(tx, { at: house.clock(), who, act: 'outbox retry', subject: remote, reason: null });
    return releaseParked(tx, remote);
  });
  await dispatchFiles(house, remote, new AbortController().signal);
  return { waiting, left: await read(desk, (tx) => releaseParked(tx, remote)) };
}

/** The way of one thing through the house. */
export interface Trace {
  readonly subject: string;
  readonly steps: readonly TraceStep[];
}

/** Follows an invoice by number or reference, a document by its id, or a file by CLIENT/NUMBER; empty where nothing goes by that. */
export function trace(desk: Desk, id: string): Promise<readonly Trace[]> {
  return read(desk, async (tx) => {
    const [, client, number] = /^([a-z0-9-]+)\/(\d{1,9})$/.exec(id) ?? [];
    const file =
      client === undefined || !covers(desk.scope, client)
        ? null
        : await loadFileByNumber(tx, client, Number.parseInt(number ?? '', 10));
    const trails = await loadTrails(tx, id, desk.scope);
    const events = await loadReceivableEvents(
      tx,
      trails.map((trail) => trail.id),
    );
    return [
      ...(file ? [{ subject: `file ${file.client}/${file.number}`, steps: fileSteps(file) }] : []),
      ...trails.map((trail) => ({
        subject: `${trail.kind} ${trail.invoice} of ${trail.client}`,
        steps: [
          ...invoiceSteps(trail),
          ...eventSteps(events.filter(({ client: of, invoice }) => of === trail.client && invoice === trail.invoice)),
        ],
      })),
    ];
  });
}
