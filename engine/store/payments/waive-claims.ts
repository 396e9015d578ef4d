import { claimPostings } from '../../ledger.ts';
import type { IsoDate } from '../../iso-date.ts';
import type { Waiver, OpenReceivable } from '../../matching/allocate-payment.ts';
import type { Currency } from '../../money.ts';
import type { Tx } from '../database.ts';
import { claimKey } from '../demand-letters.ts';
import { withLedger } from '../ledger.ts';

export interface BookedWaiver extends Waiver {
  readonly payment: bigint;
  readonly client: string;
  readonly product: OpenReceivable['product'];
}

interface StepRow {
  readonly id: bigint;
  readonly document_id: string | null;
  readonly claim: bigint | null;
  readonly currency: Currency;
  readonly invoice: string;
}

/**
 * Takes back what letters claimed of debts that had been paid before: a `withdrawal` per step and payment that corrects the claim. The
 * letter stays what it was; a task tells the client (fault XM7).
 */
export async function waiveClaims(
  tx: Tx,
  waivers: readonly BookedWaiver[],
  { on, at }: { readonly on: IsoDate; readonly at: Date },
): Promise<void> {
  if (waivers.length === 0) return;
  const steps = await loadSteps(
    tx,
    waivers.map(({ step }) => step),
  );
  for (const [client, own] of [...Map.groupBy(waivers, (waiver) => waiver.client)].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const byStep = [...Map.groupBy(own, ({ step, payment }) => `${step}:${payment}`)];
    const booked = byStep.map(([key, parts]) => {
      const step = steps.get(parts[0]!.step)!;
      const postings = parts.flatMap(({ product, component, amount, receivable }) =>
        claimPostings(product, { component, amount: -amount, currency: step.currency, receivable }),
      );
      return {
        kind: 'withdrawal' as const,
        effectKey: `waive:${key}`,
        entryDate: on,
        postings,
        ...(step.claim === null ? {} : { corrects: step.claim }),
      };
    });
    await withLedger(tx, { client, at }, (ledger) => ledger.book(booked));
    await openTasks(tx, own, { client, steps, at });
  }
}

async function loadSteps(tx: Tx, ids: readonly bigint[]): Promise<ReadonlyMap<bigint, StepRow>> {
  const found = await tx.query<StepRow>(
    `select s.id, s.document_id, t.id as claim, r.currency, v.number as invoice
     from demand_step s join receivable r on r.id = s.receivable_id join invoice v on v.id = r.invoice_id
       left join ledger_transaction t on t.client_id = r.client_id and t.effect_key = $2 || s.document_id
     where s.id = any($1)`,
    [ids, claimKey('')],
  );
  return new Map(found.rows.map((row) => [row.id, row]));
}

const openTasks = (
  tx: Tx,
  waivers: readonly BookedWaiver[],
  { client, steps, at }: { readonly client: string; readonly steps: ReadonlyMap<bigint, StepRow>; readonly at: Date },
): Promise<unknown> => {
  const told = [...Map.groupBy(waivers, ({ step }) => step)];
  return tx.query(
    `insert into task (client_id, kind, subject, detail, opened_at)
     select $1, 'fee-waived', g.subject, g.detail, $2 from unnest($3::text[], $4::jsonb[]) as g (subject, detail) on conflict do nothing`,
    [
      client,
      at,
      told.map(([step]) => `${steps.get(step)!.invoice}/${step}`),
      told.map(([step, parts]) =>
        JSON.stringify({
          invoice: steps.get(step)!.invoice,
          letterDate: parts[0]!.letterDate,
          payment: String(parts[0]!.payment),
          waived: Object.fromEntries(parts.map(({ component, amount }) => [component, String(amount)])),
        }),
      ),
    ],
  );
};
