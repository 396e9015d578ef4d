-- The second half of the main job: bank files, payments, holds, runs with their demands, collection and payouts.

-- Files come from the clients and from those the house works with; each sender has its inbox. The bureau's own ledger holds money of
-- which nobody knows yet whose it is.
alter table kuvert.client add column kind text not null default 'client'
  check (kind in ('client', 'bureau', 'bank', 'print-house', 'collection-agency'));

-- One account's part of a bank file (Stmt, Ntfctn) with what became of it (reference/iso20022.md §4, §5).
create table kuvert.bank_block (
  id bigint generated always as identity primary key,
  file_id bigint not null references kuvert.file,
  number integer not null check (number > 0),
  message_kind text not null check (message_kind in ('statement', 'notification', 'report')),
  message_id text not null,
  block_id text not null,
  sequence_number text,
  -- The account as the bank names it, and its name in the configuration; absent: nobody's, so the block is held.
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
  -- SHA-256 over the fingerprints of its transactions, sorted: the same content again, whatever ids it carries (layer L3).
  content_sha256 text not null,
  -- posted: its money is in the ledger; repeated: all of it was before; reconciled: the account posts from another kind of message;
  -- held: nothing is posted, and `reason` says why.
  state text not null check (state in ('posted', 'repeated', 'reconciled', 'held')),
  reason text,
  -- Its transactions by what became of them, by count and signed sum; together they are credit less debit (IB1).
  accepted integer not null default 0,
  accepted_amount bigint not null default 0,
  repeated integer not null default 0,
  repeated_amount bigint not null default 0,
  held integer not null default 0,
  held_amount bigint not null default 0,
  unique (file_id, number),
  check ((state = 'held') = (reason is not null)),
  check (accepted_amount + repeated_amount + held_amount = credit - debit)
);
create index bank_block_account on kuvert.bank_block (account, to_date);

-- One transaction on a bank account, known once by its fingerprint (layer L4).
create table kuvert.payment (
  id bigint generated always as identity primary key,
  account text not null,
  fingerprint text not null,
  file_id bigint not null references kuvert.file,
  block_id bigint not null references kuvert.bank_block,
  line integer not null,
  -- Signed: positive raises the account's balance.
  amount bigint not null check (amount <> 0),
  currency text not null,
  booking_date date not null,
  value_date date not null,
  paid_date date,
  -- receipt: a payer's money; reversal: an earlier receipt taken back; payout: our own order debited; payout-return: it came back;
  -- cost: charges and interest of the bank, not the ledger's; unclear: goes to suspense for a person.
  kind text not null check (kind in ('receipt', 'reversal', 'payout', 'payout-return', 'cost', 'unclear')),
  -- Whose ledger it is booked in: a client's, or the bureau's while nobody knows whose money it is.
  client_id text not null references kuvert.client,
  payer_name text,
  payer_account text,
  receiver_account text,
  -- Candidates, best first, and structured parts as the reader gave them.
  references_found text[] not null,
  parts jsonb,
  text text not null,
  ids jsonb not null,
  -- Of a reversal: the receipt it takes back, once.
  reverses bigint unique references kuvert.payment,
  recorded_at timestamptz not null,
  unique (account, fingerprint)
);
create index payment_of_block on kuvert.payment (block_id);
create index payment_account on kuvert.payment (account, booking_date);
create index payment_client on kuvert.payment (client_id, booking_date);
create index payment_payer on kuvert.payment (client_id, payer_account) where payer_account is not null;

-- What became of a file's content, whatever kind of file it is: documents of clients, transactions of banks (IF3).
create view kuvert.file_tally as
  select file_id, outcome, count(*) as count, sum(amount) as amount, count(*) filter (where not amount_known) as unknown
    from kuvert.file_document group by file_id, outcome
  union all
  select b.file_id, t.outcome, t.count, t.amount, 0 from kuvert.bank_block b, lateral (values
    ('accepted', b.accepted, b.accepted_amount), ('duplicate', b.repeated, b.repeated_amount), ('held', b.held, b.held_amount)
  ) as t (outcome, count, amount);

