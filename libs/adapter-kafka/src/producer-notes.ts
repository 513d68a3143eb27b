import type { Kafka } from 'kafkajs';
import { boundsOf, type Administration } from './admin.js';
import { readRanges } from './read-range.js';
import type { Sender } from './sender.js';
import type { TopicDirectory } from './topics.js';

/**
 * How far a numbered producer is: it has stored every record before `next`, and whatever else it has
 * stored lies at or behind `from` in each partition.
 */
export type ProducerNote = {
  readonly next: number;
  readonly from: readonly string[];
  readonly writer: string;
};

/** The notes of all producers, in a compacted topic that every process reads. */
export type ProducerNotes = {
  /** The newest note, as of now. */
  read(topic: string, producerId: string): Promise<ProducerNote | undefined>;
  write(topic: string, producerId: string, note: ProducerNote): Promise<void>;
};

const keyOf = (topic: string, producerId: string): string => JSON.stringify([topic, producerId]);

/** What is kept for ever is small: one line for each file that was ever published. */
export const NOTES_SETTINGS = { 'cleanup.policy': 'compact', 'compression.type': 'gzip' } as const;

export const producerNotes = (
  kafka: Kafka,
  admin: Administration,
  directory: TopicDirectory,
  sender: Sender,
  name: string,
): ProducerNotes => {
  const notes = new Map<string, ProducerNote>();
  let seen = 0n;
  let last: Promise<unknown> = Promise.resolve();

  const catchUp = async (): Promise<void> => {
    if ((await directory.find(name)) === undefined) return;
    const { high } = await boundsOf(admin, name, 0);
    await readRanges(kafka, admin, name, [{ partition: 0, from: seen, to: high }], (_, { key, value }) => {
      if (key !== null && value !== null)
        notes.set(key.toString(), JSON.parse(value.toString()) as ProducerNote);
    });
    if (high > seen) seen = high;
  };

  const oneByOne = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };

  return {
    read: (topic, producerId) =>
      oneByOne(async () => {
        await catchUp();
        return notes.get(keyOf(topic, producerId));
      }),
    write: (topic, producerId, note) =>
      oneByOne(async () => {
        await directory.ensure(name, NOTES_SETTINGS);
        const key = keyOf(topic, producerId);
        const stored = await sender.send(name, [{ partition: 0, key, value: JSON.stringify(note) }]);
        const end = stored.get(0) ?? 0n;
        if (end === seen + 1n) seen = end; // otherwise others have written, and the next look reads them all
        notes.set(key, note);
      }),
  };
};
