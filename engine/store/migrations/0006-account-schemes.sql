-- The account schemes that were ever plugged in. The code fills it before it works (engine/store/migrate.ts).
create table kuvert.account_scheme (id text primary key);
insert into kuvert.account_scheme
  select distinct paid_on.value ->> 'kind' from kuvert.agreement a, jsonb_array_elements(a.content -> 'paymentAccounts') as paid_on;

-- A reference is unique for ever on an account, and an account is a scheme and a number.
alter table kuvert.payment_reference add column scheme text references kuvert.account_scheme;
update kuvert.payment_reference r set scheme = (
  select min(paid_on.value ->> 'kind') from kuvert.agreement a, jsonb_array_elements(a.content -> 'paymentAccounts') as paid_on
  where paid_on.value ->> 'number' = r.account);
alter table kuvert.payment_reference alter column scheme set not null;
alter table kuvert.payment_reference drop constraint payment_reference_pkey;
alter table kuvert.payment_reference add primary key (scheme, account, reference);