-- Money in suspense: why, and what it may be for. Its balance is the ledger's, by payment.
create table kuvert.suspense_item (
  payment_id bigint primary key references kuvert.payment,
  reason text not null,
  -- [{invoice, amount, because}], best first.
  candidates jsonb not null,
  recorded_at timestamptz not null,
  resolved_at timestamptz
);
create index suspense_open on kuvert.suspense_item (recorded_at) where resolved_at is null;

-- Postings name what they are about, so that balances per receivable, payment and debtor are sums.
alter table kuvert.posting add column payment_id bigint references kuvert.payment;
alter table kuvert.posting add column debtor_id bigint references kuvert.debtor;
create index posting_payment on kuvert.posting (payment_id) where payment_id is not null;
create index posting_debtor on kuvert.posting (debtor_id) where debtor_id is not null;
-- The transaction that this one corrects or takes back (IL7).
alter table kuvert.ledger_transaction add column corrects bigint references kuvert.ledger_transaction;
-- The date that its effect on interest counts from, where neither the entry date nor a payment's says it: money paid to the client directly.
alter table kuvert.ledger_transaction add column value_date date;
create index ledger_transaction_date on kuvert.ledger_transaction (client_id, entry_date);

-- Why a receivable is left alone. Whoever places or releases it is named; a released hold stays.
create table kuvert.hold (
  id bigint generated always as identity primary key,
  receivable_id bigint not null references kuvert.receivable,
  kind text not null check (kind in ('deferment', 'dispute', 'block', 'promise')),
  -- Disputed part of the principal; absent: all of it.
  amount bigint check (amount > 0),
  from_date date not null,
  -- Last day; of a deferment and a promise the new date to pay. Absent: until released.
  until_date date,
  interest_runs boolean not null default true,
  -- Of a dispute: NOT_ORDERED, NOT_RECEIVED, DEFECT, PRICE, PAID, WRONG_PERSON, LIMITATION, FEE, OTHER; of a block its cause.
  category text,
  reason text not null,
  placed_by text not null,
  -- The business date and the instant: what was known on a date is asked by the former.
  placed_on date not null,
  placed_at timestamptz not null,
  released_on date,
  released_by text,
  released_at timestamptz,
  -- Of a dispute: accepted by the client, or rejected with a reply; the term starts anew from `released_on`.
  outcome text check (outcome in ('accepted', 'rejected', 'withdrawn')),
  check ((released_on is null) = (released_at is null))
);
create index hold_receivable on kuvert.hold (receivable_id);
-- A run walks a client's receivables in order; a statement takes a debtor's.
create index receivable_client on kuvert.receivable (client_id, id);
create index receivable_debtor on kuvert.receivable (debtor_id);

-- The invoices that a credit note says it credits, in its order: it is allocated to them, whichever comes first (fault XC9).
create table kuvert.credited_invoice (
  credit_id bigint not null references kuvert.invoice,
  position integer not null check (position > 0),
  client_id text not null references kuvert.client,
  number text not null,
  primary key (credit_id, position)
);
create index credited_invoice_number on kuvert.credited_invoice (client_id, number);

-- A row of a file is a document, or an order of a client's control file about one.
alter table kuvert.file_document add column kind text not null default 'document' check (kind in ('document', 'order'));
create index file_document_order on kuvert.file_document (content_sha256) where kind = 'order';

-- One execution of a run: at most one per kind, client and business date (IR1), whoever or whatever triggers it.
create table kuvert.run (
  id bigint generated always as identity primary key,
  kind text not null check (kind in ('reminder', 'collection', 'payout')),
  client_id text not null references kuvert.client,
  business_date date not null,
  state text not null check (state in ('applied', 'undone')),
  trigger text not null check (trigger in ('schedule', 'command', 'catch-up')),
  who text not null,
  started_at timestamptz not null,
  -- The gate was opened by name and reason (IR2).
  override_by text,
  override_reason text,
  steps integer not null default 0,
  skips integer not null default 0,
  totals jsonb not null default '{}',
  undone_by text,
  undone_at timestamptz,
  undone_reason text,
  check ((override_by is null) = (override_reason is null))
);
create unique index run_once on kuvert.run (kind, client_id, business_date) where state = 'applied';
-- What a run did with a receivable and why, for each it had to think about: due and not settled. What is not due or settled before the
-- date says so itself.
create table kuvert.run_item (
  run_id bigint not null references kuvert.run,
  receivable_id bigint not null references kuvert.receivable,
  outcome text not null check (outcome in ('step', 'skip')),
  rule text not null,
  -- The chain of reasons, as data: [{rule, facts}].
  because json not null,
  primary key (run_id, receivable_id)
);
create index run_item_receivable on kuvert.run_item (receivable_id);

