import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One row per published batch: `records` is a JSON array of [key, value, headers], compressed by the
 * server. `end_offset` is locked from the assignment of offsets to the commit, so that offsets of a
 * partition become visible in order.
 */
const TABLES = `
  CREATE TABLE channel_topic (
    topic_id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE,
    partitions integer NOT NULL CHECK (partitions BETWEEN 1 AND 65535)
  );
  CREATE TABLE channel_partition (
    topic_id integer NOT NULL REFERENCES channel_topic,
    partition integer NOT NULL,
    end_offset bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (topic_id, partition)
  ) WITH (fillfactor = 50);
  CREATE TABLE channel_batch (
    topic_id integer NOT NULL,
    partition integer NOT NULL,
    base_offset bigint NOT NULL,
    count integer NOT NULL,
    published_at timestamptz NOT NULL,
    records text NOT NULL,
    PRIMARY KEY (topic_id, partition, base_offset)
  );
  CREATE TABLE channel_producer (
    topic_id integer NOT NULL REFERENCES channel_topic,
    producer text COLLATE "C" NOT NULL,
    next_sequence bigint NOT NULL,
    PRIMARY KEY (topic_id, producer)
  );`;

/** LZ4 costs the server a fraction of its own method; not every build has it. */
const COMPRESSION = `
  DO $$ BEGIN
    ALTER TABLE channel_batch ALTER COLUMN records SET COMPRESSION lz4;
  EXCEPTION WHEN feature_not_supported OR invalid_parameter_value THEN NULL;
  END $$;`;

/**
 * Stores all batches of a call or, when the producer is not at the sequence that the call begins
 * with, none; answers where the producer stood. Null producer = not numbered. Rows are locked in one
 * order: producer, then partitions as given (the caller sorts them).
 */
const PUBLISH = `
  CREATE FUNCTION channel_publish(
    topic integer, numbered text, first_sequence bigint,
    batch_partition integer[], batch_count integer[], batch_records text[],
    OUT stored boolean, OUT stood_at bigint
  ) LANGUAGE plpgsql AS $$
  DECLARE
    base bigint;
    total bigint := (SELECT sum(c) FROM unnest(batch_count) c);
  BEGIN
    stored := true;
    IF numbered IS NOT NULL THEN
      INSERT INTO channel_producer VALUES (topic, numbered, 0) ON CONFLICT DO NOTHING;
      SELECT next_sequence INTO stood_at FROM channel_producer
       WHERE topic_id = topic AND producer = numbered FOR UPDATE;
      stored := stood_at = first_sequence;
      IF NOT stored THEN RETURN; END IF;
      UPDATE channel_producer SET next_sequence = first_sequence + total
       WHERE topic_id = topic AND producer = numbered;
    END IF;

    FOR i IN 1 .. cardinality(batch_partition) LOOP
      UPDATE channel_partition SET end_offset = end_offset + batch_count[i]
       WHERE topic_id = topic AND partition = batch_partition[i]
       RETURNING end_offset - batch_count[i] INTO STRICT base;
      INSERT INTO channel_batch
      VALUES (topic, batch_partition[i], base, batch_count[i], clock_timestamp(), batch_records[i]);
    END LOOP;
    PERFORM pg_notify('karnama_channel', topic::text);
  END $$;`;

export class Channel1764000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(COMPRESSION);
    await runner.query(PUBLISH);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION channel_publish;
      DROP TABLE channel_producer, channel_batch, channel_partition, channel_topic;`);
  }
}
