-- The accounts of the ledger once, as rows: in which of the two books each stands, and which component of a debtor's claim is kept on it.
-- The code fills them (engine/ledger.ts); here only those that are in use already.
create table kuvert.ledger_account (
  account text primary key,
  book text not null check (book in ('client', 'bureau')),
  component text unique,
  check (component is null or book = 'client')
);
insert into kuvert.ledger_account (account, book, component)
  select account, kuvert.book_of(account), case when account = 'receivable' then 'principal'
      when account like 'receivable:%' then substr(account, length('receivable:') + 1) end
  from (select distinct account from kuvert.posting) as used;
create trigger append_only before update or delete or truncate on kuvert.ledger_account
  for each statement execute function kuvert.ledger_is_append_only();
alter table kuvert.posting add constraint posting_account_fkey foreign key (account) references kuvert.ledger_account;

create or replace function kuvert.postings_balance() returns trigger language plpgsql as $$
declare
  bad record;
begin
  -- What is added must balance by itself: then the transaction does, since nothing is ever changed or taken away. Never over the whole table:
  -- with a large ledger the planner reads it all, for each statement anew. The foreign key has refused accounts that there are not.
  select p.transaction_id, p.currency, sum(p.amount) as total into bad from added p join kuvert.ledger_account a using (account)
    group by p.transaction_id, p.currency, a.book having sum(p.amount) <> 0 limit 1;
  if found then
    raise exception 'ledger transaction % does not balance: % %', bad.transaction_id, bad.total, bad.currency
      using errcode = 'check_violation';
  end if;
  select t.id into bad from (select distinct transaction_id, client_id from added) as a join kuvert.ledger_transaction t on t.id = a.transaction_id
    where t.client_id <> a.client_id or t.written_by <> pg_current_xact_id() limit 1;
  if found then
    raise exception 'postings of ledger transaction % belong to another client or come too late', bad.id
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
drop function kuvert.book_of(text);

-- Views are made from engine/store/views.sql since, and no longer by migrations.
drop view if exists kuvert.file_tally;