-- A document is an invoice's own delivery or a demand for one or several of a debtor's invoices.
alter table kuvert.document alter column invoice_id drop not null;
alter table kuvert.document add column kind text not null default 'invoice' check (kind in ('invoice', 'reminder', 'demand', 'settlement'));
alter table kuvert.document add column debtor_id bigint references kuvert.debtor;
alter table kuvert.document add column run_id bigint references kuvert.run;
-- What stands in it (engine/demand.ts), for all but an invoice's own delivery.
alter table kuvert.document add column content json;
alter table kuvert.document add column agreement_version integer;
-- The day the print house put it into the post, or an e-invoice was taken over; the law's periods run from it (collection-rules.md §1.4).
alter table kuvert.document add column dispatched_on date;
alter table kuvert.document add column returned_on date;
alter table kuvert.document add column withdrawn_because text;
alter table kuvert.document drop constraint document_state_check;
alter table kuvert.document add constraint document_state_check
  check (state in ('waiting', 'spooled', 'released', 'refused', 'withdrawn'));
alter table kuvert.document add constraint document_subject check ((kind = 'invoice') = (invoice_id is not null) and (kind = 'invoice') = (content is null));
alter table kuvert.document add constraint document_withdrawn check ((state = 'withdrawn') = (withdrawn_because is not null));
drop index kuvert.document_primary;
create unique index document_primary on kuvert.document (invoice_id) where state not in ('refused', 'withdrawn');
-- Withdrawn and refused ones too: what was known of a receivable on a date includes them.
create index document_invoice on kuvert.document (invoice_id) where invoice_id is not null;
create index document_run on kuvert.document (run_id) where run_id is not null;
create index document_unconfirmed on kuvert.document (id) where state = 'released' and dispatched_on is null;

-- A print job whose letters were all pulled back is cancelled: its number is used, nothing leaves.
alter table kuvert.spool drop constraint spool_state_check;
alter table kuvert.spool add constraint spool_state_check check (state in ('planned', 'released', 'cancelled'));
-- The client's next ledger sequence when a job with demands was released: what its letters claim is the ledger before it (IR5).
alter table kuvert.spool add column ledger_sequence bigint;

-- What a print house reported of a letter, as it came; the first day of dispatch stays, a reprint is no second one.
create table kuvert.print_status (
  file_id bigint not null references kuvert.file,
  line integer not null,
  document_id text not null references kuvert.document,
  status text not null check (status in ('dispatched', 'spoiled', 'reprinted', 'returned')),
  on_date date not null,
  recorded_at timestamptz not null,
  primary key (file_id, line)
);
create index print_status_document on kuvert.print_status (document_id);
create index document_outbound on kuvert.document (outbound_id) where channel = 'einvoice';

-- A step of the timetable taken for one receivable: level 1, 2, 3 … in the order of its policy, each at most once unless withdrawn (IR4).
create table kuvert.demand_step (
  id bigint generated always as identity primary key,
  receivable_id bigint not null references kuvert.receivable,
  level integer not null check (level > 0),
  kind text not null check (kind in ('reminder', 'demand', 'handover', 'assessment', 'write-off')),
  run_id bigint not null references kuvert.run,
  business_date date not null,
  -- The letter, where it is one.
  document_id text references kuvert.document,
  -- The principal demanded, and what this step claims anew: what its claim booked, and a withdrawal takes back.
  principal bigint not null,
  interest bigint not null,
  reminder_fee bigint not null,
  collection_fee bigint not null,
  compensation bigint not null,
  -- New date to pay; the next step waits for it and for the dispatch.
  deadline date,
  policy jsonb not null,
  state text not null check (state in ('taken', 'withdrawn')),
  withdrawn_at timestamptz,
  withdrawn_because text,
  check ((state = 'withdrawn') = (withdrawn_because is not null))
);
create unique index demand_step_once on kuvert.demand_step (receivable_id, level) where state = 'taken';
create index demand_step_receivable on kuvert.demand_step (receivable_id);
create index demand_step_run on kuvert.demand_step (run_id);
create index demand_step_document on kuvert.demand_step (document_id) where document_id is not null;

