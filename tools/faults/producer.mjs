/** An agency that publishes known records all the time, and again what was not acknowledged. */
import { kafkajs, driverOf } from './driver.mjs';
import { messageOf } from './records.mjs';
import { pause } from './wait.mjs';

const byPartition = (messages) => {
  const groups = new Map();
  for (const message of messages)
    groups.set(message.partition, [...(groups.get(message.partition) ?? []), message]);
  return groups;
};

/**
 * Publishes batches at about `rate` records a second until it is stopped. `acknowledged` maps
 * `topic/partition/offset` to the number of the record that the broker acknowledged there.
 */
export const startProducer = async ({ brokers, topic, partitions, first, rate, acknowledged, size = 25 }) => {
  const producer = driverOf(brokers, 'agency').producer({ allowAutoTopicCreation: false });
  await producer.connect();
  let next = first;
  let unacknowledged = 0;
  let stopping = false;

  const note = (metadata, numbers, messages) => {
    for (const { partition, baseOffset } of metadata) {
      const inPartition = numbers.filter((_, index) => messages[index].partition === partition);
      for (const [index, n] of inPartition.entries())
        acknowledged.set(`${topic}/${partition}/${BigInt(baseOffset) + BigInt(index)}`, n);
    }
  };
  const publish = async (numbers) => {
    const messages = numbers.map((n) => messageOf(n, partitions));
    // one partition a request: what fails fails for all of it, and is published again
    for (const group of byPartition(messages).values()) {
      const own = numbers.filter((_, index) => group.includes(messages[index]));
      for (;;)
        try {
          note(await producer.send({ topic, acks: -1, timeout: 5_000, messages: group }), own, group);
          break;
        } catch {
          unacknowledged += group.length;
          await pause(100);
        }
    }
  };
  const work = (async () => {
    const began = performance.now();
    while (!stopping) {
      await publish(Array.from({ length: size }, (_, index) => next + index));
      next += size;
      const due = began + ((next - first) / rate) * 1000;
      // what an outage held up is not made up for at once
      await pause(Math.min(1_000, Math.max(0, due - performance.now())));
    }
  })();
  return {
    /** How many records have been acknowledged, those before `first` included. */
    published: () => next,
    /** Until the batch at hand is acknowledged. */
    stop: async () => {
      stopping = true;
      await work;
      await producer.disconnect();
      return { count: next, unacknowledged };
    },
  };
};

export const { CompressionTypes, CompressionCodecs } = kafkajs;
