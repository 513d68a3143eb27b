/**
 * Projection of new events with many entities in place, and a rebuild of everything: events a second,
 * as ratios to raw COPY of the same events in and out of one table.
 */
import { pipeline } from 'node:stream/promises';
import { Readable, Writable } from 'node:stream';
import copyStreams from 'pg-copy-streams';
import { openDatabase, postgresCellStore, postgresLedger } from '@karnama/adapter-postgres';
import { catchUp, rebuild } from '@karnama/cells';
import { movementsProjection } from '@karnama/statistics';
import { appendMovements, movementEvent, numbers } from './movements.mjs';
import { memoryWatch, printTable, timed, whole } from './measure.mjs';

const { from: copyFrom, to: copyTo } = copyStreams;

/** The raw limit of a projection: the events' text into a plain table, in batches of a transaction each. */
const rawCopyIn = (database, count, batch) => {
  const random = numbers(11);
  const lines = Array.from({ length: count }, (_, n) => {
    const { id, type, data, metadata } = movementEvent(n, random);
    return `${n}\t${id}\t${type}\t${JSON.stringify(data)}\t${JSON.stringify(metadata)}\n`;
  });
  return database.withClient(async (client) => {
    await client.query(
      'CREATE TABLE raw_copy (position bigint PRIMARY KEY, id uuid, type text, data json, metadata json)',
    );
    const { seconds } = await timed(async () => {
      for (let at = 0; at < count; at += batch)
        await pipeline(
          Readable.from([lines.slice(at, at + batch).join('')]),
          client.query(copyFrom('COPY raw_copy FROM STDIN')),
        );
    });
    await client.query('DROP TABLE raw_copy');
    return count / seconds;
  });
};

const rawCopyOut = (database) =>
  database.withClient(async (client) => {
    let bytes = 0;
    const { seconds } = await timed(() =>
      pipeline(
        client.query(
          copyTo(
            'COPY (SELECT position, stream_id, revision, type_id, id, data, metadata FROM ledger_event ORDER BY position) TO STDOUT',
          ),
        ),
        new Writable({
          write(chunk, _encoding, done) {
            bytes += chunk.length;
            done();
          },
        }),
      ),
    );
    return { seconds, megabytes: Math.round(bytes / 1e6) };
  });

/** New movements, and a tenth of them later versions of records that are in place. */
const project = async (ledger, store, batch) => {
  const generation = await store.open(movementsProjection);
  const before = await store.checkpoint(generation);
  const { seconds, result: after } = await timed(() => catchUp(store, ledger, generation, batch));
  return Number(after.events - before.events) / seconds;
};

export const run = async ({ url, smoke }) => {
  const database = await openDatabase(url);
  const ledger = postgresLedger(database);
  const store = postgresCellStore(database);
  const inPlace = smoke ? 20_000 : 1_000_000;
  const more = smoke ? 10_000 : 100_000;
  const all = smoke ? 40_000 : 2_000_000;
  try {
    await appendMovements(ledger, 0, inPlace, 5000);
    await rebuild(store, ledger, movementsProjection);
    const raw = await rawCopyIn(database, more, 2000);
    const memory = memoryWatch();
    const rows = [];
    let next = inPlace;
    for (const batch of smoke ? [2000] : [500, 2000, 10_000]) {
      await appendMovements(ledger, next, next + more * 0.9, 5000, 1, numbers(next));
      await appendMovements(ledger, 0, more * 0.1, 5000, rows.length + 2, numbers(next + 1));
      next += more * 0.9;
      const rate = await project(ledger, store, batch);
      rows.push({ batch, 'events/s': whole(rate), 'of raw COPY in': (rate / raw).toFixed(2) });
    }
    printTable(
      `projection of ${whole(more)} new events, ${whole(inPlace)} entities in place (raw COPY in: ${whole(raw)} events/s)`,
      rows,
    );
    console.log(`highest memory: ${memory()} MB`);

    await appendMovements(ledger, next, all, 5000);
    const out = await rawCopyOut(database);
    const watch = memoryWatch();
    const { seconds, result } = await timed(() => rebuild(store, ledger, movementsProjection));
    const { events } = await store.checkpoint(result);
    printTable(
      `rebuild of ${whole(Number(events))} events (raw COPY out: ${out.seconds.toFixed(1)} s, ${out.megabytes} MB)`,
      [
        {
          seconds: seconds.toFixed(1),
          'events/s': whole(Number(events) / seconds),
          'of raw COPY out': (out.seconds / seconds).toFixed(2),
          'highest memory MB': watch(),
        },
      ],
    );
    const generation = await store.open(movementsProjection);
    await catchUp(store, ledger, generation, 5000);
  } finally {
    await database.close();
  }
};
