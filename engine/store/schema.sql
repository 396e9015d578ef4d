-- The schema that the migrations make: for readers, and compared with them by a test. Rewritten by: npm run schema

-- Tables

create table kuvert.agreement (
  client_id text not null,
  version integer not null,
  valid_from date not null,
  valid_to date,
  content jsonb not null,
  content_sha256 text not null
);

create table kuvert.audit (
  id bigint generated always as identity not null,
  at timestamp with time zone not null,
  who text not null,
  act text not null,
  subject text not null,
  reason text
);

create table kuvert.client (
  id text not null,
  name text not null
);

create table kuvert.debtor (
  id bigint generated always as identity not null,
  client_id text not null,
  number text not null,
  preferred_channel text,
  preferred_language text,
  latest_version integer not null
);

create table kuvert.debtor_version (
  debtor_id bigint not null,
  version integer not null,
  class text not null,
  content jsonb not null,
  content_sha256 text not null,
  file_id bigint not null,
  recorded_at timestamp with time zone not null
);

create table kuvert.document (
  id text not null,
  invoice_id bigint not null,
  client_id text not null,
  channel text not null,
  channel_reason text not null,
  channel_facts jsonb not null,
  layout text not null,
  state text not null,
  refusal text,
  decided_at timestamp with time zone not null,
  released_at timestamp with time zone,
  job_number integer,
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
  outbound_id bigint
);

create table kuvert.file (
  id bigint generated always as identity not null,
  client_id text not null,
  number integer not null,
  claim_id text not null,
  name text not null,
  sha256 text not null,
  bytes bigint not null,
  received_at timestamp with time zone not null,
  state text not null,
  agreement_version integer,
  duplicate_of bigint,
  settled_at timestamp with time zone,
  settlement integer default 0 not null,
  receipted integer default 0 not null,
  documents_accepted integer default 0 not null,
  documents_rejected integer default 0 not null,
  documents_duplicate integer default 0 not null,
  documents_held integer default 0 not null,
  amount_accepted bigint default 0 not null,
  amount_rejected bigint default 0 not null,
  amount_duplicate bigint default 0 not null,
  amount_held bigint default 0 not null,
  amounts_unknown integer default 0 not null
);

create table kuvert.file_document (
  file_id bigint not null,
  sequence integer not null,
  line integer not null,
  last_line integer not null,
  number text,
  outcome text not null,
  amount bigint not null,
  amount_known boolean not null,
  content_sha256 text,
  content json
);

create table kuvert.file_finding (
  file_id bigint not null,
  sequence integer not null,
  code text not null,
  severity text not null,
  rule text not null,
  line integer,
  col integer,
  field text,
  document text,
  value text,
  facts jsonb
);

create table kuvert.invoice (
  id bigint generated always as identity not null,
  client_id text not null,
  number text not null,
  kind text not null,
  file_id bigint not null,
  file_sequence integer not null,
  agreement_version integer not null,
  debtor_id bigint not null,
  debtor_version integer not null,
  mode text not null,
  issue_date date not null,
  due_date date,
  nominal_due_date date,
  currency text not null,
  net bigint not null,
  vat bigint not null,
  payable bigint not null,
  language text not null,
  content_sha256 text not null,
  content json not null
);

create table kuvert.ledger_head (
  client_id text not null,
  next_sequence bigint default 1 not null,
  hash text default ''::text not null
);

create table kuvert.ledger_transaction (
  id bigint generated always as identity not null,
  client_id text not null,
  sequence bigint not null,
  kind text not null,
  effect_key text not null,
  entry_date date not null,
  booked_at timestamp with time zone not null,
  invoice_id bigint,
  previous_hash text not null,
  hash text not null,
  written_by xid8 default pg_current_xact_id() not null
);

create table kuvert.migration (
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone default now() not null
);

create table kuvert.number_series (
  series text not null,
  next bigint not null
);

create table kuvert.outbound (
  id bigint generated always as identity not null,
  kind text not null,
  client_id text not null,
  file_id bigint,
  name text not null,
  sha256 text not null,
  bytes bigint not null,
  remote text,
  state text not null,
  planned_at timestamp with time zone not null,
  written_at timestamp with time zone,
  sent_at timestamp with time zone,
  attempts integer default 0 not null,
  next_attempt_at timestamp with time zone,
  last_error text,
  parked boolean default false not null
);

create table kuvert.payment_reference (
  account text not null,
  reference text not null,
  invoice_id bigint not null
);

