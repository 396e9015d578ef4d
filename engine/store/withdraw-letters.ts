import type { Agreement } from '../agreement.ts';
import { contraAccounts, type Posting } from '../ledger.ts';
import { noAmounts, type Amounts, type Component } from '../amounts.ts';
import type { IsoDate } from '../iso-date.ts';
import { sum, type Currency } from '../money.ts';
import { planWithdrawal } from '../plan-postings.ts';
import type { Tx } from './database.ts';
import { claimKey } from './demand-letters.ts';
import type { BookedTransaction, Ledger } from './ledger.ts';

/** How the reason begins of a demand that the layout or the print house's rules refuse: a person must look at it. */
export const CANNOT_BE_PRINTED = 'cannot be printed';

/** Which letters are pulled back, and why: `because` is shown to people and stored, such as `paid`, `credited`, `deferred`. */
export interface Withdrawal {
  /** Letters that demand any of these. */
  readonly receivables: readonly bigint[];
  readonly because: string;
  /** Entry date of what is taken back. */
  readonly on: IsoDate;
  readonly at: Date;
}

/**
 * Pulls back the demands of some receivables that have not left the house: `waiting` or `spooled`, never `released`. The letter and
 * its steps become `withdrawn`, and what it claimed (fee, interest, compensation) is taken back by a `withdrawal` transaction with the
 * effect key `withdraw:<document id>`, which turns the signs of `claim:<document id>`.
 *
 * Call it BEFORE a payment or credit is allocated, so that no money goes to a fee that is not owed: what is open changes by it. Costs one
 * statement where there is no such letter; give it all receivables of a chunk at once. Gives the letters' documents.
 */
export async function withdrawLetters(tx: Tx, ledger: Ledger, withdrawal: Withdrawal): Promise<readonly string[]> {
  const found = await tx.query<{ id: string }>(
    `select distinct d.id from demand_step s join document d on d.id = s.document_id
     where s.receivable_id = any($1) and s.state = 'taken' and d.state in ('waiting', 'spooled') order by 1`,
    [withdrawal.receivables],
  );
  const documents = found.rows.map((row) => row.id);
  await withdrawDocuments(tx, ledger, { ...withdrawal, documents });
  return documents;
}

export interface DocumentWithdrawal extends Omit<Withdrawal, 'receivables'> {
  readonly documents: readonly string[];
}

/** As `withdrawLetters`, for documents by id. Those that have left are refused with an error: that would be ours to have seen before. */
export async function withdrawDocuments(
  tx: Tx,
  ledger: Ledger,
  { documents, because, on, at }: DocumentWithdrawal,
): Promise<void> {
  if (documents.length === 0) return;
  const changed = await tx.query(
    `update document set state = 'withdrawn', withdrawn_because = $2
     where id = any($1) and state in ('waiting', 'spooled') and kind <> 'invoice'`,
    [documents, because],
  );
  if (changed.rowCount !== documents.length)
    throw new Error(`of ${documents.length} letters to withdraw some have left the house`);
  await tx.query(
    `update demand_step set state = 'withdrawn', withdrawn_at = $2, withdrawn_because = $3
     where document_id = any($1) and state = 'taken'`,
    [documents, at, because],
  );
  await ledger.book(withdrawals(await loadClaims(tx, ledger.client, documents), on));
}

function withdrawals(taken: readonly TakenBack[], on: IsoDate): readonly BookedTransaction[] {
  let used = 0n;
  return taken.flatMap(({ corrects, ...claim }) => {
    const transaction = planWithdrawal({ ...claim, heldAmount: claim.heldAmount - used, on });
    if (transaction === null) return [];
    used += sum(transaction.postings.filter(({ account }) => account === 'clientLiability').map(({ amount }) => amount));
    return [{ ...transaction, corrects }];
  });
}

interface TakenBack extends Omit<Parameters<typeof planWithdrawal>[0], 'on'> {
  readonly corrects: bigint;
}

interface ClaimRow {
  readonly document: string;
  readonly corrects: bigint;
  readonly debtor: bigint;
  readonly currency: Currency;
  readonly product: Agreement['product'];
  readonly postings: readonly Readonly<Record<'account' | 'amount' | 'receivable', string | null>>[];
  readonly open: readonly { readonly receivable: string; readonly component: Component; readonly amount: string }[];
  readonly held: bigint;
}

/** What each letter claimed by the ledger's own words, and what is open of the receivables now. */
async function loadClaims(tx: Tx, client: string, documents: readonly string[]): Promise<readonly TakenBack[]> {
  const found = await tx.query<ClaimRow>(
    `select d.id as document, t.id as corrects, d.debtor_id as debtor, d.content ->> 'currency' as currency,
       coalesce(a.product, 'service') as product,
       (select jsonb_agg(jsonb_build_object('account', p.account, 'amount', p.amount::text, 'receivable', p.receivable_id::text)
          order by p.line) from posting p where p.transaction_id = t.id) as postings,
       (select jsonb_agg(jsonb_build_object('receivable', o.receivable_id::text, 'component', o.component, 'amount', o.amount::text))
        from (select p.receivable_id, p.component, sum(p.amount) as amount from receivable_line p
              where p.receivable_id in (select s.receivable_id from demand_step s where s.document_id = d.id)
              group by 1, 2) as o) as open,
       (select coalesce(-sum(p.amount), 0)::bigint from posting p where p.client_id = $3 and p.account = 'clientLiability') as held
     from document d join ledger_transaction t on t.client_id = d.client_id and t.effect_key = $2 || d.id
       left join agreement_terms a on a.client_id = d.client_id and a.version = d.agreement_version
     where d.id = any($1) and d.client_id = $3 order by d.id`,
    [documents, claimKey(''), client],
  );
  return found.rows.map((row) => ({
    documentId: row.document,
    corrects: row.corrects,
    debtor: row.debtor,
    currency: row.currency,
    claimed: row.postings.map((posting) => postingOf(posting, row.currency)),
    open: openOf(row.open),
    contra: contraAccounts(row.product),
    heldAmount: row.held,
  }));
}

const postingOf = ({ account, amount, receivable }: ClaimRow['postings'][number], currency: Currency): Posting => ({
  account: account as Posting['account'],
  amount: BigInt(amount ?? '0'),
  currency,
  ...(receivable === null ? {} : { receivable: BigInt(receivable) }),
});

function openOf(rows: ClaimRow['open']): ReadonlyMap<bigint, Amounts> {
  const open = new Map<bigint, Amounts>();
  for (const row of rows) {
    const receivable = BigInt(row.receivable);
    const known = open.get(receivable) ?? noAmounts;
    open.set(receivable, { ...known, [row.component]: BigInt(row.amount) });
  }
  return open;
}
