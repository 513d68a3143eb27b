import { describe, expect, it } from '@jest/globals';
import type { Channel, ReceivedBatch } from '@karnama/intake';
import { Unavailable } from '@karnama/kernel';
import { numbersOf, range, sampleRecords, startConsumer } from './channel-samples.js';

const TOPIC = 'karnama.labour-ministry.movements';

/** A promise and how to keep it. */
const promised = (): { readonly kept: Promise<void>; readonly keep: () => void } => {
  let keep: () => void = () => undefined;
  const kept = new Promise<void>((resolve) => {
    keep = resolve;
  });
  return { kept, keep };
};

const delivering = (channel: () => Channel): void => {
  it('delivers from where the consumer wants to start', async () => {
    await channel().publish(TOPIC, sampleRecords(0, 20));
    const asked: [string, number][] = [];
    const consumer = startConsumer(channel(), {
      start: async (topic, partition) => {
        asked.push([topic, partition]);
        return 13n;
      },
    });
    await consumer.handled(7);
    await consumer.stop();
    expect(numbersOf(consumer.records())).toEqual(range(13, 7));
    expect(asked.filter(([, partition]) => partition === 0)).toEqual([[TOPIC, 0]]);
  });

  it('delivers batches that are not larger than asked, of one partition, one after the other', async () => {
    await channel().publish(TOPIC, sampleRecords(0, 5));
    await channel().publish(TOPIC, sampleRecords(5, 1));
    await channel().publish(TOPIC, sampleRecords(6, 24));
    let handling = 0;
    const consumer = startConsumer(channel(), {
      limit: 7,
      handle: async () => {
        handling += 1;
        expect(handling).toBe(1);
        await new Promise(setImmediate);
        handling -= 1;
      },
    });
    await consumer.handled(30);
    await consumer.stop();
    for (const batch of consumer.batches) {
      expect(batch.records.length).toBeGreaterThan(0);
      expect(batch.records.length).toBeLessThanOrEqual(7);
      expect(batch.topic).toBe(TOPIC);
    }
    expect(consumer.batches).toHaveLength(5);
    expect(numbersOf(consumer.records())).toEqual(range(0, 30));
  });

  it('goes on with what is published while it consumes', async () => {
    const consumer = startConsumer(channel());
    for (let n = 0; n < 5; n += 1) {
      await channel().publish(TOPIC, sampleRecords(n * 4, 4));
      await consumer.handled(n * 4 + 4);
    }
    await consumer.stop();
    expect(numbersOf(consumer.records())).toEqual(range(0, 20));
  });

  it('finds topics that are made later, and only those of its prefix', async () => {
    const consumer = startConsumer(channel(), { topicPrefix: 'karnama.a.' });
    await channel().publish('karnama.a.first', sampleRecords(0, 2));
    await consumer.handled(2);
    await channel().publish('karnama.b.other', sampleRecords(50, 2));
    await channel().publish('karnama.a.second', sampleRecords(2, 2));
    await consumer.handled(4);
    await consumer.stop();
    expect([...new Set(consumer.batches.map((batch) => batch.topic))]).toEqual([
      'karnama.a.first',
      'karnama.a.second',
    ]);
  });
};

const failing = (channel: () => Channel): void => {
  it('delivers the same batch again when it could not be handled now', async () => {
    await channel().publish(TOPIC, sampleRecords(0, 6));
    const tried: (readonly number[])[] = [];
    const consumer = startConsumer(channel(), {
      limit: 3,
      handle: async ({ records }) => {
        tried.push(numbersOf(records));
        if (tried.length < 3) throw new Unavailable('the ledger does not answer');
      },
    });
    await consumer.handled(6);
    await consumer.stop();
    expect(tried).toEqual([range(0, 3), range(0, 3), range(0, 3), range(3, 3)]);
  });

  it('asks again where to start when that could not be told', async () => {
    await channel().publish(TOPIC, sampleRecords(0, 6));
    let asked = 0;
    const consumer = startConsumer(channel(), {
      start: async () => {
        asked += 1;
        if (asked === 1) throw new Unavailable('the ledger does not answer');
        return 4n;
      },
    });
    await consumer.handled(2);
    await consumer.stop();
    expect(numbersOf(consumer.records())).toEqual([4, 5]);
  });

  it('gives a partition up on any other error, and asks for the start on the next assignment', async () => {
    await channel().publish(TOPIC, sampleRecords(0, 6));
    let done = 0n;
    const starts: bigint[] = [];
    let failures = 0;
    const consumer = startConsumer(channel(), {
      limit: 2,
      start: async (_, partition) => {
        if (partition === 0) starts.push(done);
        return done;
      },
      handle: async ({ records }) => {
        if (records[0]?.offset === 2n && failures++ === 0) throw new Error('another worker was faster');
        done += BigInt(records.length);
      },
    });
    await consumer.handled(6);
    await consumer.stop();
    expect(numbersOf(consumer.records())).toEqual(range(0, 6));
    expect(starts).toEqual([0n, 2n]);
  });

  it('lets a partition that fails not disturb another', async () => {
    await channel().publish('karnama.bad', sampleRecords(0, 2));
    await channel().publish('karnama.good', sampleRecords(10, 2));
    const consumer = startConsumer(channel(), {
      handle: async ({ topic }) => {
        if (topic === 'karnama.bad') throw new Error('refused');
      },
    });
    await consumer.handled(2);
    await channel().publish('karnama.good', sampleRecords(12, 3));
    await consumer.handled(5);
    await consumer.stop();
    expect(numbersOf(consumer.records())).toEqual(range(10, 5));
  });
};

