/** A record on its way in: what the agency sent, untouched. */
export type ChannelRecord = {
  /** Records of one key keep their order; null = no such wish. */
  readonly key: string | null;
  /** UTF-8 text, usually JSON. Null is a tombstone: it is taken in and quarantined. */
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
};

export type ReceivedRecord = ChannelRecord & {
  readonly offset: bigint;
  /** ISO 8601 instant at which the channel took it in. */
  readonly timestamp: string;
};

/** Consecutive records of one partition, in offset order, never empty. */
export type ReceivedBatch = {
  readonly topic: string;
  readonly partition: number;
  /**
   * The first offset that the batch accounts for; default: that of its first record. Offsets from here
   * on that belong to no record of the batch never were records (a channel may number its own marks too).
   */
  readonly from?: bigint;
  readonly records: readonly ReceivedRecord[];
};

/** A publisher that numbers its records, so that a repeat after a crash is recognised. */
export type Producer = {
  readonly id: string;
  /** Number of the first record of this call; records are numbered from 0 without gaps. */
  readonly sequence: number;
};

export type TopicState = {
  readonly topic: string;
  /** `end` = the offset that the next record of the partition will get. */
  readonly partitions: readonly { readonly partition: number; readonly end: bigint }[];
};

/** What identifies a record within its partition. */
export type KnownRecord = { readonly offset: bigint; readonly timestamp: string };

export type Consumer = {
  /** Only topics that begin so; topics made later are found too. */
  readonly topicPrefix: string;
  /** At most so many records a batch. */
  readonly limit: number;
  /** Asked once for each partition that is assigned: the first offset to deliver. */
  readonly start: (topic: string, partition: number) => Promise<bigint>;
  /**
   * The record before the start, if one was taken in. A channel whose topics can be deleted and made anew
   * compares it with what it holds there, and gives the partition up when it is another.
   */
  readonly known?: (topic: string, partition: number) => Promise<KnownRecord | undefined>;
  /**
   * Resolves when the batch is durable elsewhere; only then the next one of the partition is
   * delivered. When it throws `Unavailable` the batch is delivered again after a pause; any other
   * error gives the partition up (`start` is asked again on the next assignment).
   */
  readonly handle: (batch: ReceivedBatch) => Promise<void>;
};

/**
 * An ordered, partitioned, durable log of records. Every adapter promises (and `channelContract` proves):
 * offsets of a partition count from 0, those of records that it published itself without gaps; what
 * `publish` has resolved for is not lost; a batch leaves out no record between `from` and its last one;
 * a partition is held by one consumer at a time within one adapter instance's group, as far as the
 * adapter can know (the ledger's revision check is the fence); records are delivered at least once.
 */
export interface Channel {
  /** Number of records stored by this call: fewer than given when the producer had published some before. */
  publish(topic: string, records: readonly ChannelRecord[], producer?: Producer): Promise<number>;
  /** How many records of this producer the topic holds: the sequence to go on with. */
  published(topic: string, producerId: string): Promise<number>;
  topics(prefix: string): Promise<readonly TopicState[]>;
  /** Runs until the signal aborts, then ends without an error after the batch at hand. */
  consume(consumer: Consumer, signal: AbortSignal): Promise<void>;
}
