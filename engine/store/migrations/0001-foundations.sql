-- Kuvert's tables. Amounts are bigint minor units; positive is debit. Times are timestamptz, dates are business dates.
-- The database guards what must never be wrong: the ledger is append-only and zero-sum, states only move forward, numbers have
-- no gaps because the counter row is part of the transaction, and every effect has a unique key.

create table kuvert.client (
  id text primary key check (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name text not null
);

-- What was agreed, as it was when first used. A version in use never changes (store/clients.ts refuses it).
create table kuvert.agreement (
  client_id text not null references kuvert.client,
  version integer not null check (version > 0),
  valid_from date not null,
  valid_to date,
  content jsonb not null,
  content_sha256 text not null,
  primary key (client_id, version)
);

-- Gapless series: the row is locked and raised in the transaction that uses the numbers, so a rollback gives them back (IL6).
create table kuvert.number_series (
  series text primary key,
  next bigint not null check (next > 0)
);

-- One received file. `duplicate_of` points at the file whose content it repeats; only originals are read.
create table kuvert.file (
  id bigint generated always as identity primary key,
  client_id text not null references kuvert.client,
  -- 1, 2, 3 … per client, in order of receipt: what people call the file by.
  number integer not null check (number > 0),
  claim_id text not null unique,
  name text not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bigint not null check (bytes >= 0),
  received_at timestamptz not null,
  state text not null check (state in ('archived', 'booked', 'rejected', 'duplicate', 'held', 'quarantined')),
  agreement_version integer,
  duplicate_of bigint references kuvert.file,
  settled_at timestamptz,
  -- How often its outcome was decided (a held file is tried again), and the last decision that a receipt was planned for.
  settlement integer not null default 0,
  receipted integer not null default 0,
  documents_accepted integer not null default 0,
  documents_rejected integer not null default 0,
  documents_duplicate integer not null default 0,
  documents_held integer not null default 0,
  amount_accepted bigint not null default 0,
  amount_rejected bigint not null default 0,
  amount_duplicate bigint not null default 0,
  amount_held bigint not null default 0,
  amounts_unknown integer not null default 0,
  unique (client_id, number),
  foreign key (client_id, agreement_version) references kuvert.agreement (client_id, version),
  check ((state = 'duplicate') = (duplicate_of is not null))
);
-- The same content books once per client, whatever its name, folder, time or daemon (IF4).
create unique index file_content_once on kuvert.file (client_id, sha256) where state not in ('duplicate', 'quarantined');
create index file_unsettled on kuvert.file (id) where settled_at is null;
create index file_without_receipt on kuvert.file (id) where receipted < settlement;
create index file_duplicate_of on kuvert.file (duplicate_of) where duplicate_of is not null;

create function kuvert.file_moves_forward() returns trigger language plpgsql as $$
begin
  if old.state <> new.state and not (old.state = 'archived' or (old.state = 'held' and new.state in ('booked', 'rejected', 'held'))) then
    raise exception 'file % cannot go from % to %', old.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if new.sha256 <> old.sha256 or new.client_id <> old.client_id or new.received_at <> old.received_at then
    raise exception 'what was received as file % does not change', old.id using errcode = 'check_violation';
  end if;
  return new;
end $$;
create trigger file_moves_forward before update on kuvert.file for each row execute function kuvert.file_moves_forward();

-- Every document of a file with its outcome, whatever became of it: in = accepted + rejected + duplicate + held (IF3).
create table kuvert.file_document (
  file_id bigint not null references kuvert.file,
  sequence integer not null check (sequence > 0),
  line integer not null,
  last_line integer not null,
  number text,
  outcome text not null check (outcome in ('accepted', 'rejected', 'duplicate', 'held')),
  amount bigint not null,
  amount_known boolean not null,
  content_sha256 text,
  -- The document as it was read (invoice and directions); absent where none could be made. Type json keeps the text as it is: reading
  -- it back takes 0.3 s for 5,000 documents where jsonb takes 0.7, and nothing here asks for single keys.
  content json,
  primary key (file_id, sequence)
);
create index file_document_number on kuvert.file_document (file_id, number);

create table kuvert.file_finding (
  file_id bigint not null references kuvert.file,
  sequence integer not null check (sequence > 0),
  code text not null,
  severity text not null check (severity in ('error', 'warning')),
  rule text not null,
  line integer,
  col integer,
  field text,
  document text,
  value text,
  facts jsonb,
  primary key (file_id, sequence)
);

-- The debtor register: one row per client's debtor, its versions as the files told them (F12).
create table kuvert.debtor (
  id bigint generated always as identity primary key,
  client_id text not null references kuvert.client,
  number text not null,
  preferred_channel text check (preferred_channel in ('print', 'einvoice')),
  preferred_language text,
  latest_version integer not null,
  unique (client_id, number)
);
create table kuvert.debtor_version (
  debtor_id bigint not null references kuvert.debtor,
  version integer not null,
  class text not null check (class in ('consumer', 'business', 'public')),
  content jsonb not null,
  content_sha256 text not null,
  file_id bigint not null references kuvert.file,
  recorded_at timestamptz not null,
  primary key (debtor_id, version)
);

create table kuvert.invoice (
  id bigint generated always as identity primary key,
  client_id text not null references kuvert.client,
  number text not null,
  kind text not null check (kind in ('invoice', 'creditNote')),
  file_id bigint not null,
  file_sequence integer not null,
  agreement_version integer not null,
  debtor_id bigint not null references kuvert.debtor,
  debtor_version integer not null,
  mode text not null check (mode in ('full', 'distribute-only', 'monitor-only')),
  issue_date date not null,
  due_date date,
  -- The date the terms gave before the bank day rule moved it (F19).
  nominal_due_date date,
  currency text not null,
  net bigint not null,
  vat bigint not null,
  payable bigint not null,
  language text not null,
  content_sha256 text not null,
  -- The document as it was issued: the canonical invoice, enriched.
  content json not null,
  unique (client_id, number),
  unique (file_id, file_sequence),
  foreign key (file_id, file_sequence) references kuvert.file_document (file_id, sequence),
  foreign key (client_id, agreement_version) references kuvert.agreement (client_id, version),
  foreign key (debtor_id, debtor_version) references kuvert.debtor_version (debtor_id, version)
);
create index invoice_debtor on kuvert.invoice (debtor_id);

-- Every reference ever given out on an account; never reused (F32).
create table kuvert.payment_reference (
  account text not null,
  reference text not null,
  invoice_id bigint not null references kuvert.invoice,
  primary key (account, reference)
);
create index payment_reference_invoice on kuvert.payment_reference (invoice_id);

create table kuvert.receivable (
  id bigint generated always as identity primary key,
  client_id text not null references kuvert.client,
  invoice_id bigint not null unique references kuvert.invoice,
  debtor_id bigint not null references kuvert.debtor,
  currency text not null,
  principal bigint not null,
  due_date date
);

-- The ledger. One chain of transactions per client: numbered without gaps, each hashing the one before.
create table kuvert.ledger_head (
  client_id text primary key references kuvert.client,
  next_sequence bigint not null default 1,
  hash text not null default ''
);
create table kuvert.ledger_transaction (
  id bigint generated always as identity primary key,
  client_id text not null references kuvert.client,
  sequence bigint not null,
  kind text not null,
  -- What makes the effect happen once: such as `issue:<invoice number>`.
  effect_key text not null,
  entry_date date not null,
  booked_at timestamptz not null,
  invoice_id bigint references kuvert.invoice,
  previous_hash text not null,
  hash text not null,
  written_by xid8 not null default pg_current_xact_id(),
  unique (client_id, sequence),
  unique (client_id, effect_key)
);
create index ledger_transaction_invoice on kuvert.ledger_transaction (invoice_id);
create table kuvert.posting (
  transaction_id bigint not null references kuvert.ledger_transaction,
  line integer not null check (line > 0),
  client_id text not null,
  account text not null,
  amount bigint not null check (amount <> 0),
  currency text not null,
  receivable_id bigint references kuvert.receivable,
  primary key (transaction_id, line)
);
create index posting_receivable on kuvert.posting (receivable_id) where receivable_id is not null;
create index posting_account on kuvert.posting (client_id, account);

create function kuvert.ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger is append-only: % on % refused; book a correcting transaction', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete or truncate on kuvert.ledger_transaction
  for each statement execute function kuvert.ledger_is_append_only();
create trigger append_only before update or delete or truncate on kuvert.posting
  for each statement execute function kuvert.ledger_is_append_only();

-- A transaction's postings come in one statement, right after it, and sum to zero per currency (IL1). Checking per statement over
-- the inserted rows keeps the guard set-based; a later statement cannot add to an old transaction because of written_by.
create function kuvert.postings_balance() returns trigger language plpgsql as $$
declare
  bad record;
begin
  select p.transaction_id, p.currency, sum(p.amount) as total into bad
    from kuvert.posting p where p.transaction_id in (select distinct transaction_id from added)
    group by p.transaction_id, p.currency having sum(p.amount) <> 0 limit 1;
  if found then
    raise exception 'ledger transaction % does not balance: % %', bad.transaction_id, bad.total, bad.currency
      using errcode = 'check_violation';
  end if;
  select t.id into bad from added a join kuvert.ledger_transaction t on t.id = a.transaction_id
    where t.client_id <> a.client_id or t.written_by <> pg_current_xact_id() limit 1;
  if found then
    raise exception 'postings of ledger transaction % belong to another client or come too late', bad.id
      using errcode = 'check_violation';
  end if;
  return null;
end $$;
create trigger postings_balance after insert on kuvert.posting
  referencing new table as added for each statement execute function kuvert.postings_balance();

-- A transaction without postings is an error of ours; seen at commit.
create function kuvert.transaction_has_postings() returns trigger language plpgsql as $$
begin
  if not exists (select from kuvert.posting where transaction_id = new.id) then
    raise exception 'ledger transaction % has no postings', new.id using errcode = 'check_violation';
  end if;
  return null;
end $$;
create constraint trigger transaction_has_postings after insert on kuvert.ledger_transaction
  deferrable initially deferred for each row execute function kuvert.transaction_has_postings();

-- Print jobs handed to a print house.
create table kuvert.spool (
  job_number integer primary key check (job_number > 0),
  client_id text not null references kuvert.client,
  printer text not null,
  state text not null check (state in ('planned', 'released')),
  planned_at timestamptz not null,
  released_at timestamptz,
  letters integer,
  pages integer,
  sheets integer,
  content_sha256 text,
  bytes bigint
);

-- A file that leaves the house: known with its hash before it is visible, then written, then sent (IF6).
create table kuvert.outbound (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('receipt', 'spool', 'einvoice')),
  client_id text not null references kuvert.client,
  file_id bigint references kuvert.file,
  -- Path below the outbox, never reused.
  name text not null unique,
  sha256 text not null,
  bytes bigint not null,
  -- Name of the remote it is sent to; absent: it stays in the outbox to be fetched.
  remote text,
  state text not null check (state in ('planned', 'written', 'sent')),
  planned_at timestamptz not null,
  written_at timestamptz,
  sent_at timestamptz,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  last_error text,
  parked boolean not null default false
);
create index outbound_open on kuvert.outbound (remote, id) where state <> 'sent';
create index outbound_file on kuvert.outbound (file_id) where file_id is not null;

-- One letter or e-invoice. An invoice has exactly one current primary delivery (ID1).
create table kuvert.document (
  id text primary key,
  invoice_id bigint not null references kuvert.invoice,
  client_id text not null references kuvert.client,
  channel text not null check (channel in ('print', 'einvoice')),
  channel_reason text not null,
  channel_facts jsonb not null,
  layout text not null,
  state text not null check (state in ('waiting', 'spooled', 'released', 'refused')),
  refusal text,
  decided_at timestamptz not null,
  released_at timestamptz,
  job_number integer references kuvert.spool,
  piece integer,
  volume text,
  first_page integer,
  pages integer,
  sheets integer,
  envelope text,
  milligrams bigint,
  postage text,
  control_codes text[],
  content_sha256 text,
  outbound_id bigint references kuvert.outbound,
  unique (job_number, piece)
);
create unique index document_primary on kuvert.document (invoice_id) where state <> 'refused';
create index document_waiting on kuvert.document (client_id, channel) where state = 'waiting';
create index document_spool on kuvert.document (job_number) where job_number is not null;

-- Every act of a person on the command line that changes something (IS4).
create table kuvert.audit (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  who text not null,
  act text not null,
  subject text not null,
  reason text
);
