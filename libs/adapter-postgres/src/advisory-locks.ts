/**
 * Keys of PostgreSQL's advisory locks, one number space per database. The high 16 bits say what is
 * locked, so that keys of one kind never meet those of another.
 */
const kind = (n: number): bigint => BigInt(n) << 48n;

export const ADVISORY_LOCKS = {
  /** One program migrates at a time. */
  migrations: kind(0x4b01).toString(),
  /** Held from the assignment of positions to the commit; the schema's append function names it too. */
  ledgerAppend: kind(0x4b02).toString(),
  /** One consumer holds a channel's partition at a time. */
  channelPartition: (topicId: number, partition: number): string =>
    (kind(0x4b03) | (BigInt(topicId) << 16n) | BigInt(partition)).toString(),
  /** First of a pair of keys, a number space of its own; the second is the hash of the projection's name. */
  projectionSpace: 0x4b04,
  /** One projector keeps a projection up at a time; `key` is the record key of the projection's name. */
  projection: (key: number): string => (kind(0x4b04) | BigInt(key)).toString(),
  /** Held by who builds a generation beside the one in use, for as long as it is not switched to or dropped. */
  building: (key: number, number: number): string =>
    (kind(0x4b05) | (BigInt(key) << 16n) | BigInt(number & 0xffff)).toString(),
} as const;
