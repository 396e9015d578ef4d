-- The schema that the migrations make: for readers, and compared with them by a test. Rewritten by: npm run schema

-- Tables

create table kuvert.account_scheme (
  id text not null
);

create table kuvert.agreement (
  client_id text not null,
  version integer not null,
  valid_from date not null,
  valid_to date,
  content jsonb not null,
  content_sha256 text not null,
  digest_version smallint not null
);

create table kuvert.assessment (
  id bigint generated always as identity not null,
  receivable_id bigint not null,
  run_id bigint not null,
  outcome text not null,
  rule text not null,
  rule_version integer not null,
  inputs jsonb not null,
  proposed_on date not null,
  decision text,
  decided_by text,
  decided_at timestamp with time zone,
  decision_reason text
);

create table kuvert.audit (
  id bigint generated always as identity not null,
  at timestamp with time zone not null,
  who text not null,
  act text not null,
  subject text not null,
  reason text
);

create table kuvert.bank_block (
  id bigint generated always as identity not null,
  file_id bigint not null,
  number integer not null,
  message_kind text not null,
  message_id text not null,
  block_id text not null,
  sequence_number text,
  bank_account text not null,
  account text,
  currency text,
  from_date date,
  to_date date,
  opening bigint,
  closing bigint,
  credit bigint not null,
  debit bigint not null,
  entries integer not null,
  content_sha256 text not null,
  state text not null,
  reason text,
  accepted integer default 0 not null,
  accepted_amount bigint default 0 not null,
  repeated integer default 0 not null,
  repeated_amount bigint default 0 not null,
  held integer default 0 not null,
  held_amount bigint default 0 not null
);

create table kuvert.channel (
  id text not null
);

create table kuvert.client (
  id text not null,
  name text not null,
  kind text default 'client'::text not null
);

create table kuvert.collection_case (
  id bigint generated always as identity not null,
  client_id text not null,
  number integer not null,
  receivable_id bigint not null,
  run_id bigint not null,
  opened_on date not null,
  state text not null,
  outbound_id bigint,
  agency_reference text,
  rejection text,
  closed_on date
);

create table kuvert.collection_change (
  id bigint generated always as identity not null,
  case_id bigint not null,
  kind text not null,
  transaction_id bigint,
  amount bigint not null,
  on_date date not null,
  outbound_id bigint
);

create table kuvert.credited_invoice (
  credit_id bigint not null,
  "position" integer not null,
  client_id text not null,
  number text not null
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
  recorded_at timestamp with time zone not null,
  digest_version smallint not null
);

create table kuvert.demand_step (
  id bigint generated always as identity not null,
  receivable_id bigint not null,
  level integer not null,
  kind text not null,
  run_id bigint not null,
  business_date date not null,
  document_id text,
  principal bigint not null,
  interest bigint not null,
  reminder_fee bigint not null,
  collection_fee bigint not null,
  compensation bigint not null,
  deadline date,
  policy jsonb not null,
  state text not null,
  withdrawn_at timestamp with time zone,
  withdrawn_because text
);

create table kuvert.document (
  id text not null,
  invoice_id bigint,
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
  outbound_id bigint,
  kind text default 'invoice'::text not null,
  debtor_id bigint,
  run_id bigint,
  content json,
  agreement_version integer,
  dispatched_on date,
  returned_on date,
  withdrawn_because text,
  settlement_id bigint
);

