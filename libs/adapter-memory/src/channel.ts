import type { Channel, ChannelRecord, Consumer, Producer, ReceivedRecord, TopicState } from '@karnama/intake';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import { bell, type Bell } from './bell.js';

export type MemoryChannelOptions = {
  /** Partitions of a topic. Default 1. */
  readonly partitions?: number;
  /** Pause before a batch is delivered again or a partition that was given up is taken again. Default 1000. */
  readonly retryMs?: number;
  /** The time that records are stamped with. Default: the clock of the machine. */
  readonly now?: () => Date;
  /** Told of an error of a consumer for which its partition was given up; it is taken again later. */
  readonly onGivenUp?: (topic: string, partition: number, error: unknown) => void;
};

type Partition = { readonly records: ReceivedRecord[]; held: boolean };
type Topic = { readonly partitions: readonly Partition[]; readonly producers: Map<string, number> };
type State = {
  readonly topics: Map<string, Topic>;
  readonly news: Bell;
  readonly options: Required<MemoryChannelOptions>;
};

const newTopic = (partitions: number): Topic => ({
  partitions: Array.from({ length: partitions }, () => ({ records: [], held: false })),
  producers: new Map(),
});

/** FNV-1a over the UTF-16 units. */
const hashed = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  return hash;
};

const partitionOf = (topic: Topic, { key }: ChannelRecord, producer: Producer | undefined): Partition => {
  const text = key ?? producer?.id;
  const index = text === undefined ? 0 : hashed(text) % topic.partitions.length;
  return topic.partitions[index] as Partition;
};

/** What of these records the producer has not published before. */
const newOf = (
  topic: Topic,
  name: string,
  records: readonly ChannelRecord[],
  producer: Producer,
): readonly ChannelRecord[] => {
  const next = topic.producers.get(producer.id) ?? 0;
  if (producer.sequence > next)
    throw new KarnamaError(
      'sequence-gap',
      `producer ${producer.id} has published ${next} records of ${name}, and goes on with number ${producer.sequence}`,
      'ask the channel how many it holds and go on there',
    );
  return records.slice(next - producer.sequence);
};

const publish = (
  state: State,
  name: string,
  records: readonly ChannelRecord[],
  producer: Producer | undefined,
): number => {
  if (records.length === 0) return 0;
  const topic = state.topics.get(name) ?? newTopic(state.options.partitions);
  state.topics.set(name, topic);
  const fresh = producer === undefined ? records : newOf(topic, name, records, producer);
  const timestamp = state.options.now().toISOString();
  for (const record of fresh) {
    const { key, value, headers } = record;
    const held = partitionOf(topic, record, producer).records;
    held.push({ key, value, headers: { ...headers }, offset: BigInt(held.length), timestamp });
  }
  if (producer !== undefined)
    topic.producers.set(producer.id, (topic.producers.get(producer.id) ?? 0) + fresh.length);
  state.news.ring();
  return fresh.length;
};

const statesOf = (topics: ReadonlyMap<string, Topic>, prefix: string): readonly TopicState[] =>
  [...topics]
    .filter(([topic]) => topic.startsWith(prefix))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([topic, { partitions }]) => ({
      topic,
      partitions: partitions.map(({ records }, partition) => ({ partition, end: BigInt(records.length) })),
    }));

type Delivery = {
  readonly state: State;
  readonly topic: string;
  readonly index: number;
  readonly partition: Partition;
  readonly consumer: Consumer;
  readonly signal: AbortSignal;
};

const pause = (ms: number, signal: AbortSignal): Promise<void> => bell().next(signal, ms);

const untilAvailable = async <T>(
  { state, signal }: Delivery,
  work: () => Promise<T>,
): Promise<T | undefined> => {
  while (!signal.aborted) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      await pause(state.options.retryMs, signal);
    }
  }
  return undefined;
};

const deliver = async (delivery: Delivery): Promise<void> => {
  const { state, topic, index, partition, consumer, signal } = delivery;
  let offset = await untilAvailable(delivery, () => consumer.start(topic, index));
  while (offset !== undefined && !signal.aborted) {
    const from = Number(offset);
    const records = partition.records.slice(from, from + consumer.limit);
    if (records.length === 0) {
      await state.news.next(signal);
      continue;
    }
    await untilAvailable(delivery, () => consumer.handle({ topic, partition: index, records }));
    offset += BigInt(records.length);
  }
};

/** Holds the partition until the signal aborts or the consumer fails; then it is free for anyone. */
const hold = async (delivery: Delivery): Promise<void> => {
  const { state, topic, index, partition, signal } = delivery;
  try {
    await deliver(delivery);
  } catch (error) {
    state.options.onGivenUp(topic, index, error);
    await pause(state.options.retryMs, signal);
  } finally {
    partition.held = false;
    state.news.ring();
  }
};

const consume = async (state: State, consumer: Consumer, signal: AbortSignal): Promise<void> => {
  const running = new Set<Promise<void>>();
  while (!signal.aborted) {
    for (const [topic, { partitions }] of state.topics) {
      if (!topic.startsWith(consumer.topicPrefix)) continue;
      partitions.forEach((partition, index) => {
        if (partition.held) return;
        partition.held = true;
        const delivery = hold({ state, topic, index, partition, consumer, signal });
        running.add(delivery);
        void delivery.finally(() => running.delete(delivery));
      });
    }
    await state.news.next(signal);
  }
  await Promise.all(running);
};

/**
 * The channel in the memory of this process; it is gone with it. A record's key chooses its
 * partition; records without a key go to that of their numbered producer, or to partition 0.
 */
export const memoryChannel = (options: MemoryChannelOptions = {}): Channel => {
  const { partitions = 1, retryMs = 1_000, now = () => new Date(), onGivenUp = () => undefined } = options;
  const state: State = { topics: new Map(), news: bell(), options: { partitions, retryMs, now, onGivenUp } };
  return {
    publish: async (topic, records, producer) => publish(state, topic, records, producer),
    published: async (topic, producerId) => state.topics.get(topic)?.producers.get(producerId) ?? 0,
    topics: async (prefix) => statesOf(state.topics, prefix),
    consume: (consumer, signal) => consume(state, consumer, signal),
  };
};