create table kuvert.posting (
  transaction_id bigint not null,
  line integer not null,
  client_id text not null,
  account text not null,
  amount bigint not null,
  currency text not null,
  receivable_id bigint
);

create table kuvert.receivable (
  id bigint generated always as identity not null,
  client_id text not null,
  invoice_id bigint not null,
  debtor_id bigint not null,
  currency text not null,
  principal bigint not null,
  due_date date
);

create table kuvert.spool (
  job_number integer not null,
  client_id text not null,
  printer text not null,
  state text not null,
  planned_at timestamp with time zone not null,
  released_at timestamp with time zone,
  letters integer,
  pages integer,
  sheets integer,
  content_sha256 text,
  bytes bigint
);

-- Constraints

alter table kuvert.agreement add constraint agreement_pkey PRIMARY KEY (client_id, version);

alter table kuvert.agreement add constraint agreement_version_check CHECK (version > 0);

alter table kuvert.agreement add constraint agreement_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.audit add constraint audit_pkey PRIMARY KEY (id);

alter table kuvert.client add constraint client_pkey PRIMARY KEY (id);

alter table kuvert.client add constraint client_id_check CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'::text);

alter table kuvert.debtor add constraint debtor_pkey PRIMARY KEY (id);

alter table kuvert.debtor add constraint debtor_client_id_number_key UNIQUE (client_id, number);

alter table kuvert.debtor add constraint debtor_preferred_channel_check CHECK (preferred_channel = ANY (ARRAY['print'::text, 'einvoice'::text]));

alter table kuvert.debtor add constraint debtor_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.debtor_version add constraint debtor_version_pkey PRIMARY KEY (debtor_id, version);

alter table kuvert.debtor_version add constraint debtor_version_class_check CHECK (class = ANY (ARRAY['consumer'::text, 'business'::text, 'public'::text]));

alter table kuvert.debtor_version add constraint debtor_version_debtor_id_fkey FOREIGN KEY (debtor_id) REFERENCES kuvert.debtor(id);

alter table kuvert.debtor_version add constraint debtor_version_file_id_fkey FOREIGN KEY (file_id) REFERENCES kuvert.file(id);

alter table kuvert.document add constraint document_pkey PRIMARY KEY (id);

alter table kuvert.document add constraint document_job_number_piece_key UNIQUE (job_number, piece);

alter table kuvert.document add constraint document_channel_check CHECK (channel = ANY (ARRAY['print'::text, 'einvoice'::text]));

alter table kuvert.document add constraint document_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'spooled'::text, 'released'::text, 'refused'::text]));

alter table kuvert.document add constraint document_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.document add constraint document_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES kuvert.invoice(id);

alter table kuvert.document add constraint document_job_number_fkey FOREIGN KEY (job_number) REFERENCES kuvert.spool(job_number);

alter table kuvert.document add constraint document_outbound_id_fkey FOREIGN KEY (outbound_id) REFERENCES kuvert.outbound(id);

alter table kuvert.file add constraint file_pkey PRIMARY KEY (id);

alter table kuvert.file add constraint file_claim_id_key UNIQUE (claim_id);

alter table kuvert.file add constraint file_client_id_number_key UNIQUE (client_id, number);

alter table kuvert.file add constraint file_bytes_check CHECK (bytes >= 0);

alter table kuvert.file add constraint file_check CHECK ((state = 'duplicate'::text) = (duplicate_of IS NOT NULL));

alter table kuvert.file add constraint file_number_check CHECK (number > 0);

alter table kuvert.file add constraint file_sha256_check CHECK (sha256 ~ '^[0-9a-f]{64}$'::text);

alter table kuvert.file add constraint file_state_check CHECK (state = ANY (ARRAY['archived'::text, 'booked'::text, 'rejected'::text, 'duplicate'::text, 'held'::text, 'quarantined'::text]));

alter table kuvert.file add constraint file_client_id_agreement_version_fkey FOREIGN KEY (client_id, agreement_version) REFERENCES kuvert.agreement(client_id, version);

alter table kuvert.file add constraint file_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.file add constraint file_duplicate_of_fkey FOREIGN KEY (duplicate_of) REFERENCES kuvert.file(id);

alter table kuvert.file_document add constraint file_document_pkey PRIMARY KEY (file_id, sequence);

alter table kuvert.file_document add constraint file_document_outcome_check CHECK (outcome = ANY (ARRAY['accepted'::text, 'rejected'::text, 'duplicate'::text, 'held'::text]));

