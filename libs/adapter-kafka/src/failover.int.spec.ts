import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { describeWithKafka, numbersOf, range, sampleRecords, startConsumer } from '@karnama/conformance';
import { kafkaChannel } from './channel.js';

describeWithKafka(
  'Kafka of three nodes',
  (kafka) => {
    it('loses and doubles nothing while one node after the other is killed', async () => {
      const topic = `t${randomUUID()}.agency.contract`;
      const channel = kafkaChannel({
        brokers: kafka.brokers,
        group: `group-${randomUUID()}`,
        create: { partitions: 3, replication: 3 },
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
      let next = 0;
      const publish = async (count: number): Promise<void> => {
        const end = next + count;
        while (next < end) {
          const records = range(next, 20).flatMap((n) => sampleRecords(n, 1, `key-${n % 17}`));
          try {
            await channel.publish(topic, records, { id: 'file', sequence: next });
            next += 20;
          } catch (error) {
            expect(error).toMatchObject({ code: 'unavailable' });
            await new Promise((resolve) => setTimeout(resolve, 200));
          }
        }
      };
      await publish(200);
      await running.handled(200);
      for (const node of [1, 2]) {
        const killed = kafka.stop({ hard: true, node });
        await publish(400);
        await killed;
        await kafka.start();
        await publish(200);
      }
      await running.handled(next);
      await running.stop();
      expect([...numbersOf(running.records())].sort((a, b) => a - b)).toEqual(range(0, next));
      await channel.close();
    }, 400_000);
  },
  { nodes: 3 },
);
