import type { Admin, Kafka } from 'kafkajs';
import { Unavailable } from '@karnama/kernel';
import { rest } from './bell.js';
import { RETRY } from './client.js';
import { isSettling, translated } from './errors.js';

/** Offsets of one partition: those that it holds are `low` … `high - 1`. */
export type Bounds = { readonly low: bigint; readonly high: bigint };

/** One administrative connection, opened when it is needed and thrown away after an error. */
export type Administration = {
  use<T>(work: (admin: Admin) => Promise<T>): Promise<T>;
  /** Number of partitions of every topic that is not the broker's own and can be reached. */
  partitionCounts(): Promise<ReadonlyMap<string, number>>;
  /** By partition. @throws KarnamaError `unknown-topic` */
  bounds(topic: string): Promise<ReadonlyMap<number, Bounds>>;
  close(): Promise<void>;
};

/** When no broker has answered, the driver reads on in an answer that is not there. */
const metadataOf = async (admin: Admin): ReturnType<Admin['fetchTopicMetadata']> => {
  try {
    return await admin.fetchTopicMetadata();
  } catch (error) {
    if (error instanceof TypeError) throw new Unavailable('Kafka: no broker has answered', { cause: error });
    throw error;
  }
};

/** @throws Unavailable, from every call, while the brokers cannot be asked; KarnamaError for what they refuse */
export const administration = (kafka: Kafka): Administration => {
  let open: Promise<Admin> | undefined;
  const connect = async (): Promise<Admin> => {
    const admin = kafka.admin({ retry: RETRY });
    await admin.connect();
    return admin;
  };
  /** After an error its cached leaders may be wrong, and the driver would keep them for minutes. */
  const discard = async (): Promise<void> => {
    const last = open;
    open = undefined;
    await last?.then((admin) => admin.disconnect()).catch(() => undefined);
  };
  const use = async <T>(work: (admin: Admin) => Promise<T>): Promise<T> => {
    for (let tries = 1; ; tries += 1)
      try {
        return await work(await (open ??= connect()));
      } catch (error) {
        await discard();
        if (tries === 10 || !isSettling(error)) throw translated(error);
        await rest(100);
      }
  };
  return {
    use,
    partitionCounts: () =>
      use(async (admin) => {
        const { topics } = await metadataOf(admin);
        return new Map(
          topics
            .filter(
              ({ name, partitions }) =>
                !name.startsWith('__') && partitions.every(({ leader }) => leader >= 0),
            )
            .map(({ name, partitions }) => [name, partitions.length]),
        );
      }),
    bounds: (topic) =>
      use(async (admin) => {
        const found = await admin.fetchTopicOffsets(topic);
        return new Map(
          found.map(({ partition, low, high }) => [partition, { low: BigInt(low), high: BigInt(high) }]),
        );
      }),
    close: discard,
  };
};

/** What `bounds` tells of one partition. @throws Unavailable while the broker does not know it */
export const boundsOf = async (admin: Administration, topic: string, partition: number): Promise<Bounds> => {
  const found = (await admin.bounds(topic)).get(partition);
  if (found === undefined)
    throw new Unavailable(`Kafka does not know the offsets of ${topic}/${partition} yet`);
  return found;
};
