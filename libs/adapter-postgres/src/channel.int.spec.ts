import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { usePostgres } from '@karnama/conformance';
import type { ChannelRecord, Consumer } from '@karnama/intake';
import { postgresChannel, type PostgresChannel } from './channel.js';
import { openDatabase, type Database } from './database.js';

const TOPIC = 'karnama.labour-ministry.movements';
const records = (from: number, count: number): readonly ChannelRecord[] =>
  Array.from({ length: count }, (_, n) => ({ key: null, value: `${from + n}`, headers: {} }));

describe('the channel in PostgreSQL', () => {
  const postgres = usePostgres();
  let url: string;
  let database: Database;
  let channel: PostgresChannel;
  beforeAll(async () => {
    url = await postgres.freshDatabase();
    database = await openDatabase(url);
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.dataSource.query(
      'TRUNCATE channel_topic, channel_partition, channel_batch, channel_producer',
    );
    channel = postgresChannel(database, { pollMs: 50, retryMs: 20 });
  });

  /** Consumes from the first record not yet in `values`, until it holds so many. */
  const consumeUntil = async (
    from: PostgresChannel,
    values: string[],
    count: number,
    each?: () => Promise<void>,
  ) => {
    const stop = new AbortController();
    const consumer: Consumer = {
      topicPrefix: TOPIC,
      limit: 5,
      start: async () => BigInt(values.length),
      handle: async (batch) => {
        values.push(...batch.records.map((record) => record.value ?? ''));
        if (values.length >= count) stop.abort();
        await each?.();
      },
    };
    await from.consume(consumer, stop.signal);
  };

  const promised = () => {
    let keep: () => void = () => undefined;
    const kept = new Promise<void>((resolve) => {
      keep = resolve;
    });
    return { kept, keep: () => keep() };
  };

  const sessionsWithLocks = `SELECT DISTINCT pid FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;

  it('holds a batch of records in one row', async () => {
    await channel.publish(TOPIC, records(0, 1_200));
    const rows = await database.dataSource.query<{ count: number }[]>(
      'SELECT count FROM channel_batch ORDER BY base_offset',
    );
    expect(rows.map((row) => row.count)).toEqual([500, 500, 200]);
  });

  it('gives the partitions of a process that died to another one', async () => {
    await channel.publish(TOPIC, records(0, 10));
    const other = await openDatabase(url);
    const [begun, released, stop] = [promised(), promised(), new AbortController()];
    const dying = postgresChannel(other, { pollMs: 50, retryMs: 20 }).consume(
      {
        topicPrefix: TOPIC,
        limit: 5,
        start: async () => 0n,
        handle: () => {
          begun.keep();
          return released.kept; // as a process that hangs
        },
      },
      stop.signal,
    );
    await begun.kept;
    const seen: string[] = [];
    const heir = consumeUntil(channel, seen, 10);
    await database.dataSource.query(`SELECT pg_terminate_backend(pid) FROM (${sessionsWithLocks}) s`);
    await heir;
    expect(seen).toEqual(records(0, 10).map((record) => record.value));
    stop.abort();
    released.keep();
    await dying;
    await other.close();
  });

  it('takes its partitions again when it has lost the session that held them', async () => {
    await channel.publish(TOPIC, records(0, 20));
    const seen: string[] = [];
    let lost = false;
    await consumeUntil(channel, seen, 20, async () => {
      if (lost) return;
      lost = true;
      await database.dataSource.query(`SELECT pg_terminate_backend(pid) FROM (${sessionsWithLocks}) s`);
    });
    expect(seen).toEqual(records(0, 20).map((record) => record.value));
  });

  it('tells why it gave a partition up', async () => {
    const told: unknown[] = [];
    const stop = new AbortController();
    const telling = postgresChannel(database, {
      retryMs: 20,
      onGivenUp: (...what) => {
        told.push(what);
        stop.abort();
      },
    });
    await telling.publish(TOPIC, records(0, 1));
    const error = new Error('refused');
    const handle = () => Promise.reject(error);
    await telling.consume({ topicPrefix: '', limit: 1, start: async () => 0n, handle }, stop.signal);
    expect(told).toEqual([[TOPIC, 0, error]]);
  });

  it('never lets a reader skip the records of a publisher that commits late', async () => {
    await channel.publish(TOPIC, records(0, 1));
    const slow = await database.openSession();
    await slow.query('BEGIN');
    await slow.query(
      `SELECT channel_publish(topic_id, NULL, NULL, ARRAY[0], ARRAY[1], ARRAY['[[null,"1",{}]]']) FROM channel_topic`,
    );
    const quick = channel.publish(TOPIC, records(2, 1));
    const waits = `SELECT 1 FROM pg_locks WHERE locktype IN ('transactionid', 'tuple') AND NOT granted`;
    while ((await database.dataSource.query<unknown[]>(waits)).length === 0);
    const seen: string[] = [];
    const first = promised();
    const consumed = consumeUntil(channel, seen, 3, async () => first.keep());
    await first.kept;
    expect(seen).toEqual(['0']);
    await slow.query('COMMIT');
    await Promise.all([quick, consumed]);
    expect(seen).toEqual(['0', '1', '2']);
    await slow.end();
  });

  it('drops what lies before an offset, and keeps the offsets', async () => {
    await channel.publish(TOPIC, records(0, 1_200));
    expect(await channel.trim(TOPIC, 0, 1_100n)).toBe(1_000);
    expect(await channel.trim(TOPIC, 0, 1_100n)).toBe(0);
    expect(await channel.trim('no-such-topic', 0, 5n)).toBe(0);
    await channel.publish(TOPIC, records(1_200, 1));
    expect(await channel.topics(TOPIC)).toEqual([
      { topic: TOPIC, partitions: [{ partition: 0, end: 1_201n }] },
    ]);
    const seen: string[] = [];
    await consumeUntil(channel, seen, 201);
    expect(seen).toEqual(records(1_000, 201).map((record) => record.value));
  });
});
