import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import { describeWithKafka, numbersOf, range, sampleRecords, startConsumer } from '@karnama/conformance';
import { kafkaChannel, type KafkaChannel } from './channel.js';

const CHUNK = 20;

/** Publishes numbered records, over all partitions, and a chunk again when it is not known to be stored. */
const publisher = (channel: KafkaChannel, topic: string) => {
  let next = 0;
  const publish = async (count: number): Promise<number> => {
    const end = next + count;
    while (next < end)
      try {
        const records = range(next, CHUNK).flatMap((n) => sampleRecords(n, 1, `key-${n % 17}`));
        await channel.publish(topic, records, { id: 'file', sequence: next });
        next += CHUNK;
      } catch (error) {
        expect(error).toMatchObject({ code: 'unavailable' });
        await pause(100);
      }
    return next;
  };
  return { publish };
};

describeWithKafka(
  'Kafka of three nodes',
  (kafka) => {
    it('loses and doubles nothing while one node is stopped and another one killed, and goes on with two', async () => {
      const topic = `t${randomUUID()}.agency.contract`;
      const channel = kafkaChannel({
        brokers: kafka.brokers,
        group: `group-${randomUUID()}`,
        create: { partitions: 6, replication: 3 },
        ...{ retryMs: 50, discoverMs: 500, maxWaitMs: 50, heartbeatMs: 200, sessionTimeoutMs: 2_000 },
      });
      const nexts = new Map<number, bigint>();
      const running = startConsumer(channel, {
        topicPrefix: topic,
        start: async (_topic, partition) => nexts.get(partition) ?? 0n,
        handle: async ({ partition, records }) => {
          nexts.set(partition, (records.at(-1)?.offset ?? 0n) + 1n);
        },
      });
      const { publish } = publisher(channel, topic);
      try {
        await running.handled(await publish(200));
        const stopped = kafka.stop({ node: 1 });
        await publish(400);
        await stopped;
        await publish(200);
        await kafka.start();
        const killed = kafka.stop({ node: 2, hard: true });
        const all = await publish(600);
        await killed;
        const [state] = await channel.topics(topic);
        expect(state?.partitions.reduce((sum, { end }) => sum + Number(end), 0)).toBe(all);
        await running.handled(all);
        expect([...numbersOf(running.records())].sort((a, b) => a - b)).toEqual(range(0, all));
      } finally {
        await running.stop();
        await channel.close();
      }
    }, 180_000);
  },
  { nodes: 3 },
);
