import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ADVISORY_LOCKS } from '../advisory-locks.js';

/**
 * Names are stored once, in dictionaries; an event points at them. There are no foreign keys: only
 * the append function writes here, and a check per event would cost as much as the insert. `id` has
 * no index: (stream_id, revision) recognises a repeat, and a randomly ordered index would halve the rate. `data` and `metadata` hold JSON
 * as text: they were written by a JSON encoder, and to have them checked again costs a fifth of an append.
 */
const TABLES = `
  CREATE SEQUENCE ledger_stream_id;
  CREATE TABLE ledger_stream (
    stream_id bigint PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE,
    revision bigint NOT NULL
  ) WITH (fillfactor = 80);
  CREATE TABLE ledger_type (
    type_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE
  );
  CREATE TABLE ledger_event (
    position bigint PRIMARY KEY,
    stream_id bigint NOT NULL,
    revision bigint NOT NULL,
    type_id integer NOT NULL,
    id uuid NOT NULL,
    data text NOT NULL,
    metadata text NOT NULL,
    UNIQUE (stream_id, revision)
  );`;

/**
 * Appends every write or none. Expected revisions: -1 = no stream, -2 = any. The lock comes first and
 * is held to the commit, so that positions are handed out in commit order; each statement behind it
 * sees what the writer before has committed. Answers `stored`, the head before, the revisions found
 * before, and, when nothing was stored, for each write that is there already (same ids at the
 * expected place) the position of its last event.
 */
const APPEND = `
  CREATE FUNCTION ledger_append(
    wait_ms integer,
    write_names text[], write_expected bigint[], write_counts integer[],
    new_write integer[], new_ordinal integer[], new_type integer[], new_id uuid[], new_data text[], new_metadata text[],
    OUT stored boolean, OUT head_before bigint, OUT actual bigint[], OUT repeated_at bigint[]
  ) LANGUAGE plpgsql AS $$
  DECLARE
    ids bigint[];
  BEGIN
    PERFORM set_config('lock_timeout', wait_ms::text, true);
    PERFORM pg_advisory_xact_lock(${ADVISORY_LOCKS.ledgerAppend});

    SELECT coalesce(max(e.position), 0) INTO head_before FROM ledger_event e;
    SELECT array_agg(coalesce(s.stream_id, nextval('ledger_stream_id')) ORDER BY w.at),
           array_agg(coalesce(s.revision, -1) ORDER BY w.at),
           bool_and(w.expected = -2 OR w.expected = coalesce(s.revision, -1))
      INTO ids, actual, stored
      FROM unnest(write_names, write_expected) WITH ORDINALITY w(name, expected, at)
      LEFT JOIN ledger_stream s ON s.name = w.name;

    IF NOT stored THEN
      SELECT array_agg((
               SELECT CASE WHEN count(*) = w.count AND bool_and(e.id = new_id[w.before + e.revision - w.expected])
                           THEN max(e.position) END
                 FROM ledger_event e
                WHERE w.expected >= -1 AND e.stream_id = ids[w.at]
                  AND e.revision > w.expected AND e.revision - w.expected <= w.count
             ) ORDER BY w.at)
        INTO repeated_at
        FROM (SELECT u.expected, u.count, u.at, sum(u.count) OVER (ORDER BY u.at) - u.count AS before
                FROM unnest(write_expected, write_counts) WITH ORDINALITY u(expected, count, at)) w;
      RETURN;
    END IF;

    INSERT INTO ledger_event (position, stream_id, revision, type_id, id, data, metadata)
    SELECT n.position, ids[n.write], actual[n.write] + n.ordinal, n.type, n.id, n.data, n.metadata
      FROM (SELECT generate_series(head_before + 1, head_before + cardinality(new_id)) AS position,
                   unnest(new_write) AS write, unnest(new_ordinal) AS ordinal, unnest(new_type) AS type,
                   unnest(new_id) AS id, unnest(new_data) AS data, unnest(new_metadata) AS metadata) n;

    INSERT INTO ledger_stream (stream_id, name, revision)
    SELECT u.stream_id, u.name, u.revision + u.count
      FROM unnest(ids, write_names, actual, write_counts) u(stream_id, name, revision, count)
        ON CONFLICT (stream_id) DO UPDATE SET revision = excluded.revision;

    PERFORM pg_notify('karnama_ledger', '');
  END $$;`;

export class Ledger1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(APPEND);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION ledger_append;
      DROP TABLE ledger_event, ledger_type, ledger_stream;
      DROP SEQUENCE ledger_stream_id;`);
  }
}
