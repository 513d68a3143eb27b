/**
 * The raw limit of writing: batches of 500 events, ready before the clock starts, appended to as many
 * streams at once as the topic has partitions. Run as a program:
 * `kafka-append.mjs <postgres URL> <EventStoreDB URL or -> <events>`; prints events and seconds as JSON.
 */
import process from 'node:process';
import { eventStoreLedger } from '@karnama/adapter-eventstoredb';
import { openDatabase, postgresLedger } from '@karnama/adapter-postgres';
import { PARTITIONS } from './kafka-footing.mjs';
import { movementEvent, numbers } from './movements.mjs';

const BATCH = 500;
const [databaseUrl, eventStoreUrl, wanted] = process.argv.slice(2);
const database = await openDatabase(databaseUrl);
const eventStore = eventStoreUrl === '-' ? undefined : eventStoreLedger({ url: eventStoreUrl });
const ledger = eventStore ?? postgresLedger(database);
const random = numbers(9);

const perStream = Math.ceil(Number(wanted) / PARTITIONS / BATCH);
const batches = Array.from({ length: PARTITIONS }, (_, stream) =>
  Array.from({ length: perStream }, (_, batch) =>
    Array.from({ length: BATCH }, (_, n) => movementEvent((stream * perStream + batch) * BATCH + n, random)),
  ),
);
const appendAll = async (stream) => {
  let expected = 'no-stream';
  for (const events of batches[stream]) {
    const [appended] = await ledger.append([{ stream: `feed_raw_movements-${stream}`, expected, events }]);
    expected = appended.revision;
  }
};
const began = performance.now();
await Promise.all(batches.map((_, stream) => appendAll(stream)));
const seconds = (performance.now() - began) / 1000;
console.log(JSON.stringify({ records: PARTITIONS * perStream * BATCH, seconds }));
await eventStore?.close();
await database.close();
process.exit(0);