-- A claim handed over to a collection agency, or to be assessed before the legal step.
create table kuvert.collection_case (
  id bigint generated always as identity primary key,
  client_id text not null references kuvert.client,
  -- 1, 2, 3 … per client: what client, agency and bureau call it by.
  number integer not null check (number > 0),
  receivable_id bigint not null references kuvert.receivable,
  run_id bigint not null references kuvert.run,
  opened_on date not null,
  state text not null check (state in ('opened', 'sent', 'accepted', 'rejected', 'closed')),
  outbound_id bigint references kuvert.outbound,
  agency_reference text,
  rejection text,
  closed_on date,
  unique (client_id, number)
);
create unique index collection_case_once on kuvert.collection_case (receivable_id) where state not in ('rejected', 'closed');
create index collection_case_receivable on kuvert.collection_case (receivable_id);
-- What happened after the hand-over and has to be told: payments, credits, withdrawal.
create table kuvert.collection_change (
  id bigint generated always as identity primary key,
  case_id bigint not null references kuvert.collection_case,
  kind text not null check (kind in ('payment', 'credit', 'withdrawal', 'correction')),
  transaction_id bigint references kuvert.ledger_transaction,
  -- By how much the claim falls; negative where it rises again.
  amount bigint not null,
  on_date date not null,
  outbound_id bigint references kuvert.outbound,
  unique (case_id, transaction_id, kind)
);
create table kuvert.assessment (
  id bigint generated always as identity primary key,
  receivable_id bigint not null references kuvert.receivable,
  run_id bigint not null references kuvert.run,
  outcome text not null,
  rule text not null,
  rule_version integer not null,
  inputs jsonb not null,
  proposed_on date not null,
  decision text check (decision in ('confirmed', 'declined')),
  decided_by text,
  decided_at timestamptz,
  decision_reason text,
  unique (receivable_id, run_id)
);

-- What the client gets for a period: opening + movements = closing, and net = payout or carried forward (collection-rules.md §10.5).
create table kuvert.settlement (
  id bigint generated always as identity primary key,
  client_id text not null references kuvert.client,
  number integer not null check (number > 0),
  run_id bigint not null unique references kuvert.run,
  business_date date not null,
  -- The last ledger transaction that is part of it, and the last day whose receipts were cleared: what was booked later than that day
  -- waits for a later settlement, whatever its number.
  through_sequence bigint not null,
  cleared_through date not null,
  opening bigint not null,
  received bigint not null,
  returned bigint not null,
  -- Payouts of earlier settlements that did not reach the client.
  restored bigint not null,
  fees bigint not null,
  fees_vat bigint not null,
  paid_out bigint not null,
  closing bigint not null,
  currency text not null,
  unique (client_id, number),
  -- Why there is a payout or none, and the statement as the client got it.
  rule text not null,
  content json not null,
  check (opening + received + restored - returned - fees - fees_vat - paid_out = closing)
);
-- A delivered document is charged once.
alter table kuvert.document add column settlement_id bigint references kuvert.settlement;
create index document_uncharged on kuvert.document (client_id) where state = 'released' and settlement_id is null;

