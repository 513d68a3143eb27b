-- Who may do what in Karnama's database: the roles, and what they may do to the database as a whole.
-- An administrator runs this in the database of Karnama, before anything is started there; again and again
-- does no harm. What each role may do to each table is in grants.sql, which `karnama_migrator` applies after
-- the migrations (deploy/postgres/migrate.mjs does both).
--
--   karnama_migrator   makes and changes tables, and owns them; used by the migration job alone
--   karnama_intake     appends to the ledger and keeps refused records; cannot read them back
--   karnama_projector  reads the ledger; makes, fills and drops the tables of figures
--   karnama_reader     reads ledger and figures; neither refused records nor the channel's originals
--   karnama_operator   people at the command line: import, release, quarantine, status, verify, rebuild
--
-- Of these, only the migrator, as the owner, can change or remove an event. Use it for nothing else.
--
-- The roles have no passwords until you give them some, for example with psql: \password karnama_intake
-- The addresses then are (KARNAMA_DATABASE_URL, better KARNAMA_DATABASE_URL_FILE):
--   migration job  postgresql://karnama_migrator:…@host:5432/karnama
--   apps/intake    postgresql://karnama_intake:…@host:5432/karnama
--   apps/projector postgresql://karnama_projector:…@host:5432/karnama
--   apps/api       postgresql://karnama_reader:…@host:5432/karnama
--   apps/karnama   postgresql://karnama_operator:…@host:5432/karnama

DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY[
    'karnama_migrator', 'karnama_intake', 'karnama_projector', 'karnama_reader', 'karnama_operator'
  ] LOOP
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
      EXECUTE format('CREATE ROLE %I LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE INHERIT', name);
    END IF;
  END LOOP;
END $$;

-- An operator does by hand what intake and projector do by themselves.
GRANT karnama_intake, karnama_projector TO karnama_operator;
-- The migrator settles who owns the tables of figures, whoever made them.
GRANT karnama_projector, karnama_operator TO karnama_migrator;

DO $$
DECLARE
  here text := current_database();
BEGIN
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', here);
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO karnama_migrator, karnama_intake, karnama_projector, karnama_reader, karnama_operator', here);
  EXECUTE format('GRANT CREATE ON DATABASE %I TO karnama_migrator', here);
  -- a mistake of the read side cannot become a change, whatever it was granted
  EXECUTE format('ALTER ROLE karnama_reader IN DATABASE %I SET default_transaction_read_only = on', here);
END $$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO karnama_intake, karnama_projector, karnama_reader, karnama_operator;
GRANT USAGE, CREATE ON SCHEMA public TO karnama_migrator;
