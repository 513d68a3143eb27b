import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from '@jest/globals';
import { describeWithKafka, numbersOf, range, sampleRecords, startConsumer } from '@karnama/conformance';
import type { Consumer } from '@karnama/intake';
import { Unavailable, type KarnamaError } from '@karnama/kernel';
import kafkajs, { type Admin } from 'kafkajs';
import { kafkaChannel, type KafkaChannel, type KafkaChannelOptions } from './channel.js';

const quick = {
  retryMs: 20,
  discoverMs: 200,
  maxWaitMs: 50,
  heartbeatMs: 100,
  sessionTimeoutMs: 6_000,
  commitMs: 20,
} as const;

const promised = <T = void>() => {
  let keep: (value: T) => void = () => undefined;
  const kept = new Promise<T>((resolve) => {
    keep = resolve;
  });
  return { kept, keep };
};

describeWithKafka(
  'Kafka channel, consuming',
  (kafka) => {
    const channels: KafkaChannel[] = [];
    const open = (options: Partial<KafkaChannelOptions> = {}): KafkaChannel => {
      const channel = kafkaChannel({
        ...quick,
        brokers: kafka.brokers,
        create: { partitions: 1 },
        group: `group-${randomUUID()}`,
        ...options,
      });
      channels.push(channel);
      return channel;
    };
    const newTopic = (): string => `t${randomUUID()}.agency.contract`;
    const administer = async <T>(work: (admin: Admin) => Promise<T>): Promise<T> => {
      const admin = new kafkajs.Kafka({
        brokers: [...kafka.brokers],
        logLevel: kafkajs.logLevel.NOTHING,
      }).admin();
      await admin.connect();
      try {
        return await work(admin);
      } finally {
        await admin.disconnect();
      }
    };
    /** As retention does it. */
    const removeBefore = (topic: string, offset: string): Promise<void> =>
      administer(async (admin) => {
        await admin.fetchTopicOffsets(topic);
        await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset }] });
      });
    afterEach(async () => {
      await Promise.all(channels.splice(0).map((channel) => channel.close()));
    });

    /** Consumes until the partition is given up, and tells why. */
    const refusalOf = async (
      topic: string,
      consumer: Pick<Consumer, 'start'> & Partial<Consumer>,
      meanwhile: (consumed: () => number) => Promise<void> = async () => undefined,
    ): Promise<{ readonly error: KarnamaError; readonly numbers: readonly number[] }> => {
      const refused = promised<unknown>();
      const channel = open({ onGivenUp: (_topic, _partition, error) => refused.keep(error) });
      const running = startConsumer(channel, { topicPrefix: topic, ...consumer });
      await meanwhile(() => running.records().length);
      const error = (await refused.kept) as KarnamaError;
      await running.stop();
      return { error, numbers: numbersOf(running.records()) };
    };

    it('stays in its group and is given a batch once, however long it takes to handle', async () => {
      const topic = newTopic();
      const channel = open({ sessionTimeoutMs: 1_000 });
      await channel.publish(topic, sampleRecords(0, 4));
      let starts = 0;
      const running = startConsumer(channel, {
        topicPrefix: topic,
        limit: 2,
        start: async () => {
          starts += 1;
          return 0n;
        },
        handle: () => new Promise((resolve) => setTimeout(resolve, 1_600)),
      });
      await running.handled(4);
      await running.stop();
      expect(starts).toBe(1);
      expect(numbersOf(running.records())).toEqual(range(0, 4));
    });

    it('goes on with other partitions while one is not handled', async () => {
      const prefix = `t${randomUUID()}.`;
      const channel = open();
      await channel.publish(`${prefix}slow`, sampleRecords(0, 300));
      await channel.publish(`${prefix}quick`, sampleRecords(1_000, 10));
      const goOn = promised();
      const running = startConsumer(channel, {
        topicPrefix: prefix,
        limit: 5,
        handle: async ({ topic }) => (topic.endsWith('slow') ? goOn.kept : undefined),
      });
      await running.handled(10);
      await channel.publish(`${prefix}quick`, sampleRecords(1_010, 1_000));
      await running.handled(1_010);
      expect(numbersOf(running.records())).toEqual(range(1_000, 1_010));
      goOn.keep();
      await running.handled(1_310);
      await running.stop();
      expect(
        numbersOf(
          running.batches.filter(({ topic }) => topic.endsWith('slow')).flatMap((batch) => batch.records),
        ),
      ).toEqual(range(0, 300));
    });

    it('waits while the ledger is away, without leaving the group or asking for another start', async () => {
      const topic = newTopic();
      const channel = open({ sessionTimeoutMs: 1_000, retryMs: 100 });
      await channel.publish(topic, sampleRecords(0, 50));
      let [starts, tries] = [0, 0];
      const running = startConsumer(channel, {
        topicPrefix: topic,
        limit: 10,
        start: async () => {
          starts += 1;
          return 0n;
        },
        handle: async () => {
          tries += 1;
          if (tries > 3 && tries < 25) throw new Unavailable('away');
        },
      });
      await running.handled(50);
      await running.stop();
      expect({ starts, tries }).toEqual({ starts: 1, tries: 26 });
      expect(numbersOf(running.records())).toEqual(range(0, 50));
    });

    it('starts where it is told, whatever offsets are committed', async () => {
      const topic = newTopic();
      const group = `group-${randomUUID()}`;
      const channel = open({ group });
      await channel.publish(topic, sampleRecords(0, 20));
      for (const start of [0n, 12n]) {
        const running = startConsumer(channel, { topicPrefix: topic, start: async () => start });
        await running.handled(20 - Number(start));
        await running.stop();
        expect(numbersOf(running.records())).toEqual(range(Number(start), 20 - Number(start)));
        const [committed] = await administer((admin) =>
          admin.fetchOffsets({ groupId: group, topics: [topic] }),
        );
        expect(committed?.partitions).toMatchObject([{ partition: 0, offset: '20' }]);
      }
    });

    it('tells how far it is behind, to itself and to whoever watches the group', async () => {
      const topic = newTopic();
      const group = `group-${randomUUID()}`;
      const channel = open({ group });
      await channel.publish(topic, sampleRecords(0, 30));
      expect(await channel.lag()).toEqual([]);
      const goOn = promised();
      const running = startConsumer(channel, {
        topicPrefix: topic,
        limit: 10,
        handle: async ({ records }) => (records[0]?.offset === 20n ? goOn.kept : undefined),
      });
      await running.handled(20);
      expect(await channel.lag()).toEqual([{ topic, partition: 0, next: 20n, lag: 10n }]);
      goOn.keep();
      await running.handled(30);
      await running.stop();
      expect(await channel.lag()).toEqual([]);
      const [committed] = await administer((admin) =>
        admin.fetchOffsets({ groupId: group, topics: [topic] }),
      );
      expect(committed?.partitions).toMatchObject([{ partition: 0, offset: '30' }]);
    });

    it('finds partitions that are added to a topic', async () => {
      const topic = newTopic();
      const channel = open();
      await channel.publish(topic, sampleRecords(0, 5));
      const running = startConsumer(channel, { topicPrefix: topic });
      await running.handled(5);
      await administer((admin) => admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] }));
      for (let key = 0; key < 12; key += 1)
        await open().publish(topic, sampleRecords(100 + key, 1, `key-${key}`));
      await running.handled(17);
      await running.stop();
      expect(new Set(running.batches.map(({ partition }) => partition))).toEqual(new Set([0, 1, 2]));
      expect([...numbersOf(running.records())].sort((a, b) => a - b)).toEqual([
        ...range(0, 5),
        ...range(100, 12),
      ]);
    });

    it('refuses a topic that ends before the place to start from: it was made anew', async () => {
      const topic = newTopic();
      await open().publish(topic, sampleRecords(0, 5));
      const { error, numbers } = await refusalOf(topic, { start: async () => 6n });
      expect(error).toMatchObject({ code: 'topic-made-anew' });
      expect(numbers).toEqual([]);
    });

    it('refuses a topic that was made anew and has grown past the place to start from', async () => {
      const topic = newTopic();
      await open().publish(topic, sampleRecords(0, 20));
      const known = { offset: 9n, timestamp: '2026-01-01T00:00:00.000Z' };
      const { error, numbers } = await refusalOf(topic, { start: async () => 10n, known: async () => known });
      expect(error).toMatchObject({ code: 'topic-made-anew', message: expect.stringContaining('record 9') });
      expect(numbers).toEqual([]);
    });

    it('goes on behind the record that was taken in last, when it is still the same', async () => {
      const topic = newTopic();
      const channel = open();
      await channel.publish(topic, sampleRecords(0, 20));
      const first = startConsumer(channel, { topicPrefix: topic });
      await first.handled(20);
      await first.stop();
      const [, last] = [first.records()[8], first.records()[9]];
      const second = startConsumer(open(), {
        topicPrefix: topic,
        start: async () => 10n,
        known: async () => last,
      });
      await second.handled(10);
      await second.stop();
      expect(numbersOf(second.records())).toEqual(range(10, 10));
      expect(second.batches[0]?.from).toBe(10n);
    });

    it('refuses to go on when records were removed before they were taken in', async () => {
      const topic = newTopic();
      await open().publish(topic, sampleRecords(0, 20));
      await removeBefore(topic, '8');
      const { error, numbers } = await refusalOf(topic, { start: async () => 5n });
      expect(error).toMatchObject({
        code: 'records-expired',
        message: expect.stringContaining('records 5 to 7'),
      });
      expect(numbers).toEqual([]);
    });

    it('refuses it while it consumes too, where the driver alone would begin elsewhere in silence', async () => {
      const topic = newTopic();
      const publisher = open();
      await publisher.publish(topic, sampleRecords(0, 5));
      const away = promised();
      let isAway = false;
      const { error, numbers } = await refusalOf(
        topic,
        {
          limit: 5,
          start: async () => 0n,
          handle: async () => {
            if (!isAway) return;
            away.keep();
            if (isAway) throw new Unavailable('away');
          },
        },
        async (consumed) => {
          while (consumed() < 5) await new Promise((resolve) => setTimeout(resolve, 10));
          isAway = true;
          await publisher.publish(topic, sampleRecords(5, 1));
          await away.kept; // the partition is paused with one record in hand
          await publisher.publish(topic, sampleRecords(6, 20));
          await removeBefore(topic, '20');
          isAway = false;
        },
      );
      expect(error).toMatchObject({ code: 'records-expired' });
      expect(numbers).toEqual(range(0, 6));
    });

    it('asks for the start again when a topic is deleted and made anew while it consumes', async () => {
      const topic = newTopic();
      const channel = open();
      await channel.publish(topic, sampleRecords(0, 10));
      let next = 0n;
      const refused = promised<unknown>();
      const consuming = open({ onGivenUp: (_topic, _partition, error) => refused.keep(error) });
      const running = startConsumer(consuming, {
        topicPrefix: topic,
        start: async () => next,
        handle: async ({ records }) => {
          next = (records.at(-1)?.offset ?? 0n) + 1n;
        },
      });
      await running.handled(10);
      await administer((admin) => admin.deleteTopics({ topics: [topic] }));
      await new Promise((resolve) => setTimeout(resolve, 500));
      await open().publish(topic, sampleRecords(50, 3));
      expect(await refused.kept).toMatchObject({ code: 'topic-made-anew' });
      await running.stop();
      expect(numbersOf(running.records())).toEqual(range(0, 10));
    });

    it('goes on by itself when the broker was killed and has come back', async () => {
      const topic = newTopic();
      const channel = open({ sessionTimeoutMs: 1_000 });
      await channel.publish(topic, sampleRecords(0, 10));
      let next = 0n;
      const running = startConsumer(channel, {
        topicPrefix: topic,
        start: async () => next,
        handle: async ({ records }) => {
          next = (records.at(-1)?.offset ?? 0n) + 1n;
        },
      });
      await running.handled(10);
      await kafka.stop({ hard: true });
      const failed = channel.publish(topic, sampleRecords(10, 1));
      await expect(failed).rejects.toBeInstanceOf(Unavailable);
      await kafka.start();
      await channel.publish(topic, sampleRecords(10, 10));
      await running.handled(20);
      await running.stop();
      expect(numbersOf(running.records())).toEqual(range(0, 20));
    }, 120_000);

    it('tells that it is dead when it stands still', async () => {
      const topic = newTopic();
      const dead = promised<KarnamaError>();
      const channel = open({ stallMs: 200, maxWaitMs: 3_000, onDead: dead.keep });
      await channel.publish(topic, sampleRecords(0, 1));
      const consumed = channel.consume(
        { topicPrefix: topic, limit: 10, start: async () => 0n, handle: async () => undefined },
        new AbortController().signal,
      );
      await expect(consumed).rejects.toMatchObject({ code: 'channel-stalled' });
      expect(await dead.kept).toMatchObject({ code: 'channel-stalled' });
    });
  },
  { own: true },
);
