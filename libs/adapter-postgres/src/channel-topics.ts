import type { TopicState } from '@karnama/intake';
import { KarnamaError } from '@karnama/kernel';
import type { ClientBase } from 'pg';
import type { Database } from './database.js';

export type Topic = { readonly topicId: number; readonly name: string; readonly partitions: number };

type TopicRow = { readonly topic_id: number; readonly name: string; readonly partitions: number };

const topicOf = ({ topic_id: topicId, name, partitions }: TopicRow): Topic => ({ topicId, name, partitions });

const findTopic = async (database: Database, name: string): Promise<Topic | undefined> => {
  const { rows } = await database.withClient((client) =>
    client.query<TopicRow>('SELECT topic_id, name, partitions FROM channel_topic WHERE name = $1', [name]),
  );
  return rows[0] === undefined ? undefined : topicOf(rows[0]);
};

const makeTopic = (database: Database, name: string, partitions: number): Promise<void> =>
  database.transaction(async (client) => {
    await client.query(
      'INSERT INTO channel_topic (name, partitions) VALUES ($1, $2) ON CONFLICT DO NOTHING',
      [name, partitions],
    );
    await client.query(
      `INSERT INTO channel_partition (topic_id, partition)
       SELECT topic_id, generate_series(0, partitions - 1) FROM channel_topic WHERE name = $1
           ON CONFLICT DO NOTHING`,
      [name],
    );
  });

export type TopicDirectory = {
  /** The topic, made when it is not there; its number of partitions never changes afterwards. */
  ensure(name: string): Promise<Topic>;
  find(name: string): Promise<Topic | undefined>;
};

export const topicDirectory = (database: Database, partitions: number): TopicDirectory => {
  const known = new Map<string, Topic>();
  const find = async (name: string): Promise<Topic | undefined> => {
    const topic = known.get(name) ?? (await findTopic(database, name));
    if (topic !== undefined) known.set(name, topic);
    return topic;
  };
  return {
    find,
    ensure: async (name) => {
      const there = await find(name);
      if (there !== undefined) return there;
      await makeTopic(database, name, partitions);
      const made = await find(name);
      if (made === undefined) throw new KarnamaError('topic-not-made', `topic ${name} could not be made`);
      return made;
    },
  };
};

/** Topics whose name begins with the prefix, in the order of their names. */
export const topicsOf = async (client: ClientBase, prefix: string): Promise<readonly Topic[]> => {
  const { rows } = await client.query<TopicRow>(
    'SELECT topic_id, name, partitions FROM channel_topic WHERE starts_with(name, $1) ORDER BY name',
    [prefix],
  );
  return rows.map(topicOf);
};

/** The same with the end of each partition. */
export const topicStates = async (client: ClientBase, prefix: string): Promise<readonly TopicState[]> => {
  const { rows } = await client.query<{ topic: string; ends: readonly string[] }>(
    `SELECT t.name AS topic, array_agg(p.end_offset ORDER BY p.partition) AS ends
       FROM channel_topic t JOIN channel_partition p USING (topic_id)
      WHERE starts_with(t.name, $1) GROUP BY t.name ORDER BY t.name`,
    [prefix],
  );
  return rows.map(({ topic, ends }) => ({
    topic,
    partitions: ends.map((end, partition) => ({ partition, end: BigInt(end) })),
  }));
};
