-- Identity by decision: a digest says by which version of its form it was made. Version 0 are the digests that hung on the order of keys in
-- the program that wrote them; `engine/store/digest.ts` makes each of them anew from the stored content, once.
alter table kuvert.agreement add column digest_version smallint not null default 0;
alter table kuvert.agreement alter column digest_version drop default;
alter table kuvert.file_document add column digest_version smallint;
update kuvert.file_document set digest_version = 0 where content_sha256 is not null;
alter table kuvert.file_document add check ((content_sha256 is null) = (digest_version is null));
alter table kuvert.invoice add column digest_version smallint not null default 0;
alter table kuvert.invoice alter column digest_version drop default;
alter table kuvert.debtor_version add column digest_version smallint not null default 0;
alter table kuvert.debtor_version alter column digest_version drop default;
create index file_document_first_digest on kuvert.file_document (file_id, sequence) where digest_version = 0;
create index invoice_first_digest on kuvert.invoice (id) where digest_version = 0;
create index debtor_version_first_digest on kuvert.debtor_version (debtor_id, version) where digest_version = 0;