-- Money that leaves: to a client, or back to a payer. Its ids are given when it is frozen and never again (reference/iso20022.md §6.7).
create table kuvert.payout (
  id bigint generated always as identity primary key,
  client_id text not null references kuvert.client,
  kind text not null check (kind in ('client', 'refund')),
  settlement_id bigint references kuvert.settlement,
  payment_id bigint references kuvert.payment,
  amount bigint not null check (amount > 0),
  currency text not null,
  -- The account the money is paid from, by its name in the configuration.
  from_account text not null,
  -- {kind: bankgiro|plusgiro|account|iban, …}, name and town of the receiver.
  receiver jsonb not null,
  remittance text not null,
  execution_date date not null,
  instruction_id text unique,
  -- Of its group in the file: a bank may debit a group in one sum.
  payment_information_id text,
  state text not null check (state in ('planned', 'approved', 'frozen', 'sent', 'accepted', 'settled', 'rejected', 'returned', 'cancelled')),
  planned_by text not null,
  planned_at timestamptz not null,
  -- A second person, never the one who planned.
  approved_by text check (approved_by <> planned_by),
  approved_at timestamptz,
  payment_file_id bigint,
  bank_status text,
  bank_reason text,
  settled_on date,
  check ((kind = 'client') = (settlement_id is not null)),
  check ((state in ('planned', 'approved', 'cancelled')) = (instruction_id is null)),
  check (state = 'planned' or state = 'cancelled' or approved_by is not null),
  check ((kind = 'refund') = (payment_id is not null))
);
create index payout_live on kuvert.payout (client_id) where state not in ('settled', 'rejected', 'returned', 'cancelled');
create table kuvert.payment_file (
  id bigint generated always as identity primary key,
  message_id text not null unique,
  from_account text not null,
  version text not null check (version in ('03', '09')),
  created_at timestamptz not null,
  payments integer not null,
  amount bigint not null,
  outbound_id bigint references kuvert.outbound
);
alter table kuvert.payout add constraint payout_payment_file foreign key (payment_file_id) references kuvert.payment_file;
-- Every status a bank reported, as it came.
create table kuvert.payout_status (
  id bigint generated always as identity primary key,
  payout_id bigint not null references kuvert.payout,
  file_id bigint not null references kuvert.file,
  status text not null,
  reason text,
  recorded_at timestamptz not null
);

-- Something a person has to do: a dispute to be answered by a client, a case without an id, an unmatched return.
create table kuvert.task (
  id bigint generated always as identity primary key,
  client_id text not null references kuvert.client,
  kind text not null,
  subject text not null,
  detail jsonb not null,
  due_on date,
  opened_at timestamptz not null,
  done_at timestamptz,
  done_by text,
  unique (client_id, kind, subject)
);

alter table kuvert.outbound drop constraint outbound_kind_check;
alter table kuvert.outbound add constraint outbound_kind_check check (kind in
  ('receipt', 'spool', 'einvoice', 'payment-file', 'settlement', 'collection', 'report'));

-- A letter that demands several invoices has a reference of its own; one for a single invoice keeps the invoice's.
alter table kuvert.payment_reference alter column invoice_id drop not null;
alter table kuvert.payment_reference add column document_id text references kuvert.document;
-- Banks drop or add leading zeros, so references are compared without them.
create index payment_reference_digits on kuvert.payment_reference (ltrim(reference, '0'));
alter table kuvert.payment_reference add constraint payment_reference_subject check ((invoice_id is null) <> (document_id is null));

-- Two books in one ledger (engine/ledger.ts): what the client is owed by debtors, and the bureau's book of the client's money.
create function kuvert.book_of(account text) returns text language sql immutable parallel safe as $$
  select case when account in ('clientFunds', 'clientLiability', 'suspense', 'overpayment', 'payoutInTransit', 'feeReceivable', 'feeIncome',
    'feeVat', 'ownBank', 'clientDeficit', 'purchasedReceivables', 'purchaseIncome') then 'bureau' else 'client' end
$$;
create or replace function kuvert.postings_balance() returns trigger language plpgsql as $$
declare
  bad record;
begin
  -- What is added must balance by itself: then the transaction does, since nothing is ever changed or taken away. Never over the whole table:
  -- with a large ledger the planner reads it all, for each statement anew.
  select transaction_id, currency, sum(amount) as total into bad from added
    group by transaction_id, currency, kuvert.book_of(account) having sum(amount) <> 0 limit 1;
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
