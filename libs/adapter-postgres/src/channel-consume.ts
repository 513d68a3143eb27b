import type { Consumer } from '@karnama/intake';
import { Unavailable } from '@karnama/kernel';
import type { Client } from 'pg';
import { ADVISORY_LOCKS } from './advisory-locks.js';
import { bell, type Bell } from './bell.js';
import { deliver } from './channel-partition.js';
import { topicsOf, type Topic } from './channel-topics.js';
import type { Database } from './database.js';
import { translated } from './driver-errors.js';

export type ConsumeOptions = {
  readonly pollMs: number;
  readonly retryMs: number;
  /** Told of an error of `start` or `handle` for which a partition was given up. */
  readonly onGivenUp: (topic: string, partition: number, error: unknown) => void;
};

type Held = { readonly news: Bell; readonly topicId: number; readonly ended: Promise<void>; over: boolean };

/** Partitions held over one session: their locks live and die with it. */
class Assignment {
  readonly #held = new Map<string, Held>();
  readonly #notBefore = new Map<string, number>();

  constructor(
    readonly database: Database,
    readonly session: Client,
    readonly consumer: Consumer,
    readonly options: ConsumeOptions,
    readonly signal: AbortSignal,
    readonly look: Bell,
  ) {}

  /** Takes every partition that is free, and gives back the locks of those that were given up. */
  async round(): Promise<void> {
    for (const [lock, held] of this.#held) if (held.over) await this.#release(lock);
    for (const topic of await topicsOf(this.session, this.consumer.topicPrefix))
      for (let partition = 0; partition < topic.partitions; partition += 1) {
        if (this.signal.aborted) return;
        await this.#take(topic, partition);
      }
  }

  /** Wakes the partitions of a topic; without one, all. A topic that is not held may be a new one. */
  wake(topicId: string | undefined): void {
    let known = false;
    for (const held of this.#held.values())
      if (topicId === undefined || String(held.topicId) === topicId) {
        held.news.ring();
        known = true;
      }
    if (!known || topicId === undefined) this.look.ring();
  }

  async ended(): Promise<void> {
    await Promise.all([...this.#held.values()].map((held) => held.ended));
  }

  async #take(topic: Topic, partition: number): Promise<void> {
    const lock = ADVISORY_LOCKS.channelPartition(topic.topicId, partition);
    if (this.#held.has(lock) || (this.#notBefore.get(lock) ?? 0) > performance.now()) return;
    const { rows } = await this.session.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [
      lock,
    ]);
    if (rows[0]?.free === true) this.#start(lock, topic, partition);
  }

  #start(lock: string, topic: Topic, partition: number): void {
    const { database, consumer, signal, options } = this;
    const news = bell();
    const ended = deliver({ database, topic, partition, consumer, news, signal, ...options }).catch(
      (error: unknown) => {
        this.#notBefore.set(lock, performance.now() + options.retryMs);
        held.over = true;
        options.onGivenUp(topic.name, partition, error);
        this.look.ring();
      },
    );
    const held: Held = { news, topicId: topic.topicId, ended, over: false };
    this.#held.set(lock, held);
  }

  async #release(lock: string): Promise<void> {
    await this.session.query('SELECT pg_advisory_unlock($1)', [lock]);
    this.#held.delete(lock);
  }
}

const overOneSession = async (
  database: Database,
  consumer: Consumer,
  options: ConsumeOptions,
  signal: AbortSignal,
): Promise<void> => {
  const session = await database.openSession();
  const lost = new AbortController();
  session.once('end', () => lost.abort());
  const either = AbortSignal.any([signal, lost.signal]);
  const look = bell();
  const assignment = new Assignment(database, session, consumer, options, either, look);
  const stopListening = database.listen('karnama_channel', (topicId) => assignment.wake(topicId));
  try {
    while (!either.aborted) {
      await assignment.round();
      await look.wait(Math.min(options.pollMs, options.retryMs), either);
    }
  } catch (error) {
    throw translated(error);
  } finally {
    stopListening();
    lost.abort(); // whatever ended this, nothing more is delivered under these locks
    await assignment.ended();
    await session.end().catch(() => undefined);
  }
};

/**
 * Holds whatever partition is free under a session lock, and delivers it, until the signal aborts.
 * When the session is lost its locks are lost too: each partition ends after the batch at hand, and
 * all are sought again over a new session.
 */
export const consumeTopics = async (
  database: Database,
  consumer: Consumer,
  options: ConsumeOptions,
  signal: AbortSignal,
): Promise<void> => {
  const rest = bell();
  while (!signal.aborted) {
    try {
      await overOneSession(database, consumer, options, signal);
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
    }
    if (!signal.aborted) await rest.wait(options.retryMs, signal);
  }
};
