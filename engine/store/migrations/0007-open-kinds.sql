-- Sets that the code may have more of tomorrow: what was a CHECK becomes a table that the code fills when the house is opened for work
-- (engine/store/migrate.ts); here only what may be in use already.
create table kuvert.channel (id text primary key);
insert into kuvert.channel (id) values ('print'), ('einvoice');
create table kuvert.document_kind (id text primary key);
insert into kuvert.document_kind (id) values ('invoice'), ('reminder'), ('demand'), ('settlement');
create table kuvert.outbound_kind (id text primary key);
insert into kuvert.outbound_kind (id) values
  ('receipt'), ('spool'), ('einvoice'), ('payment-file'), ('settlement'), ('collection'), ('report');
create table kuvert.step_kind (id text primary key);
insert into kuvert.step_kind (id) values ('reminder'), ('demand'), ('handover'), ('assessment'), ('write-off');
create table kuvert.sender_kind (id text primary key);
insert into kuvert.sender_kind (id) values ('client'), ('bureau'), ('bank'), ('print-house'), ('collection-agency');

alter table kuvert.debtor drop constraint debtor_preferred_channel_check,
  add constraint debtor_preferred_channel_fkey foreign key (preferred_channel) references kuvert.channel;
alter table kuvert.document drop constraint document_channel_check, drop constraint document_kind_check,
  add constraint document_channel_fkey foreign key (channel) references kuvert.channel,
  add constraint document_kind_fkey foreign key (kind) references kuvert.document_kind;
alter table kuvert.outbound drop constraint outbound_kind_check,
  add constraint outbound_kind_fkey foreign key (kind) references kuvert.outbound_kind;
alter table kuvert.demand_step drop constraint demand_step_kind_check,
  add constraint demand_step_kind_fkey foreign key (kind) references kuvert.step_kind;
alter table kuvert.client drop constraint client_kind_check,
  add constraint client_kind_fkey foreign key (kind) references kuvert.sender_kind;

-- Versions are those that the format of payment files has; the code asks it.
alter table kuvert.payment_file drop constraint payment_file_version_check;

-- What went wrong when a file was last tried, which its own transaction could not keep; empty again when it is decided.
alter table kuvert.file add column trouble text;
