import type { Channel, TopicState } from '@karnama/intake';
import type { KarnamaError } from '@karnama/kernel';
import { administration, type Administration } from './admin.js';
import { clientOf, type ConnectionOptions } from './client.js';
import { consumeTopics, type ConsumeOptions, type Consuming } from './consume.js';
import { numberedPublisher } from './numbered.js';
import { producerNotes } from './producer-notes.js';
import { sendRecords } from './publish.js';
import { sender, type Compression } from './sender.js';
import { topicDirectory, type TopicCreation } from './topics.js';

export type KafkaChannelOptions = ConnectionOptions & {
  /** Consumers of one group share the partitions, over all processes. Default `karnama-intake`. */
  readonly group?: string;
  /** Makes topics that are published to and do not exist. Default: they are made by `karnama topics apply`. */
  readonly create?: TopicCreation;
  /** The compacted topic that tells how far numbered producers are. Default `karnama-producers`. */
  readonly producersTopic?: string;
  /** Of what is published here. Default `lz4`. */
  readonly compression?: Compression;
  /** Pause before a batch is delivered again, or a broker or partition tried again. Default 1,000. */
  readonly retryMs?: number;
  /** How often new topics are looked for. Default 30,000. */
  readonly discoverMs?: number;
  /** How long the group waits for a member that gives no sign of life. Default 30,000. */
  readonly sessionTimeoutMs?: number;
  /** How often a sign of life is given, and a rebalance noticed. Default 3,000. */
  readonly heartbeatMs?: number;
  /** How long the broker may hold back the answer when nothing is there. Default 500. */
  readonly maxWaitMs?: number;
  /** How long a consumer may stand still before it counts as dead. Default 90,000. */
  readonly stallMs?: number;
  /** How often handled offsets are committed, for watchers only. Default 1,000. */
  readonly commitMs?: number;
  /** Told of an error for which a partition was given up; it is tried again later. */
  readonly onGivenUp?: (topic: string, partition: number, error: unknown) => void;
  /** Told when a consumer has ended for good and the process should end with an error. */
  readonly onDead?: (error: KarnamaError) => void;
};

/** How far this process is behind with a partition that it holds. */
export type PartitionLag = {
  readonly topic: string;
  readonly partition: number;
  /** Records, and marks that are none, between what was handled and the end. */
  readonly lag: bigint;
  /** Offset of the first record that has not been handled. */
  readonly next: bigint;
};

export type KafkaChannel = Channel & {
  /** Of the partitions that this process holds and whose start is known, in their order. */
  lag(): Promise<readonly PartitionLag[]>;
  /** Closes the connections for publishing and looking; consumers end by their signals. */
  close(): Promise<void>;
};

/** A partition that is handled more slowly than this is paused while the others go on. */
const PATIENCE_MS = 500;

const consumeOptionsOf = (options: KafkaChannelOptions): ConsumeOptions => ({
  group: options.group ?? 'karnama-intake',
  retryMs: options.retryMs ?? 1_000,
  discoverMs: options.discoverMs ?? 30_000,
  patienceMs: PATIENCE_MS,
  sessionTimeoutMs: options.sessionTimeoutMs ?? 30_000,
  heartbeatMs: options.heartbeatMs ?? 3_000,
  maxWaitMs: options.maxWaitMs ?? 500,
  commitMs: options.commitMs ?? 1_000,
  stallMs: options.stallMs ?? 90_000,
  log: options.log ?? (() => undefined),
  onGivenUp: options.onGivenUp ?? (() => undefined),
  onDead: options.onDead ?? (() => undefined),
});

const statesOf = async (
  admin: Administration,
  prefix: string,
  own: ReadonlySet<string>,
): Promise<readonly TopicState[]> => {
  const counts = await admin.partitionCounts();
  const names = [...counts.keys()].filter((name) => name.startsWith(prefix) && !own.has(name)).sort();
  const states: TopicState[] = [];
  for (const topic of names) {
    const bounds = [...(await admin.bounds(topic))].sort(([a], [b]) => a - b);
    states.push({ topic, partitions: bounds.map(([partition, { high }]) => ({ partition, end: high })) });
  }
  return states;
};

const lagOf = async ({ admin, partitions }: Consuming): Promise<readonly PartitionLag[]> => {
  const held = [...partitions].filter((partition) => partition.handled !== undefined);
  const bounds = new Map<string, Awaited<ReturnType<Administration['bounds']>>>();
  for (const topic of new Set(held.map(({ options }) => options.topic)))
    bounds.set(topic, await admin.bounds(topic));
  return held
    .map(({ options: { topic, partition }, handled = 0n }) => {
      const end = bounds.get(topic)?.get(partition)?.high ?? handled;
      return { topic, partition, next: handled, lag: end > handled ? end - handled : 0n };
    })
    .sort((a, b) => (a.topic === b.topic ? a.partition - b.partition : a.topic < b.topic ? -1 : 1));
};

/**
 * The channel in Apache Kafka, over kafkajs. Nothing is connected until it is needed.
 *
 * A record's key chooses its partition as in every Kafka client; records without a key go to that of
 * their numbered producer, or to partition 0. Offsets that this adapter publishes have no gaps; those
 * of an agency's transactional producer have, and `ReceivedBatch.from` tells how far back a batch reaches.
 * Positions come from `Consumer.start` alone. Committed offsets are for watchers.
 * @throws KarnamaError at every call: `Unavailable`, `unknown-topic`, `not-authorized`, `login-refused`,
 * `tls-refused`, `record-too-large`, `sequence-gap`; to `onGivenUp`: `topic-made-anew`, `records-expired`;
 * to `onDead` and from `consume`: `channel-stalled` and whatever does not pass away by itself.
 */
export const kafkaChannel = (options: KafkaChannelOptions): KafkaChannel => {
  const { producersTopic = 'karnama-producers', compression = 'lz4' } = options;
  const kafka = clientOf(options);
  const admin = administration(kafka);
  const directory = topicDirectory(admin, options.create);
  const producersDirectory = topicDirectory(admin, options.create && { ...options.create, partitions: 1 });
  const [records, noted] = [sender(kafka, compression), sender(kafka, 'none')];
  const notes = producerNotes(kafka, admin, producersDirectory, noted, producersTopic);
  const numbered = numberedPublisher({ kafka, admin, directory, sender: records, notes });
  const consuming: Consuming = {
    kafka,
    admin,
    options: consumeOptionsOf(options),
    holders: new Map(),
    partitions: new Set(),
  };
  const own = new Set([producersTopic]);
  return {
    publish: async (topic, given, producer) => {
      if (given.length === 0) return 0;
      if (producer !== undefined) return numbered.publish(topic, given, producer);
      const partitions = await directory.ensure(topic);
      await sendRecords(
        records,
        topic,
        partitions,
        given.map((record) => ({ record })),
      );
      return given.length;
    },
    published: (topic, producerId) => numbered.published(topic, producerId),
    topics: (prefix) => statesOf(admin, prefix, own),
    consume: (consumer, signal) => consumeTopics(consuming, consumer, own, signal),
    lag: () => lagOf(consuming),
    close: async () => {
      await Promise.all([records.close(), noted.close()]);
      await admin.close();
    },
  };
};
