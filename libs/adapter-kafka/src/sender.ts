import kafkajs, {
  type Kafka,
  type Message,
  type PartitionerArgs,
  type Producer,
  type RecordMetadata,
} from 'kafkajs';
import { Unavailable } from '@karnama/kernel';
import { guarded } from './errors.js';
import { RETRY } from './client.js';

const { CompressionTypes } = kafkajs;

export const compressions = {
  none: CompressionTypes.None,
  gzip: CompressionTypes.GZIP,
  snappy: CompressionTypes.Snappy,
  lz4: CompressionTypes.LZ4,
} as const;

export type Compression = keyof typeof compressions;

/** A message whose partition is decided. */
export type Placed = Message & { readonly partition: number };

/** Offset behind the last message that a call stored, by partition. */
export type Stored = ReadonlyMap<number, bigint>;

export type Sender = {
  /** Resolves when all in-sync replicas have the messages. */
  send(topic: string, messages: readonly Placed[]): Promise<Stored>;
  close(): Promise<void>;
};

/** The partition is chosen by the caller; the driver asks all the same. */
const chosen =
  () =>
  ({ message }: PartitionerArgs) =>
    message.partition ?? 0;

const byPartition = (messages: readonly Placed[]): ReadonlyMap<number, readonly Placed[]> => {
  const groups = new Map<number, Placed[]>();
  for (const message of messages) {
    const group = groups.get(message.partition);
    if (group === undefined) groups.set(message.partition, [message]);
    else group.push(message);
  }
  return groups;
};

/** The offset behind the messages of one partition, as the broker acknowledged them. */
const endOf = (partition: number, count: number, answers: readonly RecordMetadata[]): bigint => {
  const [answer] = answers;
  const base = BigInt(answer?.baseOffset ?? '-1');
  if (answers.length !== 1 || answer?.partition !== partition || base < 0n)
    throw new Unavailable(`Kafka did not acknowledge the records for partition ${partition}`);
  return base + BigInt(count);
};

/**
 * An idempotent producer, used for one call at a time. The driver takes a sequence number back when a
 * request fails, though the broker may have stored it; a second call under way would then send other
 * records under the same numbers, and the broker would acknowledge them without storing them. For the
 * same reason a producer whose call has failed is never used again.
 *
 * Each partition is a call of its own for the driver. When it repeats a call of several, it remembers only
 * which brokers have answered, not for what: a partition whose leader has moved meanwhile to one that has
 * answered would never be sent, and be acknowledged; one that moved away would be stored twice.
 */
export const sender = (kafka: Kafka, compression: Compression): Sender => {
  let open: Promise<Producer> | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const connect = async (): Promise<Producer> => {
    const producer = kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      createPartitioner: chosen,
      metadataMaxAge: 30_000,
      retry: RETRY,
    });
    await producer.connect();
    return producer;
  };
  const discard = async (): Promise<void> => {
    const producer = open;
    open = undefined;
    await producer?.then((connected) => connected.disconnect()).catch(() => undefined);
  };
  const sendOne = async (
    producer: Producer,
    topic: string,
    [partition, messages]: readonly [number, readonly Placed[]],
  ): Promise<readonly [number, bigint]> => {
    const answers = await producer.send({
      topic,
      messages: [...messages],
      acks: -1,
      compression: compressions[compression],
    });
    return [partition, endOf(partition, messages.length, answers)];
  };
  const send = async (topic: string, messages: readonly Placed[]): Promise<Stored> => {
    try {
      const producer = await (open ??= connect());
      const calls = [...byPartition(messages)].map((group) => sendOne(producer, topic, group));
      // nothing may be under way any more when the producer is thrown away
      await Promise.allSettled(calls);
      return new Map(await Promise.all(calls));
    } catch (error) {
      await discard();
      throw error;
    }
  };
  return {
    send: (topic, messages) => {
      const sent = guarded(async () => {
        await last;
        return send(topic, messages);
      });
      last = sent.catch(() => undefined);
      return sent;
    },
    close: async () => {
      await last;
      await discard();
    },
  };
};