alter table kuvert.file_document add constraint file_document_sequence_check CHECK (sequence > 0);

alter table kuvert.file_document add constraint file_document_file_id_fkey FOREIGN KEY (file_id) REFERENCES kuvert.file(id);

alter table kuvert.file_finding add constraint file_finding_pkey PRIMARY KEY (file_id, sequence);

alter table kuvert.file_finding add constraint file_finding_sequence_check CHECK (sequence > 0);

alter table kuvert.file_finding add constraint file_finding_severity_check CHECK (severity = ANY (ARRAY['error'::text, 'warning'::text]));

alter table kuvert.file_finding add constraint file_finding_file_id_fkey FOREIGN KEY (file_id) REFERENCES kuvert.file(id);

alter table kuvert.invoice add constraint invoice_pkey PRIMARY KEY (id);

alter table kuvert.invoice add constraint invoice_client_id_number_key UNIQUE (client_id, number);

alter table kuvert.invoice add constraint invoice_file_id_file_sequence_key UNIQUE (file_id, file_sequence);

alter table kuvert.invoice add constraint invoice_kind_check CHECK (kind = ANY (ARRAY['invoice'::text, 'creditNote'::text]));

alter table kuvert.invoice add constraint invoice_mode_check CHECK (mode = ANY (ARRAY['full'::text, 'distribute-only'::text, 'monitor-only'::text]));

alter table kuvert.invoice add constraint invoice_client_id_agreement_version_fkey FOREIGN KEY (client_id, agreement_version) REFERENCES kuvert.agreement(client_id, version);

alter table kuvert.invoice add constraint invoice_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.invoice add constraint invoice_debtor_id_debtor_version_fkey FOREIGN KEY (debtor_id, debtor_version) REFERENCES kuvert.debtor_version(debtor_id, version);

alter table kuvert.invoice add constraint invoice_debtor_id_fkey FOREIGN KEY (debtor_id) REFERENCES kuvert.debtor(id);

alter table kuvert.invoice add constraint invoice_file_id_file_sequence_fkey FOREIGN KEY (file_id, file_sequence) REFERENCES kuvert.file_document(file_id, sequence);

alter table kuvert.ledger_head add constraint ledger_head_pkey PRIMARY KEY (client_id);

alter table kuvert.ledger_head add constraint ledger_head_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.ledger_transaction add constraint ledger_transaction_pkey PRIMARY KEY (id);

alter table kuvert.ledger_transaction add constraint ledger_transaction_client_id_effect_key_key UNIQUE (client_id, effect_key);

alter table kuvert.ledger_transaction add constraint ledger_transaction_client_id_sequence_key UNIQUE (client_id, sequence);

alter table kuvert.ledger_transaction add constraint ledger_transaction_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.ledger_transaction add constraint ledger_transaction_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES kuvert.invoice(id);

alter table kuvert.migration add constraint migration_pkey PRIMARY KEY (name);

alter table kuvert.number_series add constraint number_series_pkey PRIMARY KEY (series);

alter table kuvert.number_series add constraint number_series_next_check CHECK (next > 0);

alter table kuvert.outbound add constraint outbound_pkey PRIMARY KEY (id);

alter table kuvert.outbound add constraint outbound_name_key UNIQUE (name);

alter table kuvert.outbound add constraint outbound_kind_check CHECK (kind = ANY (ARRAY['receipt'::text, 'spool'::text, 'einvoice'::text]));

alter table kuvert.outbound add constraint outbound_state_check CHECK (state = ANY (ARRAY['planned'::text, 'written'::text, 'sent'::text]));

alter table kuvert.outbound add constraint outbound_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.outbound add constraint outbound_file_id_fkey FOREIGN KEY (file_id) REFERENCES kuvert.file(id);

alter table kuvert.payment_reference add constraint payment_reference_pkey PRIMARY KEY (account, reference);

alter table kuvert.payment_reference add constraint payment_reference_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES kuvert.invoice(id);

alter table kuvert.posting add constraint posting_pkey PRIMARY KEY (transaction_id, line);

alter table kuvert.posting add constraint posting_amount_check CHECK (amount <> 0);

alter table kuvert.posting add constraint posting_line_check CHECK (line > 0);

alter table kuvert.posting add constraint posting_receivable_id_fkey FOREIGN KEY (receivable_id) REFERENCES kuvert.receivable(id);

alter table kuvert.posting add constraint posting_transaction_id_fkey FOREIGN KEY (transaction_id) REFERENCES kuvert.ledger_transaction(id);

