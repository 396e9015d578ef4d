import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '#engine/finding.ts';
import { isSender } from '#engine/sender.ts';
import { inTransaction } from '#engine/store/database.ts';
import { loadFile, type FileRow } from '#engine/store/files.ts';
import { newClaimId } from '#jobs/new-claim-id.ts';
import type { House } from '#jobs/house/house.ts';
import { claimByHand } from '#jobs/intake/claim.ts';
import { withHouse } from '#jobs/house/prepare.ts';
import { advance } from '#jobs/pipeline/advance.ts';
import { receiveFile, receiveQuarantined } from '#jobs/pipeline/receive-file.ts';
import { verifyHouse } from '#jobs/verify/verify-house.ts';
import type { Parts } from '#engine/sockets/parts.ts';
import { parts as own } from '#jobs/house/parts.ts';
import { createTestDatabase } from '../db/test-database.ts';
import { copyConfig, type ConfigChanges } from './copy-config.ts';
import { memoryLog } from './memory-log.ts';

export const NOW = new Date('2026-11-21T09:00:00Z');

/** A house inside the test's own process, on a database of its own: quicker than a daemon, the same steps. */
export interface InnerHouse {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly house: House;
  /** Does with a file what `kuvert ingest` does and gives what became of it. */
  readonly takeIn: (client: string, name: string, content: Content) => Promise<TakenIn>;
  /** Only the first half of that: archived and registered, nothing read yet. Gives the file's id. */
  readonly receive: (client: string, name: string, content: Content) => Promise<bigint>;
  /** The second half: everything that waits is done. */
  readonly settle: (id: bigint) => Promise<TakenIn>;
  /** Rows of a question, int8 as bigint. */
  readonly rows: <T>(sql: string, values?: readonly unknown[]) => Promise<T[]>;
  /** Ids and violations of the invariants that do not hold. */
  readonly violations: () => Promise<readonly string[]>;
  /** Leaves the house and opens it again, as the next command would: `now` and the configuration may have changed. */
  readonly reopen: (now?: Date) => Promise<void>;
  /** Lets time pass: the clock stands there until it is set again. */
  readonly setClock: (now: Date) => void;
  readonly close: () => Promise<void>;
}

type Content = string | Uint8Array | AsyncIterable<Uint8Array>;

/** A file's end state, and its receipts as the client finds them. */
export interface TakenIn {
  readonly file: FileRow;
  readonly receipt: ReceiptJson;
  readonly receiptCsv: string;
  readonly postings: bigint;
}

export interface ReceiptJson {
  readonly file: { readonly number: number; readonly name: string; readonly state: string; readonly sha256: string };
  readonly received: Tally;
  readonly accepted: Tally;
  readonly rejected: Tally;
  readonly duplicate: Tally;
  readonly held: Tally;
  readonly amountsUnknown: number;
  readonly findingsInAll: number;
  readonly findings: readonly (Finding & { readonly message: string; readonly hint: string })[];
}
interface Tally {
  readonly count: number;
  readonly amount: string;
}

