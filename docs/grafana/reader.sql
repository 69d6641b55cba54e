-- The role of BI tools: reads the schema `reporting` of the database `reporting` and nothing else.
-- Run it there as its owner, with a password of your own in place of CHANGE-ME; running it again changes nothing.
do $$ begin
  if not exists (select from pg_roles where rolname = 'uketsuke_bi') then
    create role uketsuke_bi login password 'CHANGE-ME';
  end if;
  execute format('grant connect on database %I to uketsuke_bi', current_database());
end $$;
alter role uketsuke_bi set default_transaction_read_only = on;
alter role uketsuke_bi set statement_timeout = '30s';
revoke all on schema public from uketsuke_bi;
grant usage on schema reporting to uketsuke_bi;
grant select on all tables in schema reporting to uketsuke_bi;
-- A table whose columns change is made anew: it is readable at once
alter default privileges in schema reporting grant select on tables to uketsuke_bi;
