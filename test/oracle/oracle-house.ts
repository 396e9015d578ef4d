import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { claimByHand } from '#jobs/intake/claim.ts';
import type { House } from '#jobs/house/house.ts';
import { newClaimId } from '#jobs/new-claim-id.ts';
import { advance } from '#jobs/pipeline/advance.ts';
import { receiveFile } from '#jobs/pipeline/receive-file.ts';
import { changeFile } from '../house/copy-config.ts';
import { openInnerHouse, type InnerHouse } from '../house/inner-house.ts';
import { clientYaml, type OracleClient } from './client-yaml.ts';
import { dateOf, type Day } from './days.ts';
import { termsOf } from './terms.ts';

/** A real house on a real database, whose clock the histories set and whose clients are theirs. */
export interface OracleHouse {
  readonly inner: InnerHouse;
  /** The house as it is on a day. */
  readonly on: (day: Day) => House;
  /** Delivers files as their senders do and does all that follows from them. */
  readonly deliver: (day: Day, files: readonly Delivery[]) => Promise<void>;
  readonly productOf: (client: string) => 'service' | 'purchase';
  /** The payment reference printed on an invoice. */
  readonly referenceOf: (client: string, invoice: string) => Promise<string>;
}

export interface Delivery {
  readonly sender: string;
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** The accounts that the clients' bankgiros are paid into (config/bank-accounts.yaml): money held for others, and the bureau's own. */
export const ibans = { service: 'SE5600000000099999900011', purchase: 'SE5000000000099999900022' } as const;

export async function openOracleHouse(clients: readonly OracleClient[]): Promise<OracleHouse> {
  const inner = await openInnerHouse();
  for (const client of clients)
    await writeFile(join(inner.folder, 'config/clients', `${client.id}.yaml`), await clientYaml(client));
  const girosOf = (product: 'service' | 'purchase'): string =>
    clients
      .filter(({ terms }) => termsOf(terms).product === product)
      .map(({ bankgiro }) => `${bankgiro}, `)
      .join('');
  await changeFile(join(inner.folder, 'config/bank-accounts.yaml'), (text) =>
    text
      .replace('giros: [', `giros: [${girosOf('service')}`)
      .replace('giros: []', `giros: [${girosOf('purchase')}]`)
      // Histories need no bank file on days without payments; the gate has tests of its own.
      .replace(/^ +expects:.*$/mu, ''),
  );
  await inner.reopen();
  const on = (day: Day): House => ({ ...inner.house, clock: () => new Date(`${dateOf(day)}T08:00:00Z`) });
  return {
    inner,
    on,
    deliver: (day, files) => deliver(on(day), files),
    productOf: (client) => {
      const terms = clients.find(({ id }) => id === client)?.terms;
      if (terms === undefined) throw new Error(`there is no client ${client}`);
      return termsOf(terms).product;
    },
    referenceOf: (client, invoice) => referenceOf(inner, client, invoice),
  };
}

async function referenceOf(inner: InnerHouse, client: string, invoice: string): Promise<string> {
  const [found] = await inner.rows<{ reference: string }>(
    `select p.reference from payment_reference p join invoice i on i.id = p.invoice_id where i.client_id = $1 and i.number = $2`,
    [client, invoice],
  );
  if (!found) throw new Error(`invoice ${invoice} of ${client} has no reference`);
  return found.reference;
}

async function deliver(house: House, files: readonly Delivery[]): Promise<void> {
  const received: bigint[] = [];
  for (const { sender, name, content } of files) {
    const claimId = newClaimId(house.clock());
    const folder = join(house.home, 'work', 'by-hand', claimId);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), content);
    const claim = await claimByHand({
      home: house.home,
      client: sender,
      folder,
      claimId,
      nowMilliseconds: house.clock().getTime(),
    });
    if (claim.kind !== 'claimed') throw new Error(`${name} of ${sender} was put into quarantine`);
    received.push((await receiveFile(house, claim.claim)).id);
  }
  const [trouble] = await advance(house, new AbortController().signal);
  if (trouble) throw trouble;
  const found = await house.database.query<{ refused: string }>(
    `select f.client_id || ' ' || f.name || ' is ' || f.state || ': ' || coalesce(string_agg(n::text, E'\n'), '') as refused
     from file f left join file_finding n on n.file_id = f.id where f.id = any($1) and (f.state <> 'booked' or n.severity = 'error') group by f.id`,
    [received],
  );
  if (found.rows.length > 0) throw new Error(found.rows.map((row) => row.refused).join('\n'));
}