const ending = (channel: () => Channel): void => {
  it('ends without an error after the batch at hand, and delivers no other', async () => {
    await channel().publish(TOPIC, sampleRecords(0, 9));
    const begun = promised();
    const goOn = promised();
    const consumer = startConsumer(channel(), {
      limit: 3,
      handle: async () => {
        begun.keep();
        await goOn.kept;
      },
    });
    await begun.kept;
    const ended = consumer.stop();
    goOn.keep();
    await ended;
    expect(numbersOf(consumer.records())).toEqual(range(0, 3));
  });

  it('ends while nothing is there to consume', async () => {
    const idle = startConsumer(channel());
    await channel().publish(TOPIC, sampleRecords(0, 1));
    await idle.handled(1);
    await idle.stop();
    await startConsumer(channel(), { topicPrefix: 'nothing.' }).stop();
    expect(idle.batches).toHaveLength(1);
  });

  it('ends while a batch waits to be delivered again', async () => {
    await channel().publish(TOPIC, sampleRecords(0, 1));
    const tried = promised();
    const consumer = startConsumer(channel(), {
      handle: async () => {
        tried.keep();
        throw new Unavailable('the ledger does not answer');
      },
    });
    await tried.kept;
    await consumer.stop();
    expect(consumer.batches).toEqual([]);
  });

  it('consumes nothing when it was aborted before', async () => {
    await channel().publish(TOPIC, sampleRecords(0, 1));
    const handle = async (batch: ReceivedBatch) => expect(batch).toBeUndefined();
    await channel().consume(
      { topicPrefix: '', limit: 10, start: async () => 0n, handle },
      AbortSignal.abort(),
    );
  });
};

const sharing = (channel: () => Channel): void => {
  it('never gives one partition to two consumers at the same time', async () => {
    const topics = ['karnama.a', 'karnama.b', 'karnama.c'];
    for (const topic of topics) await channel().publish(topic, sampleRecords(0, 40));
    const holders = new Map<string, number>();
    const done = new Map<string, bigint>();
    const handle =
      (holder: number) =>
      async ({ topic, partition, records }: ReceivedBatch) => {
        const place = `${topic}-${partition}`;
        expect(holders.get(place) ?? holder).toBe(holder);
        holders.set(place, holder);
        await new Promise(setImmediate);
        holders.delete(place);
        done.set(place, (records.at(-1)?.offset ?? 0n) + 1n);
      };
    const start = async (topic: string, partition: number) => done.get(`${topic}-${partition}`) ?? 0n;
    const consumers = [1, 2, 3].map((n) => startConsumer(channel(), { limit: 4, start, handle: handle(n) }));
    const total = async (): Promise<number> => {
      const all = consumers.flatMap((consumer) => consumer.records()).length;
      if (all >= 120) return all;
      await Promise.race(consumers.map((consumer) => consumer.handled(consumer.records().length + 1)));
      return total();
    };
    expect(await total()).toBe(120);
    await Promise.all(consumers.map((consumer) => consumer.stop()));
  });

  it('gives the partition to who waits for it when its holder ends, and not before', async () => {
    await channel().publish(TOPIC, sampleRecords(0, 4));
    const first = startConsumer(channel());
    await first.handled(4);
    const second = startConsumer(channel(), { start: async () => 4n });
    await channel().publish(TOPIC, sampleRecords(4, 4));
    await first.handled(8);
    expect(second.records()).toEqual([]);
    await first.stop();
    await second.handled(4);
    await channel().publish(TOPIC, sampleRecords(8, 1));
    await second.handled(5);
    await second.stop();
    expect(numbersOf(second.records())).toEqual(range(4, 5));
  });
};

/** Cases of `channelContract`; the channel is empty at the start of each. */
export const channelConsumeContract = (channel: () => Channel): void => {
  describe('consuming', () => delivering(channel));
  describe('what cannot be handled', () => failing(channel));
  describe('the end of a consumer', () => ending(channel));
  describe('several consumers', () => sharing(channel));
};