create table kuvert.document_kind (
  id text not null
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
  amounts_unknown integer default 0 not null,
  trouble text
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
  content json,
  kind text default 'document'::text not null,
  digest_version smallint
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

create table kuvert.hold (
  id bigint generated always as identity not null,
  receivable_id bigint not null,
  kind text not null,
  amount bigint,
  from_date date not null,
  until_date date,
  interest_runs boolean default true not null,
  category text,
  reason text not null,
  placed_by text not null,
  placed_on date not null,
  placed_at timestamp with time zone not null,
  released_on date,
  released_by text,
  released_at timestamp with time zone,
  outcome text
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
  content json not null,
  digest_version smallint not null
);

create table kuvert.ledger_account (
  account text not null,
  book text not null,
  component text
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
  written_by xid8 default pg_current_xact_id() not null,
  corrects bigint,
  value_date date
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

create table kuvert.outbound_kind (
  id text not null
);

create table kuvert.payment (
  id bigint generated always as identity not null,
  account text not null,
  fingerprint text not null,
  file_id bigint not null,
  block_id bigint not null,
  line integer not null,
  amount bigint not null,
  currency text not null,
  booking_date date not null,
  value_date date not null,
  paid_date date,
  kind text not null,
  client_id text not null,
  payer_name text,
  payer_account text,
  receiver_account text,
  references_found text[] not null,
  parts jsonb,
  text text not null,
  ids jsonb not null,
  reverses bigint,
  recorded_at timestamp with time zone not null
);

create table kuvert.payment_file (
  id bigint generated always as identity not null,
  message_id text not null,
  from_account text not null,
  version text not null,
  created_at timestamp with time zone not null,
  payments integer not null,
  amount bigint not null,
  outbound_id bigint
);

create table kuvert.payment_reference (
  account text not null,
  reference text not null,
  invoice_id bigint,
  document_id text,
  scheme text not null
);

create table kuvert.payout (
  id bigint generated always as identity not null,
  client_id text not null,
  kind text not null,
  settlement_id bigint,
  payment_id bigint,
  amount bigint not null,
  currency text not null,
  from_account text not null,
  receiver jsonb not null,
  remittance text not null,
  execution_date date not null,
  instruction_id text,
  payment_information_id text,
  state text not null,
  planned_by text not null,
  planned_at timestamp with time zone not null,
  approved_by text,
  approved_at timestamp with time zone,
  payment_file_id bigint,
  bank_status text,
  bank_reason text,
  settled_on date
);

create table kuvert.payout_status (
  id bigint generated always as identity not null,
  payout_id bigint not null,
  file_id bigint not null,
  status text not null,
  reason text,
  recorded_at timestamp with time zone not null
);

create table kuvert.posting (
  transaction_id bigint not null,
  line integer not null,
  client_id text not null,
  account text not null,
  amount bigint not null,
  currency text not null,
  receivable_id bigint,
  payment_id bigint,
  debtor_id bigint
);

create table kuvert.print_status (
  file_id bigint not null,
  line integer not null,
  document_id text not null,
  status text not null,
  on_date date not null,
  recorded_at timestamp with time zone not null
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

create table kuvert.run (
  id bigint generated always as identity not null,
  kind text not null,
  client_id text not null,
  business_date date not null,
  state text not null,
  trigger text not null,
  who text not null,
  started_at timestamp with time zone not null,
  override_by text,
  override_reason text,
  steps integer default 0 not null,
  skips integer default 0 not null,
  totals jsonb default '{}'::jsonb not null,
  undone_by text,
  undone_at timestamp with time zone,
  undone_reason text
);

create table kuvert.run_item (
  run_id bigint not null,
  receivable_id bigint not null,
  outcome text not null,
  rule text not null,
  because json not null
);

create table kuvert.sender_kind (
  id text not null
);

create table kuvert.settlement (
  id bigint generated always as identity not null,
  client_id text not null,
  number integer not null,
  run_id bigint not null,
  business_date date not null,
  through_sequence bigint not null,
  cleared_through date not null,
  opening bigint not null,
  received bigint not null,
  returned bigint not null,
  restored bigint not null,
  fees bigint not null,
  fees_vat bigint not null,
  paid_out bigint not null,
  closing bigint not null,
  currency text not null,
  rule text not null,
  content json not null
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
  bytes bigint,
  ledger_sequence bigint
);

create table kuvert.step_kind (
  id text not null
);

create table kuvert.suspense_item (
  payment_id bigint not null,
  reason text not null,
  candidates jsonb not null,
  recorded_at timestamp with time zone not null,
  resolved_at timestamp with time zone
);

create table kuvert.task (
  id bigint generated always as identity not null,
  client_id text not null,
  kind text not null,
  subject text not null,
  detail jsonb not null,
  due_on date,
  opened_at timestamp with time zone not null,
  done_at timestamp with time zone,
  done_by text
);

create table kuvert.view_source (
  sha256 text not null
);

-- Constraints

alter table kuvert.account_scheme add constraint account_scheme_pkey PRIMARY KEY (id);

alter table kuvert.agreement add constraint agreement_pkey PRIMARY KEY (client_id, version);

alter table kuvert.agreement add constraint agreement_version_check CHECK (version > 0);

alter table kuvert.agreement add constraint agreement_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.assessment add constraint assessment_pkey PRIMARY KEY (id);

alter table kuvert.assessment add constraint assessment_receivable_id_run_id_key UNIQUE (receivable_id, run_id);

alter table kuvert.assessment add constraint assessment_decision_check CHECK (decision = ANY (ARRAY['confirmed'::text, 'declined'::text]));

alter table kuvert.assessment add constraint assessment_receivable_id_fkey FOREIGN KEY (receivable_id) REFERENCES kuvert.receivable(id);

alter table kuvert.assessment add constraint assessment_run_id_fkey FOREIGN KEY (run_id) REFERENCES kuvert.run(id);

alter table kuvert.audit add constraint audit_pkey PRIMARY KEY (id);

alter table kuvert.bank_block add constraint bank_block_pkey PRIMARY KEY (id);

alter table kuvert.bank_block add constraint bank_block_file_id_number_key UNIQUE (file_id, number);

alter table kuvert.bank_block add constraint bank_block_check CHECK ((state = 'held'::text) = (reason IS NOT NULL));

alter table kuvert.bank_block add constraint bank_block_check1 CHECK ((accepted_amount + repeated_amount + held_amount) = (credit - debit));

alter table kuvert.bank_block add constraint bank_block_message_kind_check CHECK (message_kind = ANY (ARRAY['statement'::text, 'notification'::text, 'report'::text]));

alter table kuvert.bank_block add constraint bank_block_number_check CHECK (number > 0);

alter table kuvert.bank_block add constraint bank_block_state_check CHECK (state = ANY (ARRAY['posted'::text, 'repeated'::text, 'reconciled'::text, 'held'::text]));

alter table kuvert.bank_block add constraint bank_block_file_id_fkey FOREIGN KEY (file_id) REFERENCES kuvert.file(id);

alter table kuvert.channel add constraint channel_pkey PRIMARY KEY (id);

alter table kuvert.client add constraint client_pkey PRIMARY KEY (id);

alter table kuvert.client add constraint client_id_check CHECK (id ~ '^[a-z0-9][a-z0-9-]{0,39}$'::text);

alter table kuvert.client add constraint client_kind_fkey FOREIGN KEY (kind) REFERENCES kuvert.sender_kind(id);

alter table kuvert.collection_case add constraint collection_case_pkey PRIMARY KEY (id);

alter table kuvert.collection_case add constraint collection_case_client_id_number_key UNIQUE (client_id, number);

alter table kuvert.collection_case add constraint collection_case_number_check CHECK (number > 0);

alter table kuvert.collection_case add constraint collection_case_state_check CHECK (state = ANY (ARRAY['opened'::text, 'sent'::text, 'accepted'::text, 'rejected'::text, 'closed'::text]));

alter table kuvert.collection_case add constraint collection_case_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.collection_case add constraint collection_case_outbound_id_fkey FOREIGN KEY (outbound_id) REFERENCES kuvert.outbound(id);

alter table kuvert.collection_case add constraint collection_case_receivable_id_fkey FOREIGN KEY (receivable_id) REFERENCES kuvert.receivable(id);

alter table kuvert.collection_case add constraint collection_case_run_id_fkey FOREIGN KEY (run_id) REFERENCES kuvert.run(id);

alter table kuvert.collection_change add constraint collection_change_pkey PRIMARY KEY (id);

alter table kuvert.collection_change add constraint collection_change_case_id_transaction_id_kind_key UNIQUE (case_id, transaction_id, kind);

alter table kuvert.collection_change add constraint collection_change_kind_check CHECK (kind = ANY (ARRAY['payment'::text, 'credit'::text, 'withdrawal'::text, 'correction'::text]));

alter table kuvert.collection_change add constraint collection_change_case_id_fkey FOREIGN KEY (case_id) REFERENCES kuvert.collection_case(id);

alter table kuvert.collection_change add constraint collection_change_outbound_id_fkey FOREIGN KEY (outbound_id) REFERENCES kuvert.outbound(id);

alter table kuvert.collection_change add constraint collection_change_transaction_id_fkey FOREIGN KEY (transaction_id) REFERENCES kuvert.ledger_transaction(id);

alter table kuvert.credited_invoice add constraint credited_invoice_pkey PRIMARY KEY (credit_id, "position");

alter table kuvert.credited_invoice add constraint credited_invoice_position_check CHECK ("position" > 0);

alter table kuvert.credited_invoice add constraint credited_invoice_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.credited_invoice add constraint credited_invoice_credit_id_fkey FOREIGN KEY (credit_id) REFERENCES kuvert.invoice(id);

alter table kuvert.debtor add constraint debtor_pkey PRIMARY KEY (id);

alter table kuvert.debtor add constraint debtor_client_id_number_key UNIQUE (client_id, number);

alter table kuvert.debtor add constraint debtor_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.debtor add constraint debtor_preferred_channel_fkey FOREIGN KEY (preferred_channel) REFERENCES kuvert.channel(id);

alter table kuvert.debtor_version add constraint debtor_version_pkey PRIMARY KEY (debtor_id, version);

alter table kuvert.debtor_version add constraint debtor_version_class_check CHECK (class = ANY (ARRAY['consumer'::text, 'business'::text, 'public'::text]));

alter table kuvert.debtor_version add constraint debtor_version_debtor_id_fkey FOREIGN KEY (debtor_id) REFERENCES kuvert.debtor(id);

alter table kuvert.debtor_version add constraint debtor_version_file_id_fkey FOREIGN KEY (file_id) REFERENCES kuvert.file(id);

alter table kuvert.demand_step add constraint demand_step_pkey PRIMARY KEY (id);

alter table kuvert.demand_step add constraint demand_step_check CHECK ((state = 'withdrawn'::text) = (withdrawn_because IS NOT NULL));

alter table kuvert.demand_step add constraint demand_step_level_check CHECK (level > 0);

alter table kuvert.demand_step add constraint demand_step_state_check CHECK (state = ANY (ARRAY['taken'::text, 'withdrawn'::text]));

alter table kuvert.demand_step add constraint demand_step_document_id_fkey FOREIGN KEY (document_id) REFERENCES kuvert.document(id);

alter table kuvert.demand_step add constraint demand_step_kind_fkey FOREIGN KEY (kind) REFERENCES kuvert.step_kind(id);

alter table kuvert.demand_step add constraint demand_step_receivable_id_fkey FOREIGN KEY (receivable_id) REFERENCES kuvert.receivable(id);

alter table kuvert.demand_step add constraint demand_step_run_id_fkey FOREIGN KEY (run_id) REFERENCES kuvert.run(id);

alter table kuvert.document add constraint document_pkey PRIMARY KEY (id);

alter table kuvert.document add constraint document_job_number_piece_key UNIQUE (job_number, piece);

alter table kuvert.document add constraint document_state_check CHECK (state = ANY (ARRAY['waiting'::text, 'spooled'::text, 'released'::text, 'refused'::text, 'withdrawn'::text]));

alter table kuvert.document add constraint document_subject CHECK ((kind = 'invoice'::text) = (invoice_id IS NOT NULL) AND (kind = 'invoice'::text) = (content IS NULL));

alter table kuvert.document add constraint document_withdrawn CHECK ((state = 'withdrawn'::text) = (withdrawn_because IS NOT NULL));

alter table kuvert.document add constraint document_channel_fkey FOREIGN KEY (channel) REFERENCES kuvert.channel(id);

alter table kuvert.document add constraint document_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.document add constraint document_debtor_id_fkey FOREIGN KEY (debtor_id) REFERENCES kuvert.debtor(id);

alter table kuvert.document add constraint document_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES kuvert.invoice(id);

alter table kuvert.document add constraint document_job_number_fkey FOREIGN KEY (job_number) REFERENCES kuvert.spool(job_number);

alter table kuvert.document add constraint document_kind_fkey FOREIGN KEY (kind) REFERENCES kuvert.document_kind(id);

alter table kuvert.document add constraint document_outbound_id_fkey FOREIGN KEY (outbound_id) REFERENCES kuvert.outbound(id);

alter table kuvert.document add constraint document_run_id_fkey FOREIGN KEY (run_id) REFERENCES kuvert.run(id);

alter table kuvert.document add constraint document_settlement_id_fkey FOREIGN KEY (settlement_id) REFERENCES kuvert.settlement(id);

alter table kuvert.document_kind add constraint document_kind_pkey PRIMARY KEY (id);

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

alter table kuvert.file_document add constraint file_document_check CHECK ((content_sha256 IS NULL) = (digest_version IS NULL));

alter table kuvert.file_document add constraint file_document_kind_check CHECK (kind = ANY (ARRAY['document'::text, 'order'::text]));

alter table kuvert.file_document add constraint file_document_outcome_check CHECK (outcome = ANY (ARRAY['accepted'::text, 'rejected'::text, 'duplicate'::text, 'held'::text]));

alter table kuvert.file_document add constraint file_document_sequence_check CHECK (sequence > 0);

alter table kuvert.file_document add constraint file_document_file_id_fkey FOREIGN KEY (file_id) REFERENCES kuvert.file(id);

alter table kuvert.file_finding add constraint file_finding_pkey PRIMARY KEY (file_id, sequence);

alter table kuvert.file_finding add constraint file_finding_sequence_check CHECK (sequence > 0);

alter table kuvert.file_finding add constraint file_finding_severity_check CHECK (severity = ANY (ARRAY['error'::text, 'warning'::text]));

alter table kuvert.file_finding add constraint file_finding_file_id_fkey FOREIGN KEY (file_id) REFERENCES kuvert.file(id);

alter table kuvert.hold add constraint hold_pkey PRIMARY KEY (id);

alter table kuvert.hold add constraint hold_amount_check CHECK (amount > 0);

alter table kuvert.hold add constraint hold_check CHECK ((released_on IS NULL) = (released_at IS NULL));

alter table kuvert.hold add constraint hold_kind_check CHECK (kind = ANY (ARRAY['deferment'::text, 'dispute'::text, 'block'::text, 'promise'::text]));

alter table kuvert.hold add constraint hold_outcome_check CHECK (outcome = ANY (ARRAY['accepted'::text, 'rejected'::text, 'withdrawn'::text]));

alter table kuvert.hold add constraint hold_receivable_id_fkey FOREIGN KEY (receivable_id) REFERENCES kuvert.receivable(id);

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

alter table kuvert.ledger_account add constraint ledger_account_pkey PRIMARY KEY (account);

alter table kuvert.ledger_account add constraint ledger_account_component_key UNIQUE (component);

alter table kuvert.ledger_account add constraint ledger_account_book_check CHECK (book = ANY (ARRAY['client'::text, 'bureau'::text]));

alter table kuvert.ledger_account add constraint ledger_account_check CHECK (component IS NULL OR book = 'client'::text);

alter table kuvert.ledger_head add constraint ledger_head_pkey PRIMARY KEY (client_id);

alter table kuvert.ledger_head add constraint ledger_head_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.ledger_transaction add constraint ledger_transaction_pkey PRIMARY KEY (id);

alter table kuvert.ledger_transaction add constraint ledger_transaction_client_id_effect_key_key UNIQUE (client_id, effect_key);

alter table kuvert.ledger_transaction add constraint ledger_transaction_client_id_sequence_key UNIQUE (client_id, sequence);

alter table kuvert.ledger_transaction add constraint ledger_transaction_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.ledger_transaction add constraint ledger_transaction_corrects_fkey FOREIGN KEY (corrects) REFERENCES kuvert.ledger_transaction(id);

alter table kuvert.ledger_transaction add constraint ledger_transaction_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES kuvert.invoice(id);

alter table kuvert.migration add constraint migration_pkey PRIMARY KEY (name);

alter table kuvert.number_series add constraint number_series_pkey PRIMARY KEY (series);

alter table kuvert.number_series add constraint number_series_next_check CHECK (next > 0);

alter table kuvert.outbound add constraint outbound_pkey PRIMARY KEY (id);

alter table kuvert.outbound add constraint outbound_name_key UNIQUE (name);

alter table kuvert.outbound add constraint outbound_state_check CHECK (state = ANY (ARRAY['planned'::text, 'written'::text, 'sent'::text]));

alter table kuvert.outbound add constraint outbound_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.outbound add constraint outbound_file_id_fkey FOREIGN KEY (file_id) REFERENCES kuvert.file(id);

alter table kuvert.outbound add constraint outbound_kind_fkey FOREIGN KEY (kind) REFERENCES kuvert.outbound_kind(id);

alter table kuvert.outbound_kind add constraint outbound_kind_pkey PRIMARY KEY (id);

alter table kuvert.payment add constraint payment_pkey PRIMARY KEY (id);

alter table kuvert.payment add constraint payment_account_fingerprint_key UNIQUE (account, fingerprint);

alter table kuvert.payment add constraint payment_reverses_key UNIQUE (reverses);

alter table kuvert.payment add constraint payment_amount_check CHECK (amount <> 0);

alter table kuvert.payment add constraint payment_kind_check CHECK (kind = ANY (ARRAY['receipt'::text, 'reversal'::text, 'payout'::text, 'payout-return'::text, 'cost'::text, 'unclear'::text]));

alter table kuvert.payment add constraint payment_block_id_fkey FOREIGN KEY (block_id) REFERENCES kuvert.bank_block(id);

alter table kuvert.payment add constraint payment_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.payment add constraint payment_file_id_fkey FOREIGN KEY (file_id) REFERENCES kuvert.file(id);

alter table kuvert.payment add constraint payment_reverses_fkey FOREIGN KEY (reverses) REFERENCES kuvert.payment(id);

alter table kuvert.payment_file add constraint payment_file_pkey PRIMARY KEY (id);

alter table kuvert.payment_file add constraint payment_file_message_id_key UNIQUE (message_id);

alter table kuvert.payment_file add constraint payment_file_outbound_id_fkey FOREIGN KEY (outbound_id) REFERENCES kuvert.outbound(id);

alter table kuvert.payment_reference add constraint payment_reference_pkey PRIMARY KEY (scheme, account, reference);

alter table kuvert.payment_reference add constraint payment_reference_subject CHECK ((invoice_id IS NULL) <> (document_id IS NULL));

alter table kuvert.payment_reference add constraint payment_reference_document_id_fkey FOREIGN KEY (document_id) REFERENCES kuvert.document(id);

alter table kuvert.payment_reference add constraint payment_reference_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES kuvert.invoice(id);

alter table kuvert.payment_reference add constraint payment_reference_scheme_fkey FOREIGN KEY (scheme) REFERENCES kuvert.account_scheme(id);

alter table kuvert.payout add constraint payout_pkey PRIMARY KEY (id);

alter table kuvert.payout add constraint payout_instruction_id_key UNIQUE (instruction_id);

alter table kuvert.payout add constraint payout_amount_check CHECK (amount > 0);

alter table kuvert.payout add constraint payout_check CHECK (approved_by <> planned_by);

alter table kuvert.payout add constraint payout_check1 CHECK ((kind = 'client'::text) = (settlement_id IS NOT NULL));

alter table kuvert.payout add constraint payout_check2 CHECK ((state = ANY (ARRAY['planned'::text, 'approved'::text, 'cancelled'::text])) = (instruction_id IS NULL));

alter table kuvert.payout add constraint payout_check3 CHECK (state = 'planned'::text OR state = 'cancelled'::text OR approved_by IS NOT NULL);

alter table kuvert.payout add constraint payout_check4 CHECK ((kind = 'refund'::text) = (payment_id IS NOT NULL));

alter table kuvert.payout add constraint payout_kind_check CHECK (kind = ANY (ARRAY['client'::text, 'refund'::text]));

alter table kuvert.payout add constraint payout_state_check CHECK (state = ANY (ARRAY['planned'::text, 'approved'::text, 'frozen'::text, 'sent'::text, 'accepted'::text, 'settled'::text, 'rejected'::text, 'returned'::text, 'cancelled'::text]));

alter table kuvert.payout add constraint payout_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.payout add constraint payout_payment_file FOREIGN KEY (payment_file_id) REFERENCES kuvert.payment_file(id);

alter table kuvert.payout add constraint payout_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES kuvert.payment(id);

alter table kuvert.payout add constraint payout_settlement_id_fkey FOREIGN KEY (settlement_id) REFERENCES kuvert.settlement(id);

alter table kuvert.payout_status add constraint payout_status_pkey PRIMARY KEY (id);

alter table kuvert.payout_status add constraint payout_status_file_id_fkey FOREIGN KEY (file_id) REFERENCES kuvert.file(id);

alter table kuvert.payout_status add constraint payout_status_payout_id_fkey FOREIGN KEY (payout_id) REFERENCES kuvert.payout(id);

alter table kuvert.posting add constraint posting_pkey PRIMARY KEY (transaction_id, line);

alter table kuvert.posting add constraint posting_amount_check CHECK (amount <> 0);

alter table kuvert.posting add constraint posting_line_check CHECK (line > 0);

alter table kuvert.posting add constraint posting_account_fkey FOREIGN KEY (account) REFERENCES kuvert.ledger_account(account);

alter table kuvert.posting add constraint posting_debtor_id_fkey FOREIGN KEY (debtor_id) REFERENCES kuvert.debtor(id);

alter table kuvert.posting add constraint posting_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES kuvert.payment(id);

alter table kuvert.posting add constraint posting_receivable_id_fkey FOREIGN KEY (receivable_id) REFERENCES kuvert.receivable(id);

alter table kuvert.posting add constraint posting_transaction_id_fkey FOREIGN KEY (transaction_id) REFERENCES kuvert.ledger_transaction(id);

alter table kuvert.print_status add constraint print_status_pkey PRIMARY KEY (file_id, line);

alter table kuvert.print_status add constraint print_status_status_check CHECK (status = ANY (ARRAY['dispatched'::text, 'spoiled'::text, 'reprinted'::text, 'returned'::text]));

alter table kuvert.print_status add constraint print_status_document_id_fkey FOREIGN KEY (document_id) REFERENCES kuvert.document(id);

alter table kuvert.print_status add constraint print_status_file_id_fkey FOREIGN KEY (file_id) REFERENCES kuvert.file(id);

alter table kuvert.receivable add constraint receivable_pkey PRIMARY KEY (id);

alter table kuvert.receivable add constraint receivable_invoice_id_key UNIQUE (invoice_id);

alter table kuvert.receivable add constraint receivable_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.receivable add constraint receivable_debtor_id_fkey FOREIGN KEY (debtor_id) REFERENCES kuvert.debtor(id);

alter table kuvert.receivable add constraint receivable_invoice_id_fkey FOREIGN KEY (invoice_id) REFERENCES kuvert.invoice(id);

alter table kuvert.run add constraint run_pkey PRIMARY KEY (id);

alter table kuvert.run add constraint run_check CHECK ((override_by IS NULL) = (override_reason IS NULL));

alter table kuvert.run add constraint run_kind_check CHECK (kind = ANY (ARRAY['reminder'::text, 'collection'::text, 'payout'::text]));

alter table kuvert.run add constraint run_state_check CHECK (state = ANY (ARRAY['applied'::text, 'undone'::text]));

alter table kuvert.run add constraint run_trigger_check CHECK (trigger = ANY (ARRAY['schedule'::text, 'command'::text, 'catch-up'::text]));

alter table kuvert.run add constraint run_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.run_item add constraint run_item_pkey PRIMARY KEY (run_id, receivable_id);

alter table kuvert.run_item add constraint run_item_outcome_check CHECK (outcome = ANY (ARRAY['step'::text, 'skip'::text]));

alter table kuvert.run_item add constraint run_item_receivable_id_fkey FOREIGN KEY (receivable_id) REFERENCES kuvert.receivable(id);

alter table kuvert.run_item add constraint run_item_run_id_fkey FOREIGN KEY (run_id) REFERENCES kuvert.run(id);

alter table kuvert.sender_kind add constraint sender_kind_pkey PRIMARY KEY (id);

alter table kuvert.settlement add constraint settlement_pkey PRIMARY KEY (id);

alter table kuvert.settlement add constraint settlement_client_id_number_key UNIQUE (client_id, number);

alter table kuvert.settlement add constraint settlement_run_id_key UNIQUE (run_id);

alter table kuvert.settlement add constraint settlement_check CHECK ((opening + received + restored - returned - fees - fees_vat - paid_out) = closing);

alter table kuvert.settlement add constraint settlement_number_check CHECK (number > 0);

alter table kuvert.settlement add constraint settlement_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.settlement add constraint settlement_run_id_fkey FOREIGN KEY (run_id) REFERENCES kuvert.run(id);

alter table kuvert.spool add constraint spool_pkey PRIMARY KEY (job_number);

alter table kuvert.spool add constraint spool_job_number_check CHECK (job_number > 0);

alter table kuvert.spool add constraint spool_state_check CHECK (state = ANY (ARRAY['planned'::text, 'released'::text, 'cancelled'::text]));

alter table kuvert.spool add constraint spool_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.step_kind add constraint step_kind_pkey PRIMARY KEY (id);

alter table kuvert.suspense_item add constraint suspense_item_pkey PRIMARY KEY (payment_id);

alter table kuvert.suspense_item add constraint suspense_item_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES kuvert.payment(id);

alter table kuvert.task add constraint task_pkey PRIMARY KEY (id);

alter table kuvert.task add constraint task_client_id_kind_subject_key UNIQUE (client_id, kind, subject);

alter table kuvert.task add constraint task_client_id_fkey FOREIGN KEY (client_id) REFERENCES kuvert.client(id);

alter table kuvert.view_source add constraint view_source_pkey PRIMARY KEY (sha256);

-- Indexes

CREATE INDEX bank_block_account ON kuvert.bank_block USING btree (account, to_date);

CREATE UNIQUE INDEX collection_case_once ON kuvert.collection_case USING btree (receivable_id) WHERE (state <> ALL (ARRAY['rejected'::text, 'closed'::text]));

CREATE INDEX collection_case_receivable ON kuvert.collection_case USING btree (receivable_id);

CREATE INDEX credited_invoice_number ON kuvert.credited_invoice USING btree (client_id, number);

CREATE INDEX debtor_version_first_digest ON kuvert.debtor_version USING btree (debtor_id, version) WHERE (digest_version = 0);

CREATE INDEX demand_step_document ON kuvert.demand_step USING btree (document_id) WHERE (document_id IS NOT NULL);

CREATE UNIQUE INDEX demand_step_once ON kuvert.demand_step USING btree (receivable_id, level) WHERE (state = 'taken'::text);

CREATE INDEX demand_step_receivable ON kuvert.demand_step USING btree (receivable_id);

CREATE INDEX demand_step_run ON kuvert.demand_step USING btree (run_id);

CREATE INDEX document_invoice ON kuvert.document USING btree (invoice_id) WHERE (invoice_id IS NOT NULL);

CREATE INDEX document_outbound ON kuvert.document USING btree (outbound_id) WHERE (channel = 'einvoice'::text);

CREATE UNIQUE INDEX document_primary ON kuvert.document USING btree (invoice_id) WHERE (state <> ALL (ARRAY['refused'::text, 'withdrawn'::text]));

CREATE INDEX document_run ON kuvert.document USING btree (run_id) WHERE (run_id IS NOT NULL);

CREATE INDEX document_spool ON kuvert.document USING btree (job_number) WHERE (job_number IS NOT NULL);

CREATE INDEX document_uncharged ON kuvert.document USING btree (client_id) WHERE ((state = 'released'::text) AND (settlement_id IS NULL));

CREATE INDEX document_unconfirmed ON kuvert.document USING btree (id) WHERE ((state = 'released'::text) AND (dispatched_on IS NULL));

CREATE INDEX document_waiting ON kuvert.document USING btree (client_id, channel) WHERE (state = 'waiting'::text);

CREATE UNIQUE INDEX file_content_once ON kuvert.file USING btree (client_id, sha256) WHERE (state <> ALL (ARRAY['duplicate'::text, 'quarantined'::text]));

CREATE INDEX file_document_first_digest ON kuvert.file_document USING btree (file_id, sequence) WHERE (digest_version = 0);

CREATE INDEX file_document_number ON kuvert.file_document USING btree (file_id, number);

CREATE INDEX file_document_order ON kuvert.file_document USING btree (content_sha256) WHERE (kind = 'order'::text);

CREATE INDEX file_duplicate_of ON kuvert.file USING btree (duplicate_of) WHERE (duplicate_of IS NOT NULL);

CREATE INDEX file_unsettled ON kuvert.file USING btree (id) WHERE (settled_at IS NULL);

CREATE INDEX file_without_receipt ON kuvert.file USING btree (id) WHERE (receipted < settlement);

CREATE INDEX hold_receivable ON kuvert.hold USING btree (receivable_id);

CREATE INDEX invoice_debtor ON kuvert.invoice USING btree (debtor_id);

CREATE INDEX invoice_first_digest ON kuvert.invoice USING btree (id) WHERE (digest_version = 0);

CREATE INDEX ledger_transaction_date ON kuvert.ledger_transaction USING btree (client_id, entry_date);

CREATE INDEX ledger_transaction_invoice ON kuvert.ledger_transaction USING btree (invoice_id);

CREATE INDEX outbound_file ON kuvert.outbound USING btree (file_id) WHERE (file_id IS NOT NULL);

CREATE INDEX outbound_open ON kuvert.outbound USING btree (remote, id) WHERE (state <> 'sent'::text);

CREATE INDEX payment_account ON kuvert.payment USING btree (account, booking_date);

CREATE INDEX payment_client ON kuvert.payment USING btree (client_id, booking_date);

CREATE INDEX payment_of_block ON kuvert.payment USING btree (block_id);

CREATE INDEX payment_payer ON kuvert.payment USING btree (client_id, payer_account) WHERE (payer_account IS NOT NULL);

CREATE INDEX payment_reference_digits ON kuvert.payment_reference USING btree (ltrim(reference, '0'::text));

CREATE INDEX payment_reference_invoice ON kuvert.payment_reference USING btree (invoice_id);

CREATE INDEX payout_live ON kuvert.payout USING btree (client_id) WHERE (state <> ALL (ARRAY['settled'::text, 'rejected'::text, 'returned'::text, 'cancelled'::text]));

CREATE INDEX posting_account ON kuvert.posting USING btree (client_id, account);

CREATE INDEX posting_debtor ON kuvert.posting USING btree (debtor_id) WHERE (debtor_id IS NOT NULL);

CREATE INDEX posting_payment ON kuvert.posting USING btree (payment_id) WHERE (payment_id IS NOT NULL);

CREATE INDEX posting_receivable ON kuvert.posting USING btree (receivable_id) WHERE (receivable_id IS NOT NULL);

CREATE INDEX print_status_document ON kuvert.print_status USING btree (document_id);

CREATE INDEX receivable_client ON kuvert.receivable USING btree (client_id, id);

CREATE INDEX receivable_debtor ON kuvert.receivable USING btree (debtor_id);

CREATE INDEX run_item_receivable ON kuvert.run_item USING btree (receivable_id);

CREATE UNIQUE INDEX run_once ON kuvert.run USING btree (kind, client_id, business_date) WHERE (state = 'applied'::text);

CREATE INDEX suspense_open ON kuvert.suspense_item USING btree (recorded_at) WHERE (resolved_at IS NULL);

-- Views

create view kuvert.agreement_terms as
 SELECT client_id,
    version,
    valid_from,
    valid_to,
    content ->> 'product'::text AS product
   FROM kuvert.agreement;

create view kuvert.file_tally as
 SELECT file_document.file_id,
    file_document.outcome,
    count(*) AS count,
    sum(file_document.amount) AS amount,
    count(*) FILTER (WHERE NOT file_document.amount_known) AS unknown
   FROM kuvert.file_document
  GROUP BY file_document.file_id, file_document.outcome
UNION ALL
 SELECT b.file_id,
    t.outcome,
    t.count,
    t.amount,
    0 AS unknown
   FROM kuvert.bank_block b,
    LATERAL ( VALUES ('accepted'::text,b.accepted,b.accepted_amount), ('duplicate'::text,b.repeated,b.repeated_amount), ('held'::text,b.held,b.held_amount)) t(outcome, count, amount);

create view kuvert.open_item as
 SELECT receivable_id,
    sum(amount)::bigint AS amount,
    COALESCE(sum(amount) FILTER (WHERE component = 'principal'::text), 0::numeric)::bigint AS principal,
    COALESCE(sum(amount) FILTER (WHERE component = 'interest'::text), 0::numeric)::bigint AS interest,
    COALESCE(sum(amount) FILTER (WHERE component = 'reminderFee'::text), 0::numeric)::bigint AS reminder_fee,
    COALESCE(sum(amount) FILTER (WHERE component = 'collectionFee'::text), 0::numeric)::bigint AS collection_fee,
    COALESCE(sum(amount) FILTER (WHERE component = 'compensation'::text), 0::numeric)::bigint AS compensation
   FROM kuvert.receivable_line
  GROUP BY receivable_id;

create view kuvert.payment_balance as
 SELECT payment_id,
    COALESCE(- sum(amount) FILTER (WHERE account = 'suspense'::text), 0::numeric)::bigint AS suspense,
    COALESCE(- sum(amount) FILTER (WHERE account = 'overpayment'::text), 0::numeric)::bigint AS overpaid
   FROM kuvert.posting
  WHERE payment_id IS NOT NULL
  GROUP BY payment_id;

create view kuvert.payment_line as
 SELECT p.payment_id,
    p.transaction_id,
    p.line,
    p.client_id,
    p.account,
    p.amount,
    p.currency,
    p.receivable_id,
    p.debtor_id,
    COALESCE(g.product, 'service'::text) AS product
   FROM kuvert.posting p
     JOIN kuvert.ledger_account a USING (account)
     LEFT JOIN kuvert.receivable r ON r.id = p.receivable_id
     LEFT JOIN kuvert.invoice i ON i.id = r.invoice_id
     LEFT JOIN kuvert.agreement_terms g ON g.client_id = i.client_id AND g.version = i.agreement_version
  WHERE p.payment_id IS NOT NULL AND (a.component IS NOT NULL OR (p.account = ANY (ARRAY['suspense'::text, 'overpayment'::text, 'rounding'::text])));

create view kuvert.receivable_line as
 SELECT p.receivable_id,
    a.component,
    p.amount,
    p.currency,
    p.client_id,
    p.transaction_id,
    p.line,
    p.payment_id
   FROM kuvert.posting p
     JOIN kuvert.ledger_account a USING (account)
  WHERE a.component IS NOT NULL;

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

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON kuvert.ledger_account FOR EACH STATEMENT EXECUTE FUNCTION kuvert.ledger_is_append_only();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON kuvert.ledger_transaction FOR EACH STATEMENT EXECUTE FUNCTION kuvert.ledger_is_append_only();

CREATE CONSTRAINT TRIGGER transaction_has_postings AFTER INSERT ON kuvert.ledger_transaction DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION kuvert.transaction_has_postings();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON kuvert.posting FOR EACH STATEMENT EXECUTE FUNCTION kuvert.ledger_is_append_only();

CREATE TRIGGER postings_balance AFTER INSERT ON kuvert.posting REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION kuvert.postings_balance();
