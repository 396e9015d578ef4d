import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inTransaction, rehearse, type Tx } from '#engine/store/database.ts';
import { loadFile, type FileRow, registerFile } from '#engine/store/files.ts';
import type { House } from '../house/house.ts';
import { claimByHand } from '../intake/claim.ts';
import { newClaimId } from '../new-claim-id.ts';
import { advance } from './advance.ts';
import { receiveFile, receiveQuarantined, unfitFindings } from './receive-file.ts';
import { createReadStream } from 'node:fs';
import type { Receipt } from '#engine/receipt.ts';
import { loadFileLetters } from '#engine/store/documents.ts';
import { hashFile } from '../intake/durable.ts';
import { spooledChannels } from '#engine/sockets/channel.ts';
import { letterOf } from './build-spool.ts';
import { settleReceivedFile } from './settle-file.ts';
import { receiptOf } from './write-receipt.ts';
import { renderLetter } from '#layouts/spool/single-pdf.ts';

/** Takes a file in as if it had come into the client's inbox, and does all that follows; the file stays where it is. */
export async function takeInByHand(house: House, given: { readonly client: string; readonly path: string }): Promise<FileRow> {
  const claimId = newClaimId(house.clock());
  const folder = join(house.home, 'work', 'by-hand', claimId);
  await mkdir(folder, { recursive: true });
  await copyFile(given.path, join(folder, basename(given.path)));
  const nowMilliseconds = house.clock().getTime();
  const claimed = await claimByHand({ home: house.home, client: given.client, folder, claimId, nowMilliseconds });
  await rm(folder, { recursive: true, force: true });
  const received =
    claimed.kind === 'claimed' ? await receiveFile(house, claimed.claim) : await receiveQuarantined(house, claimed.file);
  const [trouble] = await advance(house, new AbortController().signal);
  if (trouble) throw trouble;
  return inTransaction(house.database, (tx) => loadFile(tx, received.id));
}

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