alter table kuvert.receivable add constraint receivable_pkey PRIMARY KEY (id);

alter table kuvert.receivable add constraint receivable_invoice_id_key UNIQUE (invoice_id);

alter table kuvert.receivable add constraint receivable_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.receivable add constraint receivable_debtor_id_fkey FOREIGN KEY (debtor_id) REFERENCES kuvert.debtor(id);

alter table kuvert.receivable add constraint receivable_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES kuvert.invoice(id);

alter table kuvert.spool add constraint spool_pkey PRIMARY KEY (job_number);

alter table kuvert.spool add constraint spool_job_number_check CHECK (job_number > 0);

alter table kuvert.spool add constraint spool_state_check CHECK (state = ANY (ARRAY['planned'::text, 'released'::text]));

alter table kuvert.spool add constraint spool_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

-- Indexes

CREATE UNIQUE INDEX document_primary ON kuvert.document USING btree (invoice_id) WHERE (state <> 'refused'::text);

CREATE INDEX document_spool ON kuvert.document USING btree (job_number) WHERE (job_number IS NOT NULL);

CREATE INDEX document_waiting ON kuvert.document USING btree (client_id, channel) WHERE (state = 'waiting'::text);

CREATE UNIQUE INDEX file_content_once ON kuvert.file USING btree (client_id, sha256) WHERE (state <> ALL (ARRAY['duplicate'::text, 'quarantined'::text]));

CREATE INDEX file_document_number ON kuvert.file_document USING btree (file_id, number);

CREATE INDEX file_duplicate_of ON kuvert.file USING btree (duplicate_of) WHERE (duplicate_of IS NOT NULL);

CREATE INDEX file_unsettled ON kuvert.file USING btree (id) WHERE (settled_at IS NULL);

CREATE INDEX file_without_receipt ON kuvert.file USING btree (id) WHERE (receipted < settlement);

CREATE INDEX invoice_debtor ON kuvert.invoice USING btree (debtor_id);

CREATE INDEX ledger_transaction_invoice ON kuvert.ledger_transaction USING btree (invoice_id);

CREATE INDEX outbound_file ON kuvert.outbound USING btree (file_id) WHERE (file_id IS NOT NULL);

CREATE INDEX outbound_open ON kuvert.outbound USING btree (remote, id) WHERE (state <> 'sent'::text);

CREATE INDEX payment_reference_invoice ON kuvert.payment_reference USING btree (invoice_id);

CREATE INDEX posting_account ON kuvert.posting USING btree (client_id, account);

CREATE INDEX posting_receivable ON kuvert.posting USING btree (receivable_id) WHERE (receivable_id IS NOT NULL);

-- Functions

CREATE OR REPLACE FUNCTION kuvert.file_moves_forward()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.state <> new.state and not (old.state = 'archived' or (old.state = 'held' and new.state in ('booked', 'rejected', 'held'))) then
    raise exception 'file % cannot go from % to %', old.id, old.state, new.state using errcode = 'check_violation';
  end if;
  if new.sha256 <> old.sha256 or new.client_id <> old.client_id or new.received_at <> old.received_at then
    raise exception 'what was received as file % does not change', old.id using errcode = 'check_violation';
  end if;
  return new;
end $function$;

CREATE OR REPLACE FUNCTION kuvert.ledger_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the ledger is append-only: % on % refused; book a correcting transaction', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $function$;

CREATE OR REPLACE FUNCTION kuvert.postings_balance()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$;

CREATE OR REPLACE FUNCTION kuvert.transaction_has_postings()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if not exists (select from kuvert.posting where transaction_id = new.id) then
    raise exception 'ledger transaction % has no postings', new.id using errcode = 'check_violation';
  end if;
  return null;
end $function$;

-- Triggers

CREATE TRIGGER file_moves_forward BEFORE UPDATE ON kuvert.file FOR EACH ROW EXECUTE FUNCTION kuvert.file_moves_forward();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON kuvert.ledger_transaction FOR EACH STATEMENT EXECUTE FUNCTION kuvert.ledger_is_append_only();

CREATE CONSTRAINT TRIGGER transaction_has_postings AFTER INSERT ON kuvert.ledger_transaction DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kuvert.transaction_has_postings();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON kuvert.posting FOR EACH STATEMENT EXECUTE FUNCTION kuvert.ledger_is_append_only();

CREATE TRIGGER postings_balance AFTER INSERT ON kuvert.posting REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION kuvert.postings_balance();
