import { createHash } from 'node:crypto';
import type { Demand } from '../demand.ts';
import { toJson } from '../invoice-json.ts';
import type { Tx } from './database.ts';

/** A reminder or demand that a run decided on: a waiting letter. */
export interface PlannedDemand {
  readonly id: string;
  readonly debtor: bigint;
  readonly demand: Demand;
}

/** What all demands of one run and agreement have in common. */
export interface DemandBatch {
  readonly client: string;
  readonly run: bigint;
  /** Decides layout, printer and who the letter is from. */
  readonly agreementVersion: number;
  /** Layout and version: `standard/1`. */
  readonly layout: string;
  /** Id of the channel that carries them. */
  readonly channel: string;
  readonly at: Date;
}

/** The same demand has the same id in every run: 64 bits of a hash over client, kind and number, unique by the table's key. */
export const demandId = (client: string, kind: Demand['kind'], number: string): string =>
  createHash('sha256').update(`${client}\n${kind}\n${number}`).digest('hex').slice(0, 16);

/**
 * Effect key of the one ledger transaction that books what a letter claims (fees, interest, compensation) for all its receivables.
 * A withdrawal finds it by this key and turns its signs; a letter that claims nothing anew has none.
 */
export const claimKey = (documentId: string): string => `claim:${documentId}`;

/**
 * Stores demands as letters that wait for the spool; set-based, one statement. The caller inserts their `demand_step` rows (which name
 * the document) and books their claims under `claimKey(id)` in the same transaction, and enqueues `spool` for the client. The renderer
 * refuses a demand that has `demandProblems` (engine/demand-problems.ts), and its claims are taken back then.
 */
export async function storeDemandDocuments(tx: Tx, batch: DemandBatch, documents: readonly PlannedDemand[]): Promise<void> {
  if (documents.length === 0) return;
  await tx.query(
    `insert into document (client_id, run_id, agreement_version, layout, state, channel, channel_reason, channel_facts, decided_at,
       id, kind, debtor_id, content)
     select $1, $2, $3, $4, 'waiting', $10, 'demand', '{}', $5, d.* from unnest($6::text[], $7::text[], $8::bigint[], $9::json[]) as d`,
    [
      batch.client,
      batch.run,
      batch.agreementVersion,
      batch.layout,
      batch.at,
      documents.map((item) => item.id),
      documents.map((item) => item.demand.kind),
      documents.map((item) => item.debtor),
      documents.map((item) => toJson(item.demand)),
      batch.channel,
    ],
  );
}
