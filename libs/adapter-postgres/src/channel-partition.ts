import type { Consumer, ReceivedRecord } from '@karnama/intake';
import { Unavailable } from '@karnama/kernel';
import { bell, type Bell } from './bell.js';
import type { Topic } from './channel-topics.js';
import type { Database } from './database.js';

type BatchRow = { readonly base_offset: string; readonly published_at: Date; readonly records: string };
type StoredRecord = readonly [string | null, string | null, Readonly<Record<string, string>>];

/** Batches that hold records from the offset on; when that was trimmed away, from the first one left. */
const READ = `
  SELECT b.base_offset, b.published_at, b.records
    FROM channel_batch b,
         (SELECT greatest($3::bigint, (SELECT min(base_offset) FROM channel_batch WHERE topic_id = $1 AND partition = $2)) AS at) f
   WHERE b.topic_id = $1 AND b.partition = $2
     AND b.base_offset >= (SELECT max(base_offset) FROM channel_batch
                            WHERE topic_id = $1 AND partition = $2 AND base_offset <= f.at)
     AND b.base_offset + b.count > f.at AND b.base_offset < f.at + $4::bigint
   ORDER BY b.base_offset`;

const unpacked = ({ base_offset: base, published_at: at, records }: BatchRow): readonly ReceivedRecord[] => {
  const timestamp = at.toISOString();
  const first = BigInt(base);
  return (JSON.parse(records) as readonly StoredRecord[]).map(([key, value, headers], index) => ({
    key,
    value,
    headers,
    offset: first + BigInt(index),
    timestamp,
  }));
};

/** At most `limit` records of a partition from an offset on. */
export const readRecords = async (
  database: Database,
  { topicId }: Topic,
  partition: number,
  from: bigint,
  limit: number,
): Promise<readonly ReceivedRecord[]> => {
  const { rows } = await database.withClient((client) =>
    client.query<BatchRow>(READ, [topicId, partition, from.toString(), limit]),
  );
  return rows
    .flatMap(unpacked)
    .filter((record) => record.offset >= from)
    .slice(0, limit);
};

export type Delivery = {
  readonly database: Database;
  readonly topic: Topic;
  readonly partition: number;
  readonly consumer: Consumer;
  /** Rings when the topic may hold more. */
  readonly news: Bell;
  readonly pollMs: number;
  readonly retryMs: number;
  readonly signal: AbortSignal;
};

/** What `work` gives, tried again after a pause as long as it is `Unavailable`; undefined when aborted before. */
const untilAvailable = async <T>(
  { retryMs, signal }: Delivery,
  work: () => Promise<T>,
): Promise<T | undefined> => {
  while (!signal.aborted) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      await bell().wait(retryMs, signal);
    }
  }
  return undefined;
};

/**
 * Delivers the partition until the signal aborts, reading one batch ahead of the one that is being
 * handled. Throws what `start` or `handle` throw, except `Unavailable`.
 */
export const deliver = async (delivery: Delivery): Promise<void> => {
  const { database, topic, partition, consumer, news, pollMs, signal } = delivery;
  const read = (from: bigint) => readRecords(database, topic, partition, from, consumer.limit);
  let offset = await untilAvailable(delivery, () => consumer.start(topic.name, partition));
  let ahead: Promise<readonly ReceivedRecord[]> | undefined;
  while (offset !== undefined && !signal.aborted) {
    const from: bigint = offset;
    const records = await untilAvailable(delivery, async () => {
      const fetched = ahead;
      ahead = undefined;
      return (await fetched) ?? read(from);
    });
    const last = records?.at(-1);
    if (records === undefined || last === undefined) {
      await news.wait(pollMs, signal);
      continue;
    }
    offset = last.offset + 1n;
    ahead = read(offset);
    ahead.catch(() => undefined); // told when it is awaited
    await untilAvailable(delivery, () => consumer.handle({ topic: topic.name, partition, records }));
  }
};
