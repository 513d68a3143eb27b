import { randomUUID } from 'node:crypto';
import type { Consumer, EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { Administration } from './admin.js';
import { rest } from './bell.js';
import { groupError, RETRY } from './client.js';
import { isSettling } from './errors.js';

/** What to read of one partition: from an offset on, until one that exists already, exclusive. */
export type Range = { readonly partition: number; readonly from: bigint; readonly to: bigint };

/** Groups that only look begin so; they are removed again. */
export const LOOKING_GROUP = 'karnama-look-';

type Look = {
  readonly topic: string;
  readonly ranges: ReadonlyMap<number, Range>;
  readonly visit: (partition: number, message: KafkaMessage) => void;
  readonly open: Set<number>;
  readonly done: () => void;
};

const visitBatch = (look: Look, { batch, resolveOffset }: EachBatchPayload): void => {
  const range = look.ranges.get(batch.partition);
  if (range === undefined) return;
  for (const message of batch.messages) {
    const offset = BigInt(message.offset);
    if (offset >= range.from && offset < range.to) look.visit(batch.partition, message);
  }
  resolveOffset(batch.lastOffset());
  if (BigInt(batch.lastOffset()) + 1n >= range.to) look.open.delete(batch.partition);
  if (look.open.size === 0) look.done();
};

const runLook = (consumer: Consumer, look: Omit<Look, 'done'>): Promise<void> =>
  new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    consumer.on(consumer.events.GROUP_JOIN, () => {
      for (const { partition, from } of look.ranges.values())
        consumer.seek({ topic: look.topic, partition, offset: String(from) });
    });
    // a range may end in marks that are no messages; the driver passes them by itself
    consumer.on(consumer.events.END_BATCH_PROCESS, ({ payload }) => {
      const range = look.ranges.get(payload.partition);
      if (range !== undefined && BigInt(payload.lastOffset) + 1n >= range.to)
        look.open.delete(payload.partition);
      if (look.open.size === 0) resolve();
    });
    consumer
      .run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        eachBatch: async (payload) => visitBatch({ ...look, done: resolve }, payload),
      })
      .catch(reject);
  });

const look = async (
  kafka: Kafka,
  admin: Administration,
  topic: string,
  wanted: readonly Range[],
  visit: (partition: number, message: KafkaMessage) => void,
): Promise<void> => {
  const groupId = LOOKING_GROUP + randomUUID();
  const consumer = kafka.consumer({
    groupId,
    maxWaitTimeInMs: 100,
    allowAutoTopicCreation: false,
    retry: { ...RETRY, restartOnFailure: async () => false },
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    const byPartition = new Map(wanted.map((range) => [range.partition, range]));
    await runLook(consumer, { topic, ranges: byPartition, visit, open: new Set(byPartition.keys()) });
  } finally {
    await consumer.disconnect().catch(() => undefined);
    await admin.use((connected) => connected.deleteGroups([groupId])).catch(() => undefined);
  }
};

/**
 * Reads ranges of a topic that are there already, outside any lasting group. A message may be visited
 * twice, when the broker interrupts the reading.
 */
export const readRanges = async (
  kafka: Kafka,
  admin: Administration,
  topic: string,
  ranges: readonly Range[],
  visit: (partition: number, message: KafkaMessage) => void,
): Promise<void> => {
  const wanted = ranges.filter(({ from, to }) => from < to);
  if (wanted.length === 0) return;
  for (let tries = 1; ; tries += 1)
    try {
      return await look(kafka, admin, topic, wanted, visit);
    } catch (error) {
      if (tries === 10 || !isSettling(error)) throw groupError(kafka, error);
      await rest(300);
    }
};
