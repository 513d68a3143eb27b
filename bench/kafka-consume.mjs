/**
 * The raw limit of reading: the driver as intake uses it, doing nothing with what it gets. Run as a
 * program: `kafka-consume.mjs <brokers> <topic> <group> <records>`; prints records and seconds as JSON.
 */
import process from 'node:process';
import { driverOf } from '../tools/faults/driver.mjs';
// makes the driver read what the topic is compressed with
import './kafka-footing.mjs';

const [brokers, topic, group, wanted] = process.argv.slice(2);
const consumer = driverOf(brokers.split(','), 'bench').consumer({
  groupId: group,
  maxWaitTimeInMs: 500,
  readUncommitted: false,
});
let [all, began] = [0, 0];
// joining the group is not reading
consumer.on(consumer.events.GROUP_JOIN, () => void (began = performance.now()));
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: 64,
  eachBatch: async ({ batch }) => {
    all += batch.messages.length;
    if (all < Number(wanted)) return;
    const seconds = (performance.now() - began) / 1000;
    process.stdout.write(`${JSON.stringify({ records: all, seconds })}\n`, () => process.exit(0));
  },
});
