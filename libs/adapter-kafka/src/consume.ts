import type { Kafka } from 'kafkajs';
import type { Consumer } from '@karnama/intake';
import { type KarnamaError, Unavailable } from '@karnama/kernel';
import type { Administration } from './admin.js';
import type { Share } from './assigner.js';
import { rest } from './bell.js';
import { groupError, type Log } from './client.js';
import { Partition } from './partition.js';
import { openSession, type ControlOf } from './session.js';

export type ConsumeOptions = {
  readonly group: string;
  readonly retryMs: number;
  readonly discoverMs: number;
  readonly patienceMs: number;
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
  readonly maxWaitMs: number;
  readonly commitMs: number;
  readonly stallMs: number;
  readonly log: Log;
  readonly onGivenUp: (topic: string, partition: number, error: unknown) => void;
  readonly onDead: (error: KarnamaError) => void;
};

export type Consuming = {
  readonly kafka: Kafka;
  readonly admin: Administration;
  readonly options: ConsumeOptions;
  /** Partitions that this process holds, of all its consumers, and when each will be free. */
  readonly holders: Map<string, Promise<void>>;
  readonly partitions: Set<Partition>;
};

const keyOf = (topic: string, partition: number): string => `${topic}/${partition}`;

type Held = { readonly partition: Partition; readonly ended: Promise<void> };

/** The partitions of one consumer, over all sessions of it. */
class Assignment {
  readonly #held = new Map<string, Held>();
  #memberId: string | undefined;

  constructor(
    readonly consuming: Consuming,
    readonly consumer: Consumer,
  ) {}

  get share(): Share {
    const share: Record<string, number[]> = {};
    for (const { partition } of this.#held.values())
      (share[partition.options.topic] ??= []).push(partition.options.partition);
    return share;
  }

  find(topic: string, partition: number): Partition | undefined {
    return this.#held.get(keyOf(topic, partition))?.partition;
  }

  /** What the group gave. A partition that was held without a break is gone on with; others begin anew. */
  assigned(share: Share, memberId: string, controlOf: ControlOf): void {
    const given = new Set(Object.entries(share).flatMap(([topic, list]) => list.map((p) => keyOf(topic, p))));
    const unbroken = this.#memberId === undefined || this.#memberId === memberId;
    this.#memberId = memberId;
    for (const key of [...this.#held.keys()]) if (!unbroken || !given.has(key)) this.#drop(key);
    for (const [topic, list] of Object.entries(share))
      for (const partition of list) {
        const held = this.#held.get(keyOf(topic, partition));
        if (held === undefined) this.#begin(topic, partition, controlOf);
        else held.partition.attach(controlOf(topic, partition));
      }
  }

  /** Between two sessions of its own making the partitions go on with what they have. */
  suspend(): void {
    this.#memberId = undefined;
    for (const { partition } of this.#held.values()) partition.detach();
  }

  /** No batch is delivered after those at hand. */
  stop(): void {
    for (const { partition } of this.#held.values()) partition.stop();
  }

  /** Ends all; resolves after the batches at hand. */
  async end(): Promise<void> {
    this.#memberId = undefined;
    const ended = [...this.#held.values()].map((held) => held.ended);
    for (const key of [...this.#held.keys()]) this.#drop(key);
    await Promise.all(ended);
  }

  #begin(topic: string, index: number, controlOf: ControlOf): void {
    const { admin, options, holders, partitions } = this.consuming;
    const key = keyOf(topic, index);
    const { retryMs, patienceMs, onGivenUp } = options;
    const partition = new Partition({
      admin,
      consumer: this.consumer,
      topic,
      partition: index,
      retryMs,
      patienceMs,
      onGivenUp,
    });
    partition.attach(controlOf(topic, index));
    partitions.add(partition);
    // another consumer of this process may still be at the batch that it had at hand
    const ended = (holders.get(key) ?? Promise.resolve())
      .then(() => partition.run())
      .finally(() => {
        partitions.delete(partition);
        if (holders.get(key) === ended) holders.delete(key);
      });
    holders.set(key, ended);
    this.#held.set(key, { partition, ended });
  }

  #drop(key: string): void {
    this.#held.get(key)?.partition.end();
    this.#held.delete(key);
  }
}

const matching = async (
  admin: Administration,
  prefix: string,
  own: ReadonlySet<string>,
): Promise<ReadonlyMap<string, number>> =>
  new Map(
    [...(await admin.partitionCounts())]
      .filter(([topic]) => topic.startsWith(prefix) && !own.has(topic))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

const same = (a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): boolean =>
  a.size === b.size && [...a].every(([topic, count]) => b.get(topic) === count);

type Topics = ReadonlyMap<string, number>;

/** Until the topics are others than these, or the abort. */
const untilOthers = async (
  look: () => Promise<Topics>,
  now: Topics,
  everyMs: number,
  signal: AbortSignal,
): Promise<void> => {
  while (!signal.aborted) {
    await rest(everyMs, signal);
    const found = signal.aborted ? now : await look().catch(() => now);
    if (!same(found, now)) return;
  }
};

/** One session over the topics that there are; resolves when there are others, or at the abort. */
const overOneSession = async (
  consuming: Consuming,
  assignment: Assignment,
  topics: Topics,
  look: () => Promise<Topics>,
  signal: AbortSignal,
): Promise<void> => {
  const { kafka, options } = consuming;
  const over = new AbortController();
  const either = AbortSignal.any([signal, over.signal]);
  const session = openSession({
    ...options,
    kafka,
    topics: [...topics.keys()],
    held: () => assignment.share,
    assigned: (share, memberId, controlOf) => {
      if (!either.aborted) assignment.assigned(share, memberId, controlOf);
    },
    take: async (payload) => assignment.find(payload.batch.topic, payload.batch.partition)?.take(payload),
    passed: (topic, partition, first, last) => assignment.find(topic, partition)?.passed(first, last),
  });
  try {
    await Promise.race([session.broken, untilOthers(look, topics, options.discoverMs, either)]);
    if (signal.aborted) await assignment.end();
    else assignment.suspend();
  } catch (error) {
    void assignment.end();
    throw error;
  } finally {
    over.abort();
    await session.close();
  }
};

/**
 * Consumes until the signal aborts. A broker that is away is waited for; an error that does not pass
 * away by itself, and a consumer that stands still, end it: `onDead` is told and the promise rejects.
 */
export const consumeTopics = async (
  consuming: Consuming,
  consumer: Consumer,
  own: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<void> => {
  const { admin, options } = consuming;
  const assignment = new Assignment(consuming, consumer);
  const look = () => matching(admin, consumer.topicPrefix, own);
  // at the abort itself: whoever looks for topics just then may be waiting for the broker
  signal.addEventListener('abort', () => assignment.stop(), { once: true });
  while (!signal.aborted) {
    try {
      const topics = await look();
      if (topics.size === 0) await untilOthers(look, topics, options.discoverMs, signal);
      else await overOneSession(consuming, assignment, topics, look, signal);
    } catch (thrown) {
      const error = groupError(consuming.kafka, thrown);
      if (!(error instanceof Unavailable)) {
        await assignment.end();
        options.onDead(error);
        throw error;
      }
      options.log('warn', 'Kafka does not answer; trying again', { reason: error.message });
      await rest(options.retryMs, signal);
    }
  }
  await assignment.end();
};
