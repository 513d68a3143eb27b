import kafkajs, { type Kafka, type Message, type PartitionerArgs, type Producer } from 'kafkajs';
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

const countsOf = (messages: readonly Placed[]): ReadonlyMap<number, number> => {
  const counts = new Map<number, number>();
  for (const { partition } of messages) counts.set(partition, (counts.get(partition) ?? 0) + 1);
  return counts;
};

/**
 * An idempotent producer, used for one call at a time. The driver takes a sequence number back when a
 * request fails, though the broker may have stored it; a second call under way would then send other
 * records under the same numbers, and the broker would acknowledge them without storing them. For the
 * same reason a producer whose call has failed is never used again.
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
  const send = async (topic: string, messages: readonly Placed[]): Promise<Stored> => {
    try {
      const producer = await (open ??= connect());
      const done = await producer.send({
        topic,
        messages: [...messages],
        acks: -1,
        compression: compressions[compression],
      });
      const counts = countsOf(messages);
      return new Map(
        done.map(({ partition, baseOffset }) => [
          partition,
          BigInt(baseOffset ?? '0') + BigInt(counts.get(partition) ?? 0),
        ]),
      );
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