export interface InnerHouseOptions {
  readonly changes?: ConfigChanges;
  /** False: letters wait for a cut-off that does not come, for tests that look at files and ledger only. */
  readonly printing?: boolean;
  /** What is plugged in, where it is more than the house's own. */
  readonly parts?: Parts;
  /** Files that the configuration has beside those that come with Kuvert, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

const noPrinting: ConfigChanges = {
  'schedules.yaml': (text) => text.replace('kind: immediate', 'kind: cut-off\n  times: ["23:59"]'),
};

export async function openInnerHouse({
  changes = {},
  printing = false,
  parts = own,
  files = {},
}: InnerHouseOptions = {}): Promise<InnerHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'kuvert-inner-'));
  const database = await createTestDatabase();
  await copyConfig(join(folder, 'config'), { ...(printing ? {} : noPrinting), ...changes });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, 'config', name), text);
  let clock = NOW;
  const opened = { ...(await open(folder, database.url, { parts, clock: () => clock })) };
  return {
    folder,
    databaseUrl: database.url,
    get house() {
      return opened.house;
    },
    takeIn: (client, name, content) => takeIn(opened.house, { client, name, content }),
    receive: (client, name, content) => receive(opened.house, { client, name, content }),
    settle: (id) => settle(opened.house, id),
    rows: async <T>(sql: string, values: readonly unknown[] = []) =>
      (await opened.house.database.query(sql, [...values])).rows as T[],
    violations: () => findViolations(opened.house),
    reopen: async (now = NOW) => {
      await opened.leave();
      clock = now;
      Object.assign(opened, await open(folder, database.url, { parts, clock: () => clock }));
    },
    setClock: (now) => {
      clock = now;
    },
    close: async () => {
      await opened.leave();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

interface OpenHouse {
  readonly house: House;
  readonly leave: () => Promise<void>;
}

/** `withHouse` closes the house when its work ends, so the work is to wait until the test leaves. */
async function open(
  folder: string,
  databaseUrl: string,
  { parts, clock }: { readonly parts: Parts; readonly clock: () => Date },
): Promise<OpenHouse> {
  const left = Promise.withResolvers<void>();
  const entered = Promise.withResolvers<House>();
  const options = { home: join(folder, 'home'), configFolder: join(folder, 'config'), databaseUrl, clock, log: memoryLog() };
  const closed = withHouse({ ...options, parts, working: false }, async (house) => {
    entered.resolve(house);
    await left.promise;
  });
  closed.catch(entered.reject);
  const house = await entered.promise;
  const leave = async (): Promise<void> => {
    left.resolve();
    await closed;
  };
  return { house, leave };
}

interface Given {
  readonly client: string;
  readonly name: string;
  readonly content: Content;
}

async function takeIn(house: House, given: Given): Promise<TakenIn> {
  return settle(house, await receive(house, given));
}

async function settle(house: House, id: bigint): Promise<TakenIn> {
  const [trouble] = await advance(house, new AbortController().signal);
  if (trouble) throw trouble;
  return takenIn(house, id);
}

async function receive(house: House, { client, name, content }: Given): Promise<bigint> {
  const claimId = newClaimId(house.clock());
  const folder = join(house.home, 'work', 'by-hand', claimId);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, name), content);
  const claim = await claimByHand({ home: house.home, client, folder, claimId, nowMilliseconds: house.clock().getTime() });
  const { id } = claim.kind === 'claimed' ? await receiveFile(house, claim.claim) : await receiveQuarantined(house, claim.file);
  return id;
}

/** What has become of a file by now. */
export async function takenIn(house: House, id: bigint): Promise<TakenIn> {
  const file = await inTransaction(house.database, (tx) => loadFile(tx, id));
  const found = await house.database.query<{ postings: bigint }>(
    `select count(*) as postings from posting p join ledger_transaction t on t.id = p.transaction_id
     join invoice i on i.id = t.invoice_id where i.file_id = $1`,
    [id],
  );
  const stem = `${String(file.number).padStart(6, '0')}${file.settlement > 1 ? `-${file.settlement}` : ''}-`;
  const outFolder = join(house.home, 'outbox', isSender(file.client) ? 'reports' : 'clients', file.client);
  const names = (await readdir(outFolder)).filter((name) => name.startsWith(stem));
  const read = async (ending: string): Promise<string> => {
    const matching = names.filter((name) => name.endsWith(ending));
    if (matching.length !== 1)
      throw new Error(`file ${file.number} of ${file.client} has receipts ${names.join(', ') || 'none'}`);
    return readFile(join(outFolder, matching[0] ?? ''), 'utf8');
  };
  const receipt = JSON.parse(await read('.receipt.json')) as ReceiptJson;
  return { file, receipt, receiptCsv: await read('.receipt.csv'), postings: found.rows[0]?.postings ?? 0n };
}

async function findViolations(house: House): Promise<readonly string[]> {
  const verdicts = await verifyHouse(house, () => undefined);
  return verdicts.flatMap(({ id, violations }) => violations.map((violation) => `${id} ${violation}`));
}
