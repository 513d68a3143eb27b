import { randomUUID } from 'node:crypto';
import { channelContract, describeWithKafka, type TestKafka } from '@karnama/conformance';
import kafkajs from 'kafkajs';
import { kafkaChannel } from './channel.js';

/** Removes every topic, so that the next channel finds none. */
const emptied = async ({ brokers }: TestKafka): Promise<void> => {
  const kafka = new kafkajs.Kafka({ brokers: [...brokers], logLevel: kafkajs.logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => !topic.startsWith('__'));
  if (topics.length > 0) await admin.deleteTopics({ topics });
  await admin.disconnect();
};

const quick = {
  retryMs: 20,
  discoverMs: 100,
  maxWaitMs: 50,
  heartbeatMs: 100,
  sessionTimeoutMs: 6_000,
  commitMs: 50,
};

describeWithKafka(
  'Kafka',
  (kafka) => {
    for (const partitions of [1, 4])
      channelContract(`Kafka, topics of ${partitions} partitions`, async () => {
        await emptied(kafka);
        const channel = kafkaChannel({
          ...quick,
          brokers: kafka.brokers,
          create: { partitions },
          group: `test-${randomUUID()}`,
        });
        return { channel, close: () => channel.close() };
      });
  },
  { own: true },
);
