import type { ITopicConfig } from 'kafkajs';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import type { Administration } from './admin.js';
import { rest } from './bell.js';

/** How a topic is made that does not exist yet. */
export type TopicCreation = {
  readonly partitions: number;
  /** Default: that of the broker. */
  readonly replication?: number;
};

export type TopicDirectory = {
  /** Number of its partitions. @throws KarnamaError `unknown-topic` when it may not be made here */
  ensure(topic: string, settings?: Readonly<Record<string, string>>): Promise<number>;
  /** Number of its partitions; undefined when there is none. */
  find(topic: string): Promise<number | undefined>;
};

/** Records of a megabyte of text, in any script, with their headers. */
export const MOST_MESSAGE_BYTES = 4 * 1024 * 1024;

const configOf = (
  topic: string,
  creation: TopicCreation,
  settings: Readonly<Record<string, string>>,
): ITopicConfig => ({
  topic,
  numPartitions: creation.partitions,
  replicationFactor: creation.replication ?? -1,
  configEntries: Object.entries({ 'max.message.bytes': String(MOST_MESSAGE_BYTES), ...settings }).map(
    ([name, value]) => ({
      name,
      value,
    }),
  ),
});

/** Knows how many partitions a topic has. They are remembered: a topic may grow, but rarely does. */
export const topicDirectory = (
  admin: Administration,
  creation: TopicCreation | undefined,
): TopicDirectory => {
  const known = new Map<string, number>();
  const find = async (topic: string): Promise<number | undefined> => {
    const counts = await admin.partitionCounts();
    const count = counts.get(topic);
    if (count !== undefined) known.set(topic, count);
    return count;
  };
  const create = async (topic: string, settings: Readonly<Record<string, string>>): Promise<number> => {
    if (creation === undefined)
      throw new KarnamaError(
        'unknown-topic',
        `there is no topic ${topic}`,
        'create the topics first: karnama topics apply',
      );
    // another process may be faster, and then this one makes nothing
    await admin.use((connected) =>
      connected.createTopics({ topics: [configOf(topic, creation, settings)], waitForLeaders: false }),
    );
    for (let tries = 0; tries < 100; tries += 1) {
      const made = await find(topic);
      if (made !== undefined && (await isHosted(topic))) return made;
      await rest(50);
    }
    throw new Unavailable(`topic ${topic} was made, but the broker does not show it yet`);
  };
  /** Brokers know of a topic before the leaders of its partitions serve it. */
  const isHosted = async (topic: string): Promise<boolean> => {
    try {
      return (await admin.bounds(topic)).size > 0;
    } catch (error) {
      if (error instanceof Unavailable) return false;
      throw error;
    }
  };
  return {
    find,
    ensure: async (topic, settings = {}) =>
      known.get(topic) ?? (await find(topic)) ?? create(topic, settings),
  };
};
