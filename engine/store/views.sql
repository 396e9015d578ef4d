-- The interface of the tables: questions ask these views wherever several of them would otherwise have to know the same of a table.
-- Made anew whenever this file or a table changes (engine/store/migrate.ts), so they are no part of the migrations.

-- What became of a file's content, whatever kind of file it is: documents of clients, transactions of banks (IF3).
create view kuvert.file_tally as
  select file_id, outcome, count(*) as count, sum(amount) as amount, count(*) filter (where not amount_known) as unknown
    from kuvert.file_document group by file_id, outcome
  union all
  select b.file_id, t.outcome, t.count, t.amount, 0 from kuvert.bank_block b, lateral (values
    ('accepted', b.accepted, b.accepted_amount), ('duplicate', b.repeated, b.repeated_amount), ('held', b.held, b.held_amount)
  ) as t (outcome, count, amount);

-- What was agreed with a client, as far as the database has to know it.
create view kuvert.agreement_terms as
  select client_id, version, valid_from, valid_to, content ->> 'product' as product from kuvert.agreement;

-- A posting on a debtor's debt: of which component of the claim, on which receivable.
create view kuvert.receivable_line as
  select p.receivable_id, a.component, p.amount, p.currency, p.client_id, p.transaction_id, p.line, p.payment_id
    from kuvert.posting p join kuvert.ledger_account a using (account) where a.component is not null;

-- What is open of a receivable now, together and by component (engine/amounts.ts); a credit note's is negative.
create view kuvert.open_item as
  select receivable_id, sum(amount)::bigint as amount,
      coalesce(sum(amount) filter (where component = 'principal'), 0)::bigint as principal,
      coalesce(sum(amount) filter (where component = 'interest'), 0)::bigint as interest,
      coalesce(sum(amount) filter (where component = 'reminderFee'), 0)::bigint as reminder_fee,
      coalesce(sum(amount) filter (where component = 'collectionFee'), 0)::bigint as collection_fee,
      coalesce(sum(amount) filter (where component = 'compensation'), 0)::bigint as compensation
    from kuvert.receivable_line group by receivable_id;

-- A posting on what a payment is tied to: receivables with what was forgiven of them, suspense, the debtor's credit; not the money and the
-- mirrors of it. The product is that of the receivable's agreement, and `service` of what is tied to none.
create view kuvert.payment_line as
  select p.payment_id, p.transaction_id, p.line, p.client_id, p.account, p.amount, p.currency, p.receivable_id, p.debtor_id,
      coalesce(g.product, 'service') as product
    from kuvert.posting p join kuvert.ledger_account a using (account) left join kuvert.receivable r on r.id = p.receivable_id
      left join kuvert.invoice i on i.id = r.invoice_id
      left join kuvert.agreement_terms g on g.client_id = i.client_id and g.version = i.agreement_version
    where p.payment_id is not null and (a.component is not null or p.account in ('suspense', 'overpayment', 'rounding'));

-- What of a payment's money is tied to no debt: in suspense, and held to a debtor's credit.
create view kuvert.payment_balance as
  select payment_id, coalesce(-sum(amount) filter (where account = 'suspense'), 0)::bigint as suspense,
      coalesce(-sum(amount) filter (where account = 'overpayment'), 0)::bigint as overpaid
    from kuvert.posting where payment_id is not null group by payment_id;
