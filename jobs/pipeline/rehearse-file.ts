import { createReadStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Receipt } from '#engine/receipt.ts';
import { rehearse, type Tx } from '#engine/store/database.ts';
import { loadFileLetters } from '#engine/store/documents.ts';
import { registerFile, type FileRow } from '#engine/store/files.ts';
import { newClaimId } from '../new-claim-id.ts';
import { hashFile } from '../intake/durable.ts';
import { spooledChannels } from '#engine/sockets/channel.ts';
import type { House } from '../house.ts';
import { letterOf } from './build-spool.ts';
import { unfitFindings } from './receive-file.ts';
import { settleReceivedFile } from './settle-file.ts';
import { receiptOf } from './write-receipt.ts';
import { renderLetter } from '#layouts/spool/write-volume.ts';

export interface Rehearsal {
  readonly receipt: Receipt;
  /** Paths of sample letters. */
  readonly samples: readonly string[];
}

const SAMPLE_LETTERS = 3;

/** Does with a file all that the house would do up to the booking, and undoes it: no row stays, and nothing reaches an out-folder. */
export async function rehearseFile(house: House, given: { readonly client: string; readonly path: string }): Promise<Rehearsal> {
  const digest = await hashFile(given.path);
  const name = basename(given.path);
  const unfit = await unfitFindings(house, { name, path: given.path, bytes: digest.bytes });
  return rehearse(house.database, async (tx) => {
    const received = {
      client: given.client,
      claimId: newClaimId(house.clock()),
      name,
      ...digest,
      receivedAt: house.clock(),
    };
    const registered = await registerFile(tx, received, unfit);
    const settled = await settleReceivedFile(house, tx, registered.id, {
      bytesOf: () => createReadStream(given.path),
    });
    const file = settled ?? registered;
    return { receipt: await receiptOf(house, tx, file), samples: await writeSamples(house, tx, file) };
  });
}

async function writeSamples(house: House, tx: Tx, file: FileRow): Promise<readonly string[]> {
  const printer = house.config.clients.get(file.client)?.agreements.find((one) => one.version === file.agreementVersion)
    ?.letter.printer;
  const profile = printer === undefined ? undefined : house.config.printers.get(printer);
  if (!profile) return [];
  const folder = join(house.home, 'work', 'dry-run');
  await mkdir(folder, { recursive: true });
  const samples = [];
  for (const letter of await loadFileLetters(
    tx,
    { file: file.id, channels: spooledChannels(house.config.parts) },
    SAMPLE_LETTERS,
  )) {
    const path = join(folder, `${letter.id}.pdf`);
    await writeFile(
      path,
      renderLetter(letterOf(house, file.client, letter), { profile, parts: house.config.parts, createdAt: house.clock() }),
    );
    samples.push(path);
  }
  return samples;
}
