import type { Channel, ChannelRecord, Consumer, ReceivedBatch, ReceivedRecord } from '@karnama/intake';

export const sampleRecord = (n: number, key: string | null = null): ChannelRecord => ({
  key,
  value: JSON.stringify({ n, direction: 'hire' }),
  headers: { contract: 'movements', 'contract-version': '1', 'record-id': `0f0f:${n}` },
});

/** Records numbered `from` … `from + count - 1`. */
export const sampleRecords = (
  from: number,
  count: number,
  key: string | null = null,
): readonly ChannelRecord[] => Array.from({ length: count }, (_, index) => sampleRecord(from + index, key));

export const numberOf = ({ value }: ChannelRecord): number =>
  (JSON.parse(value ?? 'null') as { n: number }).n;

export const numbersOf = (records: readonly ChannelRecord[]): readonly number[] => records.map(numberOf);

export const range = (from: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, index) => from + index);

/** A consumer that runs until it is stopped, and what it was given. */
export type RunningConsumer = {
  readonly batches: readonly ReceivedBatch[];
  readonly records: () => readonly ReceivedRecord[];
  /** Until so many records have been handled. */
  readonly handled: (count: number) => Promise<void>;
  /** Aborts and waits for the end. */
  readonly stop: () => Promise<void>;
};

/** Consumes from the beginning what begins so, unless told otherwise. */
export const startConsumer = (channel: Channel, options: Partial<Consumer> = {}): RunningConsumer => {
  const abort = new AbortController();
  const batches: ReceivedBatch[] = [];
  const waiting = new Set<() => void>();
  const records = () => batches.flatMap((batch) => batch.records);
  const consumer: Consumer = {
    topicPrefix: 'karnama.',
    limit: 100,
    start: async () => 0n,
    ...options,
    handle: async (batch) => {
      await options.handle?.(batch);
      batches.push(batch);
      for (const look of waiting) look();
    },
  };
  const ended = channel.consume(consumer, abort.signal);
  return {
    batches,
    records,
    handled: (count) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (records().length < count) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        ended.catch(reject);
        look();
      }),
    stop: () => {
      abort.abort();
      return ended;
    },
  };
};
