-- What each role of roles.sql may do to each table. `karnama_migrator` applies this after every migration;
-- it takes away first and then gives, so that nothing stays from an older version.

REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, karnama_intake, karnama_projector, karnama_reader, karnama_operator;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, karnama_intake, karnama_projector, karnama_reader, karnama_operator;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC, karnama_intake, karnama_projector, karnama_reader, karnama_operator;

-- every process looks whether the schema is the one it knows
GRANT SELECT ON schema_migration TO karnama_intake, karnama_projector, karnama_reader;

-- the ledger: nobody but its owner updates or deletes an event
GRANT SELECT ON ledger_event, ledger_stream, ledger_type TO karnama_intake, karnama_projector, karnama_reader;
GRANT INSERT ON ledger_event, ledger_stream, ledger_type TO karnama_intake;
GRANT UPDATE (revision) ON ledger_stream TO karnama_intake;
GRANT USAGE ON SEQUENCE ledger_stream_id TO karnama_intake;
GRANT EXECUTE ON FUNCTION ledger_append TO karnama_intake;

-- the channel, where it is in PostgreSQL: only operators publish; the read side sees how much there is, not what
GRANT SELECT ON channel_topic, channel_partition TO karnama_intake, karnama_reader;
GRANT SELECT ON channel_batch TO karnama_intake;
GRANT SELECT, INSERT ON channel_topic, channel_partition, channel_batch, channel_producer TO karnama_operator;
GRANT UPDATE (end_offset) ON channel_partition TO karnama_operator;
GRANT UPDATE (next_sequence) ON channel_producer TO karnama_operator;
GRANT EXECUTE ON FUNCTION channel_publish TO karnama_operator;

-- refused records: intake puts them in (and sees whether one is there), operators read them
GRANT INSERT, SELECT (event_id) ON quarantine_record TO karnama_intake;
GRANT SELECT ON quarantine_record TO karnama_operator;

-- whom to tell of releases, and what is still to be told: registered and delivered by operators
GRANT SELECT, INSERT, UPDATE, DELETE ON webhook, webhook_delivery TO karnama_operator;

-- the figures: their tables are made as they are needed, by the projector or by an operator who rebuilds
REVOKE ALL ON SCHEMA cells FROM PUBLIC;
GRANT USAGE ON SCHEMA cells TO karnama_reader;
GRANT USAGE, CREATE ON SCHEMA cells TO karnama_projector;
GRANT SELECT, INSERT, UPDATE, DELETE ON cells.generation, cells.generation_part TO karnama_projector;
ALTER DEFAULT PRIVILEGES FOR ROLE karnama_projector IN SCHEMA cells GRANT SELECT ON TABLES TO karnama_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE karnama_operator IN SCHEMA cells GRANT SELECT ON TABLES TO karnama_reader;
ALTER DEFAULT PRIVILEGES FOR ROLE karnama_operator IN SCHEMA cells
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO karnama_projector;

-- tables of figures that an operator or the migrator has made become the projector's
DO $$
DECLARE
  made record;
BEGIN
  FOR made IN
    SELECT tablename FROM pg_tables
     WHERE schemaname = 'cells' AND tablename NOT IN ('generation', 'generation_part') AND tableowner <> 'karnama_projector'
  LOOP
    EXECUTE format('ALTER TABLE cells.%I OWNER TO karnama_projector', made.tablename);
  END LOOP;
END $$;
GRANT SELECT ON ALL TABLES IN SCHEMA cells TO karnama_reader;
