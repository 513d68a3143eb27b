import type { Batch, EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { Consumer } from '@karnama/intake';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import { boundsOf, type Administration, type Bounds } from './admin.js';
import { bell, rest } from './bell.js';
import { translated } from './errors.js';
import { receivedOf } from './record.js';

/** What a partition asks of the driver's consumer that holds it at the moment. */
export type Control = {
  pause(): void;
  resume(): void;
  seek(offset: bigint): void;
  /** Notes for watchers how far the partition is; nobody starts from it. */
  commit(offset: bigint): void;
};

export type PartitionOptions = {
  readonly admin: Administration;
  readonly consumer: Consumer;
  readonly topic: string;
  readonly partition: number;
  readonly retryMs: number;
  /** A partition that is slower than this is paused, so that those beside it are fetched on. */
  readonly patienceMs: number;
  readonly onGivenUp: (topic: string, partition: number, error: unknown) => void;
};

const madeAnew = (place: string, why: string): KarnamaError =>
  new KarnamaError(
    'topic-made-anew',
    `${place} is not the partition that was taken in before: ${why}`,
    'give the new topic another name, or restore the old one; its records would be counted twice or left out',
  );

const expired = (place: string, at: bigint, low: bigint): KarnamaError =>
  new KarnamaError(
    'records-expired',
    `the records ${at} to ${low - 1n} of ${place} were removed before they were taken in`,
    'restore them from a copy of the topic, and keep records longer than intake may stand still',
  );

/** The offset must lie within what the partition has held since its beginning. */
const verified = (place: string, at: bigint, { low, high }: Bounds): void => {
  if (at > high) throw madeAnew(place, `offset ${at} is next, but it ends at ${high}`);
  if (at < low) throw expired(place, at, low);
};

/** The driver keeps it, though its types do not say so. */
const fetchedFrom = (batch: Batch): bigint =>
  BigInt((batch as Batch & { readonly fetchedOffset: string }).fetchedOffset);

/**
 * One partition in the hands of this process. What the driver fetches is queued here and handed on in
 * batches by a loop of its own, so that the driver's loop goes on with its heartbeats and with the other
 * partitions however long a batch takes.
 */
export class Partition {
  readonly place: string;
  readonly #news = bell();
  readonly #space = bell();
  readonly #end = new AbortController();
  #control: Control | undefined;
  #queue: KafkaMessage[] = [];
  #open = false;
  /** The offset that the driver shall fetch next. */
  #position = 0n;
  /** Everything before it has been handled. */
  #handled = 0n;
  #known: { readonly offset: bigint; readonly timestamp: string } | undefined;
  #broken: KarnamaError | undefined;
  /** What is needed to handle records does not answer. */
  #waiting = false;

  constructor(readonly options: PartitionOptions) {
    this.place = `${options.topic}/${options.partition}`;
  }

  /** Offset of the first record that has not been handled; undefined until the start is known. */
  get handled(): bigint | undefined {
    return this.#open ? this.#handled : undefined;
  }

  get ended(): boolean {
    return this.#end.signal.aborted;
  }

  /** The consumer that holds the partition from now on. */
  attach(control: Control): void {
    this.#control = control;
    if (this.#open) control.seek(this.#position);
    if (this.#open && !this.#waiting) control.resume();
    else control.pause();
  }

  detach(): void {
    this.#control = undefined;
  }

  /** After the batch at hand no other is delivered. */
  stop(): void {
    this.#end.abort();
  }

  /** As `stop`, for a partition that this consumer holds no longer. */
  end(): void {
    this.stop();
    this.detach();
  }

  /** Runs until `end`; does not throw. */
  async run(): Promise<void> {
    while (!this.ended) {
      try {
        await this.#start();
        await this.#deliver();
      } catch (error) {
        if (this.ended) return;
        this.#close();
        this.options.onGivenUp(this.options.topic, this.options.partition, error);
        await rest(this.options.retryMs, this.#end.signal);
      }
    }
  }

  /** Takes what the driver has fetched. Resolves soon, whatever becomes of it. */
  async take({ batch, resolveOffset }: EachBatchPayload): Promise<void> {
    if (!this.#open || this.ended) return;
    const last = BigInt(batch.lastOffset());
    // from where it was fetched, and nothing else, tells that no record lies between
    if (fetchedFrom(batch) > this.#position || last < this.#position) return this.#backOnTrack();
    for (const message of batch.messages)
      if (BigInt(message.offset) >= this.#position) this.#queue.push(message);
    this.#position = last + 1n;
    resolveOffset(batch.lastOffset());
    this.#news.ring();
    await this.#untilSpace();
  }

  /** The driver has passed marks that are no records. */
  passed(first: bigint | undefined, last: bigint): void {
    if (!this.#open || last < this.#position || (first ?? last) > this.#position) return;
    this.#position = last + 1n;
    if (this.#queue.length === 0) this.#news.ring();
  }

  /**
   * A batch of another place: it was fetched before a seek, or the broker said that there is no such
   * offset, and the driver went to the earliest one by itself.
   */
  async #backOnTrack(): Promise<void> {
    const { admin, topic, partition } = this.options;
    const at = this.#position;
    try {
      verified(this.place, at, await boundsOf(admin, topic, partition));
    } catch (error) {
      const known = translated(error);
      if (!(known instanceof Unavailable)) return this.#break(known);
    }
    if (at === this.#position && this.#open) this.#control?.seek(at);
  }

  #break(error: KarnamaError): void {
    this.#broken = error;
    this.#news.ring();
  }

  #close(): void {
    this.#open = false;
    this.#queue = [];
    this.#broken = undefined;
    this.#waiting = false;
    this.#control?.pause();
    this.#space.ring();
  }

  async #start(): Promise<void> {
    const { admin, consumer, topic, partition } = this.options;
    const begin = await this.#untilAvailable(async () => {
      const at = await consumer.start(topic, partition);
      const known = await consumer.known?.(topic, partition);
      const bounds = await boundsOf(admin, topic, partition);
      verified(this.place, at, bounds);
      return {
        at,
        known: known !== undefined && known.offset === at - 1n && at > bounds.low ? known : undefined,
      };
    });
    if (begin === undefined) return;
    const { at, known } = begin.value;
    this.#known = known;
    this.#handled = at;
    this.#position = known?.offset ?? at;
    this.#open = true;
    this.#control?.seek(this.#position);
    this.#control?.resume();
  }

  async #deliver(): Promise<void> {
    while (!this.ended && this.#open) {
      if (this.#broken !== undefined) throw this.#broken;
      this.#compare();
      if (this.#queue.length === 0) {
        this.#handled = this.#position > this.#handled ? this.#position : this.#handled;
        await this.#news.wait(60_000, this.#end.signal);
      } else await this.#handOn(this.#queue.slice(0, this.options.consumer.limit));
    }
  }

  /** The first message after a start may be the last one that was taken in before: the same, or the topic is not. */
  #compare(): void {
    const known = this.#known;
    const message = this.#queue[0];
    if (known === undefined || message === undefined) return;
    const { offset, timestamp } = receivedOf(message);
    if (offset !== known.offset)
      throw madeAnew(this.place, `it has no record ${known.offset}, which was the last one`);
    if (timestamp !== known.timestamp)
      throw madeAnew(this.place, `record ${offset} is of ${timestamp}, but was of ${known.timestamp}`);
    this.#known = undefined;
    this.#queue.shift();
  }

  async #handOn(messages: readonly KafkaMessage[]): Promise<void> {
    const { consumer, topic, partition } = this.options;
    const records = messages.map(receivedOf);
    const batch = { topic, partition, from: this.#handled, records };
    const done = await this.#untilAvailable(() => consumer.handle(batch));
    const last = records.at(-1);
    if (done === undefined || last === undefined) return;
    this.#handled = last.offset + 1n;
    this.#queue.splice(0, messages.length);
    this.#control?.commit(this.#handled);
    this.#space.ring();
  }

  /** Tries again after pauses, while the partition is not fetched; undefined when it was ended before. */
  async #untilAvailable<T>(work: () => Promise<T>): Promise<{ readonly value: T } | undefined> {
    while (!this.ended) {
      try {
        const value = await work();
        if (this.#waiting && this.#open) this.#control?.resume();
        this.#waiting = false;
        return { value };
      } catch (error) {
        if (!(error instanceof Unavailable)) throw error;
        this.#waiting = true;
        this.#control?.pause();
        this.#space.ring();
        await rest(this.options.retryMs, this.#end.signal);
      }
    }
    return undefined;
  }

  /** Lets the driver fetch on when there is room; a partition that takes long is paused instead. */
  async #untilSpace(): Promise<void> {
    const patience = performance.now() + this.options.patienceMs;
    while (this.#queue.length > this.options.consumer.limit && this.#open && !this.ended && !this.#waiting) {
      const left = patience - performance.now();
      if (left <= 0) return this.#pauseUntilSpace();
      await this.#space.wait(left, this.#end.signal);
    }
  }

  #pauseUntilSpace(): void {
    this.#control?.pause();
    const control = this.#control;
    void (async () => {
      while (this.#queue.length > this.options.consumer.limit && this.#open && !this.ended)
        await this.#space.wait(60_000, this.#end.signal);
      if (this.#open && !this.ended && !this.#waiting && control === this.#control) control?.resume();
    })();
  }
}
