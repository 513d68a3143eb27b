import { hash } from 'node:crypto';

/** Namespace of event ids made from a place in a channel (a random UUID, fixed for ever). */
const NAMESPACE = Buffer.from('8c2f1d4e9b7a4c56a1e03d5b6f709182', 'hex');

/**
 * Ids of the events of one partition: UUIDv5 (RFC 9562, section 5.5: SHA-1 of namespace and name,
 * with version and variant set) of `topic/partition/offset`. The same record gets the same id
 * whenever it is delivered.
 */
export const eventIdsOf = (topic: string, partition: number): ((offset: bigint) => string) => {
  const start = Buffer.concat([NAMESPACE, Buffer.from(`${topic}/${partition}/`)]);
  const name = Buffer.concat([start, Buffer.alloc(20)]);
  return (offset) => {
    const length = start.length + name.write(String(offset), start.length, 'latin1');
    return uuidFrom(hash('sha1', name.subarray(0, length), 'hex'));
  };
};

/** UUIDv5 of any name in any namespace, as eventIdsOf makes it. */
export const uuidV5 = (namespace: Buffer, name: string): string =>
  uuidFrom(hash('sha1', Buffer.concat([namespace, Buffer.from(name)]), 'hex'));

const variants = '89ab';

const uuidFrom = (digest: string): string => {
  const variant = variants[Number.parseInt(digest[16] ?? '0', 16) & 3] ?? '8';
  return `${digest.slice(0, 8)}-${digest.slice(8, 12)}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
};
