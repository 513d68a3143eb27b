import type { Channel } from '@karnama/intake';
import { KarnamaError } from '@karnama/kernel';
import { consumeTopics } from './channel-consume.js';
import { publishRecords } from './channel-publish.js';
import { topicDirectory, topicStates } from './channel-topics.js';
import type { Database } from './database.js';

export type ChannelOptions = {
  /** Partitions of a topic that is made from now on, 1 to 1024. Default 1. */
  readonly partitions?: number;
  /** How often a consumer looks by itself, in case a notification was lost. Default 1000. */
  readonly pollMs?: number;
  /** Pause before a batch is delivered again, a free partition is sought or the database tried again. Default 1000. */
  readonly retryMs?: number;
  /** Told of an error of a consumer for which its partition was given up; it is sought again later. */
  readonly onGivenUp?: (topic: string, partition: number, error: unknown) => void;
};

export type PostgresChannel = Channel & {
  /**
   * Drops batches of a partition that lie wholly before the offset, once their records are in the
   * ledger. Offsets do not change. Answers how many records went.
   */
  trim(topic: string, partition: number, before: bigint): Promise<number>;
};

const trim = async (
  database: Database,
  topicId: number,
  partition: number,
  before: bigint,
): Promise<number> => {
  const { rows } = await database.withClient((client) =>
    client.query<{ dropped: string }>(
      `WITH gone AS (DELETE FROM channel_batch
                      WHERE topic_id = $1 AND partition = $2 AND base_offset < $3 AND base_offset + count <= $3
                      RETURNING count)
       SELECT coalesce(sum(count), 0) AS dropped FROM gone`,
      [topicId, partition, before.toString()],
    ),
  );
  return Number(rows[0]?.dropped ?? 0);
};

/**
 * The channel in PostgreSQL. A record's key chooses its partition; records without a key go to that
 * of their numbered producer, or to partition 0. A producer's number moves in the transaction that
 * stores the records, over all partitions, so a repeat is recognised wherever the records went.
 * Consumers of all processes share the partitions: each is held under a session lock, which a dead
 * process gives back.
 */
export const postgresChannel = (database: Database, options: ChannelOptions = {}): PostgresChannel => {
  const { partitions = 1, pollMs = 1_000, retryMs = 1_000, onGivenUp = () => undefined } = options;
  if (!Number.isInteger(partitions) || partitions < 1 || partitions > 1024)
    throw new KarnamaError('partitions-out-of-range', `a topic has 1 to 1024 partitions, not ${partitions}`);
  const directory = topicDirectory(database, partitions);
  return {
    publish: async (topic, records, producer) =>
      records.length === 0 ? 0 : publishRecords(database, await directory.ensure(topic), records, producer),
    published: async (topic, producerId) => {
      const { rows } = await database.withClient((client) =>
        client.query<{ next: string }>(
          `SELECT p.next_sequence AS next FROM channel_producer p JOIN channel_topic t USING (topic_id)
            WHERE t.name = $1 AND p.producer = $2`,
          [topic, producerId],
        ),
      );
      return Number(rows[0]?.next ?? 0);
    },
    topics: (prefix) => database.withClient((client) => topicStates(client, prefix)),
    consume: (consumer, signal) => consumeTopics(database, consumer, { pollMs, retryMs, onGivenUp }, signal),
    trim: async (name, partition, before) => {
      const topic = await directory.find(name);
      return topic === undefined ? 0 : trim(database, topic.topicId, partition, before);
    },
  };
};
