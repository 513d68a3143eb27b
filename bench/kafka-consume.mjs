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
let [records, began] = [0, 0];
await consumer.connect();
await consumer.subscribe({ topics: [topic], fromBeginning: true });
await consumer.run({
  autoCommit: false,
  partitionsConsumedConcurrently: 64,
  eachBatch: async ({ batch }) => {
    if (began === 0) began = performance.now();
    else records += batch.messages.length; // the first batch starts the clock
    if (records < Number(wanted) * 0.9) return;
    if (process.stdout.writableEnded) return;
    process.stdout.end(`${JSON.stringify({ records, seconds: (performance.now() - began) / 1000 })}\n`);
    process.stdout.once('close', () => process.exit(0));
  },
});
