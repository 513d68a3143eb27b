import type { Consumer as DriverConsumer, ConsumerCrashEvent, Kafka } from 'kafkajs';
import { KarnamaError } from '@karnama/kernel';
import { stickyAssigner, type Share } from './assigner.js';
import { RETRY, type Log } from './client.js';
import { translated } from './errors.js';
import type { Control } from './partition.js';
import { watchdog } from './watchdog.js';

export type SessionOptions = {
  readonly kafka: Kafka;
  readonly group: string;
  readonly topics: readonly string[];
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
  readonly maxWaitMs: number;
  readonly commitMs: number;
  readonly stallMs: number;
  readonly log: Log;
  /** What this process reads at the moment, so that the group leaves it here. */
  readonly held: () => Share;
  readonly assigned: (share: Share, memberId: string, controlOf: ControlOf) => void;
  readonly take: (payload: Parameters<EachBatch>[0]) => Promise<void>;
  readonly passed: (topic: string, partition: number, first: bigint | undefined, last: bigint) => void;
};

export type ControlOf = (topic: string, partition: number) => Control;

type EachBatch = NonNullable<NonNullable<Parameters<DriverConsumer['run']>[0]>['eachBatch']>;

export type Session = {
  /** Rejects when the driver's consumer has crashed, or stands still. */
  readonly broken: Promise<never>;
  /** Commits what was handled and leaves the group; never takes long. */
  close(): Promise<void>;
};

/** Offsets that were handled, committed from time to time so that lag can be watched from outside. */
const commits = (consumer: DriverConsumer, everyMs: number, log: Log) => {
  const pending = new Map<string, { topic: string; partition: number; offset: string }>();
  let timer: NodeJS.Timeout | undefined;
  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    const offsets = [...pending.values()];
    pending.clear();
    if (offsets.length === 0) return;
    try {
      await consumer.commitOffsets(offsets);
    } catch (error) {
      log('debug', 'offsets were not committed', { reason: translated(error).message });
    }
  };
  return {
    flush,
    note: (topic: string, partition: number, offset: bigint): void => {
      pending.set(`${topic}/${partition}`, { topic, partition, offset: String(offset) });
      timer ??= setTimeout(() => void flush(), everyMs);
    },
    stop: (): void => clearTimeout(timer),
  };
};

const within = <T>(ms: number, work: Promise<T>): Promise<T | undefined> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });

const stalled = (silentMs: number): KarnamaError =>
  new KarnamaError(
    'channel-stalled',
    `the Kafka consumer has fetched nothing, not even nothing new, for ${silentMs} ms`,
    'start the process again; nothing was lost',
  );

const crashOf = ({ payload }: ConsumerCrashEvent): KarnamaError => translated(payload.error);

/** Bytes of a partition in one fetch: handled so soon that those beside it need not wait; a larger record comes alone. */
const MOST_FETCHED = 512 * 1024;

/**
 * One consumer of the driver, from joining the group to its end. It never restarts by itself, commits
 * nothing by itself, and stands at what it is told: offsets come from `Control.seek`.
 */
export const openSession = (options: SessionOptions): Session => {
  const { kafka, group, topics, log } = options;
  const consumer = kafka.consumer({
    groupId: group,
    sessionTimeout: options.sessionTimeoutMs,
    heartbeatInterval: options.heartbeatMs,
    maxWaitTimeInMs: options.maxWaitMs,
    maxBytesPerPartition: MOST_FETCHED,
    allowAutoTopicCreation: false,
    readUncommitted: false,
    partitionAssigners: [stickyAssigner(options.held)],
    retry: { ...RETRY, restartOnFailure: async () => false },
  });
  const offsets = commits(consumer, options.commitMs, log);
  let closed = false;
  /** A member that is no longer in the group controls nothing. */
  const running = (work: () => void): void => {
    if (closed) return;
    try {
      work();
    } catch (error) {
      log('debug', 'the consumer is not running', { reason: translated(error).message });
    }
  };
  const controlOf: ControlOf = (topic, partition) => ({
    pause: () => running(() => consumer.pause([{ topic, partitions: [partition] }])),
    resume: () => running(() => consumer.resume([{ topic, partitions: [partition] }])),
    seek: (offset) => running(() => consumer.seek({ topic, partition, offset: String(offset) })),
    commit: (offset) => running(() => offsets.note(topic, partition, offset)),
  });

  const broken = new Promise<never>((_, reject) => {
    const dog = watchdog(options.stallMs, (silentMs) => reject(stalled(silentMs)));
    const { CRASH, DISCONNECT, END_BATCH_PROCESS, FETCH, GROUP_JOIN } = consumer.events;
    consumer.on(CRASH, (event) => {
      dog.stop();
      reject(crashOf(event));
    });
    consumer.on(DISCONNECT, () => dog.stop());
    consumer.on(FETCH, () => dog.alive());
    consumer.on(GROUP_JOIN, ({ payload }) => {
      dog.alive();
      // a join that was under way when the session was closed would hold partitions that nobody reads
      if (closed) return void consumer.disconnect().catch(() => undefined);
      // before the first fetch: a partition is fetched when its start is known, and not before
      options.assigned(payload.memberAssignment, payload.memberId, controlOf);
    });
    consumer.on(END_BATCH_PROCESS, ({ payload }) => {
      if (Number(payload.batchSize) > 0) return;
      const first = payload.firstOffset as string | null;
      options.passed(
        payload.topic,
        payload.partition,
        first === null ? undefined : BigInt(first),
        BigInt(payload.lastOffset),
      );
    });
    const run = async (): Promise<void> => {
      await consumer.connect();
      await consumer.subscribe({ topics: [...topics], fromBeginning: true });
      await consumer.run({
        autoCommit: false,
        eachBatchAutoResolve: false,
        partitionsConsumedConcurrently: 64,
        eachBatch: options.take,
      });
    };
    run().catch((error: unknown) => {
      dog.stop();
      reject(translated(error));
    });
  });
  broken.catch(() => undefined);

  return {
    broken,
    close: async () => {
      await within(2_000, offsets.flush());
      closed = true;
      offsets.stop();
      await within(10_000, consumer.disconnect()).catch(() => undefined);
    },
  };
};
