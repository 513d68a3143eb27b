import { createHash } from 'node:crypto';
import type { ChannelRecord, Producer } from '@karnama/intake';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import { int4Array, textArray } from './binary-arrays.js';
import type { Topic } from './channel-topics.js';
import type { Database } from './database.js';

/** A stored batch holds at most so many records and, beyond its first record, so much text. */
const MOST_RECORDS = 500;
const MOST_TEXT = 1_000_000;

type StoredBatch = { readonly partition: number; readonly count: number; readonly records: string };

const hashed = (text: string, partitions: number): number =>
  partitions === 1 ? 0 : createHash('sha1').update(text).digest().readUInt32BE(0) % partitions;

/** The key decides; records without one stay together with those of their producer. */
const partitionOf = (
  { key }: ChannelRecord,
  { partitions }: Topic,
  producer: Producer | undefined,
): number =>
  key !== null ? hashed(key, partitions) : producer === undefined ? 0 : hashed(producer.id, partitions);

const encoded = ({ key, value, headers }: ChannelRecord): string => JSON.stringify([key, value, headers]);

const batchesOf = (partition: number, records: readonly ChannelRecord[]): readonly StoredBatch[] => {
  const batches: StoredBatch[] = [];
  let texts: string[] = [];
  let size = 0;
  const close = () => {
    if (texts.length > 0) batches.push({ partition, count: texts.length, records: `[${texts.join(',')}]` });
    texts = [];
    size = 0;
  };
  for (const record of records) {
    const text = encoded(record);
    if (texts.length === MOST_RECORDS || size + text.length > MOST_TEXT) close();
    texts.push(text);
    size += text.length;
  }
  close();
  return batches;
};

/** In the order of partitions, so that two publishers lock them in one order. */
const distributed = (
  topic: Topic,
  records: readonly ChannelRecord[],
  producer: Producer | undefined,
): readonly StoredBatch[] => {
  const shares = new Map<number, ChannelRecord[]>();
  for (const record of records) {
    const partition = partitionOf(record, topic, producer);
    const share = shares.get(partition);
    if (share === undefined) shares.set(partition, [record]);
    else share.push(record);
  }
  return [...shares].sort(([a], [b]) => a - b).flatMap(([partition, share]) => batchesOf(partition, share));
};

type PublishRow = { readonly stored: boolean; readonly stood_at: string | null };

const store = async (
  database: Database,
  topic: Topic,
  records: readonly ChannelRecord[],
  producer: Producer | undefined,
): Promise<PublishRow> => {
  const batches = distributed(topic, records, producer);
  const { rows } = await database.withClient((client) =>
    client.query<PublishRow>({
      name: 'channel_publish',
      text: 'SELECT * FROM channel_publish($1, $2, $3, $4::integer[], $5::integer[], $6::text[])',
      values: [
        topic.topicId,
        producer?.id ?? null,
        producer?.sequence ?? null,
        int4Array(batches.map((batch) => batch.partition)),
        int4Array(batches.map((batch) => batch.count)),
        textArray(batches.map((batch) => batch.records)),
      ],
    }),
  );
  if (rows[0] === undefined) throw new Unavailable('the publication gave no answer');
  return rows[0];
};

/**
 * Stores the records in one transaction and answers how many. A producer that had published some of
 * them before publishes the rest.
 * @throws KarnamaError `sequence-gap` when the producer has left records out
 */
export const publishRecords = async (
  database: Database,
  topic: Topic,
  records: readonly ChannelRecord[],
  producer: Producer | undefined,
): Promise<number> => {
  let rest = records;
  let numbered = producer;
  while (rest.length > 0) {
    const { stored, stood_at: stoodAt } = await store(database, topic, rest, numbered);
    if (stored || numbered === undefined) return rest.length;
    const next = Number(stoodAt);
    if (numbered.sequence > next)
      throw new KarnamaError(
        'sequence-gap',
        `producer ${numbered.id} has published ${next} records of ${topic.name}, and goes on with number ${numbered.sequence}`,
        'ask the channel how many it holds and go on there',
      );
    rest = rest.slice(next - numbered.sequence);
    numbered = { id: numbered.id, sequence: next };
  }
  return 0;
};
