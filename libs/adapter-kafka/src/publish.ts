import kafkajs from 'kafkajs';
import type { ChannelRecord, Producer } from '@karnama/intake';
import { PRODUCER_ID, PRODUCER_SEQUENCE, sizeOf } from './record.js';
import type { Placed, Sender, Stored } from './sender.js';

/** One request holds at most so many records and, beyond its first record, so many bytes. */
const MOST_RECORDS = 5_000;
const MOST_BYTES = 700_000;

const murmur2 = kafkajs.Partitioners.DefaultPartitioner();

/** As every Kafka client does it, so that an agency's own producer puts a key where the gateway puts it. */
const byKey = (topic: string, key: string, partitions: number): number =>
  partitions === 1
    ? 0
    : murmur2({
        topic,
        partitionMetadata: Array.from({ length: partitions }, (_, partitionId) => ({
          partitionErrorCode: 0,
          partitionId,
          leader: 0,
          replicas: [],
          isr: [],
        })),
        message: { key, value: null },
      });

const partitionOf = (
  topic: string,
  { key }: ChannelRecord,
  partitions: number,
  producer: Producer | undefined,
): number => {
  const text = key ?? producer?.id;
  return text === undefined ? 0 : byKey(topic, text, partitions);
};

/** A record and, when its producer numbers them, its number. */
export type Numbered = { readonly record: ChannelRecord; readonly number?: number };

const placed = (
  topic: string,
  { record, number }: Numbered,
  partitions: number,
  producer: Producer | undefined,
): Placed => {
  const numbers =
    producer === undefined || number === undefined
      ? {}
      : { [PRODUCER_ID]: producer.id, [PRODUCER_SEQUENCE]: String(number) };
  return {
    partition: partitionOf(topic, record, partitions, producer),
    key: record.key,
    value: record.value,
    headers: { ...record.headers, ...numbers },
  };
};

const chunksOf = (records: readonly Numbered[]): readonly (readonly Numbered[])[] => {
  const chunks: Numbered[][] = [];
  let bytes = 0;
  for (const numbered of records) {
    const size = sizeOf(numbered.record);
    const last = chunks.at(-1);
    if (last === undefined || last.length === MOST_RECORDS || bytes + size > MOST_BYTES) {
      chunks.push([numbered]);
      bytes = size;
    } else {
      last.push(numbered);
      bytes += size;
    }
  }
  return chunks;
};

/** Sends records in their order; answers where each partition ends. */
export const sendRecords = async (
  sender: Sender,
  topic: string,
  partitions: number,
  records: readonly Numbered[],
  producer?: Producer,
): Promise<Stored> => {
  const ends = new Map<number, bigint>();
  for (const chunk of chunksOf(records)) {
    const stored = await sender.send(
      topic,
      chunk.map((numbered) => placed(topic, numbered, partitions, producer)),
    );
    for (const [partition, end] of stored) ends.set(partition, end);
  }
  return ends;
};
