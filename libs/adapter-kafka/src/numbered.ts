import { randomUUID } from 'node:crypto';
import type { Kafka } from 'kafkajs';
import type { ChannelRecord, Producer } from '@karnama/intake';
import { KarnamaError } from '@karnama/kernel';
import type { Administration } from './admin.js';
import type { ProducerNote, ProducerNotes } from './producer-notes.js';
import { sendRecords } from './publish.js';
import { readRanges } from './read-range.js';
import { PRODUCER_ID, PRODUCER_SEQUENCE } from './record.js';
import type { Sender, Stored } from './sender.js';
import type { TopicDirectory } from './topics.js';

export type Publishing = {
  readonly kafka: Kafka;
  readonly admin: Administration;
  readonly directory: TopicDirectory;
  readonly sender: Sender;
  readonly notes: ProducerNotes;
};

/** How far a producer is with a topic, as far as this process knows. */
type Standing = {
  /** The first number that is missing. */
  readonly next: number;
  /** Numbers behind it that are there: some partitions had stored theirs when a publisher died. */
  readonly present: ReadonlySet<number>;
  readonly from: readonly bigint[];
  readonly noted: boolean;
};

export type NumberedPublisher = {
  publish(topic: string, records: readonly ChannelRecord[], producer: Producer): Promise<number>;
  published(topic: string, producerId: string): Promise<number>;
};

const behind = (next: number, present: ReadonlySet<number>): number => {
  let first = next;
  while (present.has(first)) first += 1;
  return first;
};

const headerText = (value: unknown): string | undefined =>
  Buffer.isBuffer(value) ? value.toString() : undefined;

/** Numbers of the producer's records in the part of the topic that its note does not vouch for. */
const lookBehind = async (
  { kafka, admin }: Publishing,
  topic: string,
  producerId: string,
  { next, from }: ProducerNote,
): Promise<ReadonlySet<number>> => {
  const present = new Set<number>();
  const ranges = [...(await admin.bounds(topic))].map(([partition, { low, high }]) => {
    const noted = BigInt(from[partition] ?? 0);
    return { partition, from: noted < low ? low : noted, to: high };
  });
  await readRanges(kafka, admin, topic, ranges, (_, { headers = {} }) => {
    const number = Number(headerText(headers[PRODUCER_SEQUENCE]));
    if (headerText(headers[PRODUCER_ID]) === producerId && number >= next) present.add(number);
  });
  return present;
};

const standingOf = async (
  publishing: Publishing,
  topic: string,
  producerId: string,
  note: ProducerNote | undefined,
): Promise<Standing> => {
  if ((await publishing.directory.find(topic)) === undefined)
    return { next: 0, present: new Set(), from: [], noted: false };
  if (note === undefined) {
    const bounds = await publishing.admin.bounds(topic);
    const from = [...bounds].sort(([a], [b]) => a - b).map(([, { high }]) => high);
    return { next: 0, present: new Set(), from, noted: false };
  }
  const present = await lookBehind(publishing, topic, producerId, note);
  return { next: behind(note.next, present), present, from: note.from.map(BigInt), noted: true };
};

const advanced = (standing: Standing, stored: Stored, end: number): Standing => ({
  next: behind(Math.max(standing.next, end), standing.present),
  present: standing.present,
  from: standing.from.map((offset, partition) => stored.get(partition) ?? offset),
  noted: true,
});

/**
 * Publishers that number their records. Kafka keeps no such number for longer than a connection, so a
 * compacted topic holds a note for each producer, written behind its records, and the records carry
 * their numbers in headers. A publisher that comes back after a crash, or after an answer that did not
 * come, reads the part of the topic that the note does not vouch for, and goes on with what is missing.
 * Two processes that publish as one producer at the same moment are not kept apart: each sees the
 * other's note at its next call at the latest.
 */
export const numberedPublisher = (publishing: Publishing): NumberedPublisher => {
  const { directory, sender, notes } = publishing;
  const writer = randomUUID();
  const standings = new Map<string, Standing>();
  const queues = new Map<string, Promise<unknown>>();

  const stand = async (topic: string, producerId: string): Promise<Standing> => {
    const key = JSON.stringify([topic, producerId]);
    const note = await notes.read(topic, producerId);
    const known = standings.get(key);
    if (known !== undefined && note?.writer === writer) return known;
    return standingOf(publishing, topic, producerId, note);
  };

  const note = (topic: string, producerId: string, { next, from }: Standing): Promise<void> =>
    notes.write(topic, producerId, { next, from: from.map(String), writer });

  const publish = async (
    topic: string,
    records: readonly ChannelRecord[],
    producer: Producer,
  ): Promise<number> => {
    const key = JSON.stringify([topic, producer.id]);
    const partitions = await directory.ensure(topic);
    const standing = await stand(topic, producer.id);
    standings.delete(key); // forgotten until all is well
    if (producer.sequence > standing.next)
      throw new KarnamaError(
        'sequence-gap',
        `producer ${producer.id} has published ${standing.next} records of ${topic}, and goes on with number ${producer.sequence}`,
        'ask the channel how many it holds and go on there',
      );
    const fresh = records
      .map((record, index) => ({ record, number: producer.sequence + index }))
      .filter(({ number }) => number >= standing.next && !standing.present.has(number));
    if (fresh.length === 0) {
      if (standing.noted) standings.set(key, standing);
      return 0;
    }
    if (!standing.noted) await note(topic, producer.id, standing);
    const stored = await sendRecords(sender, topic, partitions, fresh, producer);
    const after = advanced(standing, stored, producer.sequence + records.length);
    await note(topic, producer.id, after);
    standings.set(key, after);
    return fresh.length;
  };

  return {
    publish: (topic, records, producer) => {
      const key = JSON.stringify([topic, producer.id]);
      const done = (queues.get(key) ?? Promise.resolve()).then(() => publish(topic, records, producer));
      const ended = done.catch(() => undefined);
      queues.set(key, ended);
      void ended.then(() => {
        if (queues.get(key) === ended) queues.delete(key);
      });
      return done;
    },
    published: async (topic, producerId) => (await stand(topic, producerId)).next,
  };
};
