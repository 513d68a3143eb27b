import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from '@jest/globals';
import { describeWithKafka, numbersOf, range, sampleRecords, startConsumer } from '@karnama/conformance';
import type { ReceivedRecord } from '@karnama/intake';
import { Unavailable } from '@karnama/kernel';
import kafkajs, { type Kafka, type Message } from 'kafkajs';
import { kafkaChannel, type KafkaChannel, type KafkaChannelOptions } from './channel.js';
import { PRODUCER_ID, PRODUCER_SEQUENCE } from './record.js';

const quick = {
  retryMs: 20,
  discoverMs: 200,
  maxWaitMs: 50,
  heartbeatMs: 100,
  sessionTimeoutMs: 6_000,
} as const;

describeWithKafka(
  'Kafka channel, publishing',
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
    afterEach(async () => {
      await Promise.all(channels.splice(0).map((channel) => channel.close()));
    });
    const newTopic = (): string => `t${randomUUID()}.agency.contract`;
    const foreign = (): Kafka =>
      new kafkajs.Kafka({ brokers: [...kafka.brokers], logLevel: kafkajs.logLevel.NOTHING });

    const contents = async (topic: string, count: number): Promise<readonly ReceivedRecord[]> => {
      const running = startConsumer(open(), { topicPrefix: topic });
      await running.handled(count);
      await running.stop();
      return running.records();
    };
    /** Publishes with the bare driver: what another client may do. */
    const produce = async (topic: string, messages: readonly Message[], compression = 0): Promise<void> => {
      const producer = foreign().producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
      await producer.connect();
      try {
        await producer.send({ topic, messages: [...messages], compression });
      } finally {
        await producer.disconnect();
      }
    };
    const created = async (
      topic: string,
      partitions = 1,
      settings: Record<string, string> = {},
    ): Promise<void> => {
      const admin = foreign().admin();
      await admin.connect();
      const configEntries = Object.entries(settings).map(([name, value]) => ({ name, value }));
      await admin.createTopics({
        topics: [{ topic, numPartitions: partitions, configEntries }],
        waitForLeaders: false,
      });
      await admin.disconnect();
      const looking = open();
      for (let found = 0; found === 0;) found = (await looking.topics(topic)).length;
    };

    it('goes on in the middle when a publisher died between its records and its note', async () => {
      const topic = newTopic();
      const records = range(0, 30)
        .map((n) => sampleRecords(n, 1, `key-${n}`)[0])
        .flatMap((record) => record ?? []);
      const first = open({ create: { partitions: 4 } });
      expect(await first.publish(topic, records.slice(0, 10), { id: 'file', sequence: 0 })).toBe(10);
      // a request reaches the leaders of some partitions and not of others, and no note is written
      const stored = [10, 11, 13, 16];
      await produce(
        topic,
        stored.map((n) => ({
          key: `key-${n}`,
          value: records[n]?.value ?? '',
          headers: { [PRODUCER_ID]: 'file', [PRODUCER_SEQUENCE]: String(n) },
        })),
      );
      const second = open();
      expect(await second.published(topic, 'file')).toBe(12);
      expect(await second.publish(topic, records.slice(12, 20), { id: 'file', sequence: 12 })).toBe(6);
      expect(await second.publish(topic, records, { id: 'file', sequence: 0 })).toBe(10);
      expect(await open().published(topic, 'file')).toBe(30);
      const numbers = numbersOf(await contents(topic, 30));
      expect([...numbers].sort((a, b) => a - b)).toEqual(range(0, 30));
    });

    it('sees what another process has published as the same producer in the meantime', async () => {
      const topic = newTopic();
      const [one, other] = [open(), open()];
      expect(await one.publish(topic, sampleRecords(0, 5), { id: 'file', sequence: 0 })).toBe(5);
      expect(await other.publish(topic, sampleRecords(0, 8), { id: 'file', sequence: 0 })).toBe(3);
      expect(await one.publish(topic, sampleRecords(5, 5), { id: 'file', sequence: 5 })).toBe(2);
      expect(await other.publish(topic, sampleRecords(10, 1), { id: 'file', sequence: 10 })).toBe(1);
      expect(numbersOf(await contents(topic, 11))).toEqual(range(0, 11));
    });

    it('stores every record once although the broker is killed in the middle', async () => {
      const topic = newTopic();
      const channel = open();
      let back = false;
      const interruption = (async () => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        await kafka.stop({ hard: true });
        await kafka.start();
        back = true;
      })();
      let failures = 0;
      try {
        for (let next = 0; next < 2_000 || !back;)
          try {
            await channel.publish(topic, sampleRecords(next, 50), { id: 'file', sequence: next });
            next += 50;
          } catch (error) {
            failures += 1;
            // any other error is told as it is, with its cause
            if (!(error instanceof Unavailable)) throw error;
          }
      } finally {
        await interruption;
      }
      const count = await open().published(topic, 'file');
      expect(numbersOf(await contents(topic, count))).toEqual(range(0, count));
      expect(failures).toBeGreaterThan(0);
    }, 120_000);

    it('says that a topic is not there when it may not make one', async () => {
      const { create: _create, ...options } = { ...quick, brokers: kafka.brokers, create: undefined };
      const channel = kafkaChannel(options);
      channels.push(channel);
      for (const producer of [undefined, { id: 'file', sequence: 0 }])
        await expect(channel.publish(newTopic(), sampleRecords(0, 1), producer)).rejects.toMatchObject({
          code: 'unknown-topic',
        });
    });

    it('says that a record is too large for its topic', async () => {
      const value = JSON.stringify(Array.from({ length: 400_000 }, () => Math.random()));
      await expect(open().publish(newTopic(), [{ key: null, value, headers: {} }])).rejects.toMatchObject({
        code: 'record-too-large',
      });
    });

    it('puts a key where a Java client puts it', async () => {
      const topic = newTopic();
      await created(topic, 7);
      const keys = ['a', 'تهران', '', 'br-mte:12', ...range(0, 30).map((n) => `person-${n}`)].filter(
        (key) => key !== '',
      );
      await kafka.tool(
        'org.apache.kafka.tools.ConsoleProducer',
        [
          ...['--bootstrap-server', kafka.brokers.join(','), '--topic', topic],
          ...['--property', 'parse.key=true', '--property', 'key.separator=|', '--compression-codec', 'zstd'],
        ],
        keys.map((key) => `${key}|{"n":1}\n`).join(''),
      );
      await open().publish(
        topic,
        keys.map((key) => ({ key, value: '{"n":2}', headers: {} })),
      );
      const running = startConsumer(open(), { topicPrefix: topic });
      await running.handled(keys.length * 2);
      await running.stop();
      const placed = new Map<string, Set<number>>();
      for (const { partition, records } of running.batches)
        for (const { key } of records)
          placed.set(key ?? '', (placed.get(key ?? '') ?? new Set()).add(partition));
      expect([...placed.values()].every((partitions) => partitions.size === 1)).toBe(true);
      expect(placed.size).toBe(keys.length);
      expect(running.records().filter(({ value }) => value === '{"n":1}')).toHaveLength(keys.length);
    }, 60_000);

    for (const codec of ['gzip', 'snappy', 'lz4', 'zstd'] as const)
      it(`reads what the broker has stored with ${codec}`, async () => {
        const topic = newTopic();
        await created(topic, 1, { 'compression.type': codec });
        await open({ compression: 'none' }).publish(topic, sampleRecords(0, 2_000));
        expect(numbersOf(await contents(topic, 2_000))).toEqual(range(0, 2_000));
      });

    for (const compression of ['none', 'gzip', 'snappy', 'lz4'] as const)
      it(`publishes with ${compression}`, async () => {
        const topic = newTopic();
        await open({ compression }).publish(topic, sampleRecords(0, 2_000));
        expect(numbersOf(await contents(topic, 2_000))).toEqual(range(0, 2_000));
      });

    it('refuses a batch whose compression is not what it says, at the broker: no consumer ever sees it', async () => {
      const topic = newTopic();
      await created(topic);
      const { CompressionCodecs, CompressionTypes } = kafkajs;
      const right = CompressionCodecs[CompressionTypes.GZIP];
      CompressionCodecs[CompressionTypes.GZIP] = () => ({
        compress: async () => Buffer.from('this is no gzip'),
        decompress: async (buffer: Buffer) => buffer,
      });
      try {
        await expect(produce(topic, [{ value: 'x' }], CompressionTypes.GZIP)).rejects.toThrow();
      } finally {
        CompressionCodecs[CompressionTypes.GZIP] = right;
      }
      await open().publish(topic, sampleRecords(0, 1));
      expect(numbersOf(await contents(topic, 1))).toEqual([0]);
    });

    it('marks what is no text, cuts what is far too large, and lets everything behind it through', async () => {
      const topic = newTopic();
      await created(topic, 1, { 'max.message.bytes': String(60 * 1024 * 1024) });
      await produce(topic, [
        { value: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), headers: { contract: 'movements' } },
        {
          key: Buffer.from([0xff]),
          value: '{"n":1}',
          headers: { twice: ['a', 'b'], bad: Buffer.from([0xc3]), empty: '' },
        },
        { value: null },
        { value: '{"__proto__":{"n":1}}', headers: { ['__proto__']: 'x' } },
        { value: `${'['.repeat(20_000)}${']'.repeat(20_000)}` },
      ]);
      await produce(topic, [{ value: Buffer.alloc(50 * 1024 * 1024, 0x61) }]);
      await produce(topic, [{ value: '{"n":6}' }]);
      const records = await contents(topic, 7);
      expect(records[0]).toMatchObject({
        value: '{\ufffd\ufffd}',
        headers: {
          contract: 'movements',
          problems: '[{"code":"invalid-encoding","field":null,"value":null}]',
        },
      });
      expect(records[1]).toMatchObject({
        key: '\ufffd',
        value: '{"n":1}',
        headers: { twice: 'b', empty: '', problems: '[{"code":"bad-header","field":"bad","value":null}]' },
      });
      expect(records[2]?.value).toBeNull();
      expect(Object.getPrototypeOf(records[3]?.headers)).toBe(Object.prototype);
      expect(records[4]?.value).toHaveLength(40_000);
      expect(records[5]?.value).toHaveLength(64 * 1024);
      expect(records[5]?.headers['problems']).toBe('[{"code":"too-large","field":null,"value":null}]');
      expect(records[6]?.value).toBe('{"n":6}');
    }, 60_000);

    it('shows committed records of transactional producers only, and accounts for the offsets between', async () => {
      const topic = newTopic();
      await created(topic);
      const producer = foreign().producer({
        transactionalId: randomUUID(),
        idempotent: true,
        maxInFlightRequests: 1,
        createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
      });
      await producer.connect();
      for (let n = 0; n < 6; n += 1) {
        const transaction = await producer.transaction();
        await transaction.send({
          topic,
          messages: [0, 1].map((index) => ({ value: JSON.stringify({ n: n * 10 + index }) })),
        });
        await (n % 2 === 0 ? transaction.commit() : transaction.abort());
      }
      await producer.disconnect();
      const channel = open();
      const running = startConsumer(channel, { topicPrefix: topic, limit: 1 });
      await running.handled(6);
      expect(numbersOf(running.records())).toEqual([0, 1, 20, 21, 40, 41]);
      let accounted = 0n;
      for (const { from, records } of running.batches) {
        expect(from).toBe(accounted);
        accounted = (records.at(-1)?.offset ?? 0n) + 1n;
      }
      for (let lag = 1n; lag > 0n;) lag = (await channel.lag())[0]?.lag ?? 1n;
      await running.stop();
      const [state] = await channel.topics(topic);
      expect(state?.partitions).toEqual([{ partition: 0, end: 18n }]);
    });
  },
  { own: true },
);
