/**
 * Every projection of the labour market over a simulated country: with the country in place, new events as they
 * come, all projections at the same time as a projector runs them; a backlog, counted entity by entity; and a
 * rebuild of all, as the command does it; ratio to raw COPY of the same events. `KARNAMA_BENCH_SCALE` sets
 * another size of the country.
 */
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import copyStreams from 'pg-copy-streams';
import { openDatabase, postgresCellStore, postgresLedger } from '@karnama/adapter-postgres';
import { bringUp, catchUp, rebuildAll } from '@karnama/cells';
import { loadContracts } from '@karnama/contracts';
import { withCountingThreads } from '@karnama/app';
import { feedOf, newestPseudonyms, pipelineOf } from '@karnama/intake';
import { countryMonths } from '@karnama/simulator';
import { projections } from '@karnama/statistics';
import { memoryWatch, printTable, timed, whole } from './measure.mjs';

const batch = 5000;

/** One feed for each contract of each agency, as intake has them: offsets count on. */
const feedsInto = (ledger, contracts) => {
  const pseudonymOf = newestPseudonyms([{ version: 1, master: Buffer.alloc(32, 1) }]);
  const feeds = new Map();
  const eventOf = ({ agency, contract, key, value, headers }) => {
    const topic = `karnama.${agency}.${contract}`;
    let feed = feeds.get(topic);
    if (feed === undefined) {
      const { stream } = feedOf(topic, 0);
      feed = { stream, toEvent: pipelineOf(feedOf(topic, 0), contracts, pseudonymOf), offset: 0n };
      feed.expected = 'no-stream';
      feed.events = [];
      feeds.set(topic, feed);
    }
    const offset = feed.offset++;
    feed.events.push(feed.toEvent({ key, value, headers, offset, timestamp: '2026-02-01T00:00:00.000Z' }));
  };
  const flush = async () => {
    for (const feed of feeds.values()) {
      for (let at = 0; at < feed.events.length; at += 500) {
        const events = feed.events.slice(at, at + 500);
        const [{ revision }] = await ledger.append([
          { stream: feed.stream, expected: feed.expected, events },
        ]);
        feed.expected = revision;
      }
      feed.events = [];
    }
  };
  return { eventOf, flush };
};

/** Takes the months of a country into the ledger, an epoch each. */
const countryInto = async (ledger, contracts, options) => {
  const { eventOf, flush } = feedsInto(ledger, contracts);
  const months = countryMonths(options);
  let epoch = 0;
  let expected = 'no-stream';
  return async (count) => {
    for (let month = 0; month < count; month++) {
      const { value, done } = await months.next();
      if (done === true) return;
      for (const shipments of value.batches()) {
        shipments.forEach(eventOf);
        await flush();
      }
      epoch++;
      const metadata = { schemaVersion: 1, receivedAt: '2026-02-01T00:00:00.000Z' };
      const id = `00000000-0000-5000-8000-${epoch.toString(16).padStart(12, '0')}`;
      const events = [{ id, type: 'EpochClosed', data: { epoch }, metadata }];
      const [{ revision }] = await ledger.append([{ stream: 'epochs-national', expected, events }]);
      expected = revision;
    }
  };
};

/** The raw limit: the text of the ledger's events behind a position into a plain table, a transaction a batch. */
const rawCopy = async (database, ledger, after) => {
  const batches = [];
  let position = after;
  for (let caughtUp = false; !caughtUp;) {
    const page = await ledger.readAll(position, {}, batch);
    batches.push(
      page.events.map(
        ({ position: at, id, type, data, metadata }) =>
          `${at}\t${id}\t${type}\t${escaped(JSON.stringify(data))}\t${escaped(JSON.stringify(metadata))}\n`,
      ),
    );
    position = page.position;
    caughtUp = page.caughtUp;
  }
  const events = batches.reduce((sum, lines) => sum + lines.length, 0);
  return database.withClient(async (client) => {
    await client.query(
      'CREATE TABLE raw_copy (position bigint PRIMARY KEY, id uuid, type text, data json, metadata json)',
    );
    const { seconds } = await timed(async () => {
      for (const lines of batches)
        await pipeline(
          Readable.from([lines.join('')]),
          client.query(copyStreams.from('COPY raw_copy FROM STDIN')),
        );
    });
    await client.query('DROP TABLE raw_copy');
    return { events, perSecond: events / seconds };
  });
};

const escaped = (text) => text.replaceAll('\\', '\\\\');

/** Every projection from where it is to the end of the ledger, all at the same time. */
const catchUpAll = async (store, ledger) =>
  Promise.all(
    projections.map(async (projection) => catchUp(store, ledger, await store.open(projection), batch)),
  );

const byThreads = (threads, database, work) =>
  withCountingThreads({ database, calendar: 'jalali' }, threads, (lanes) => work({ lanes }));

/** As `karnama rebuild` does, by so many threads. */
const rebuildAllBy = (threads, database, store, ledger) =>
  byThreads(threads, database, (options) => rebuildAll(store, ledger, projections, options));

/** As `karnama simulate` does with what it took in, by so many threads. */
const bringUpAllBy = (threads, database, store, ledger) =>
  byThreads(threads, database, (options) =>
    bringUp(store, ledger, projections, { ...options, sortedFrom: 1n }),
  );

/** Beside the seconds those that this process had a core: what is left of them is the server's and the machine's. */
const withCpu = async (work) => {
  const before = process.cpuUsage();
  const { seconds, result } = await timed(work);
  const { user, system } = process.cpuUsage(before);
  return { seconds, result, cpu: (user + system) / 1e6 };
};

const row = (what, events, { seconds, cpu }, raw, memory) => ({
  what,
  events: whole(events),
  seconds: seconds.toFixed(1),
  'events/s': whole(events / seconds),
  'own CPU s': cpu.toFixed(1),
  'of raw COPY': (events / seconds / raw).toFixed(3),
  'highest memory MB': memory,
});

export const run = async ({ url, root, smoke }) => {
  const database = await openDatabase(url);
  const ledger = postgresLedger(database);
  const store = postgresCellStore(database);
  const contracts = await loadContracts(join(root, 'schemas', 'contracts'));
  const options = smoke
    ? { seed: 11, from: '1403-01', scale: 0.00001, months: 3 }
    : { seed: 11, from: '1403-01', scale: Number(process.env['KARNAMA_BENCH_SCALE'] ?? 0.001), months: 24 };
  // months that the country begins with, that are followed page by page, and that each backlog has
  const [atFirst, following, ...backlogs] = smoke ? [1, 1, 1] : [12, 4, 4, 4];
  const rows = [];
  try {
    const months = await countryInto(ledger, contracts, options);
    const after = async (count, what, work) => {
      const from = await ledger.head();
      await months(count);
      const raw = await rawCopy(database, ledger, from);
      const memory = memoryWatch();
      rows.push(row(what, raw.events, await withCpu(work), raw.perSecond, memory()));
    };
    await months(atFirst);
    await rebuildAllBy(1, database, store, ledger);
    await after(following, 'new events', () => catchUpAll(store, ledger));
    for (const [i, count] of backlogs.entries())
      await after(count, `backlog, threads: ${i + 1}`, () => bringUpAllBy(i + 1, database, store, ledger));

    const all = await rawCopy(database, ledger, 0n);
    for (const threads of [1, 2]) {
      const memory = memoryWatch();
      const rebuilt = await withCpu(() => rebuildAllBy(threads, database, store, ledger));
      rows.push(row(`rebuild of all, threads: ${threads}`, all.events, rebuilt, all.perSecond, memory()));
    }
    printTable(
      `all ${projections.length} projections over a country of scale ${options.scale} (raw COPY: ${whole(all.perSecond)} events/s)`,
      rows,
    );
  } finally {
    await database.close();
  }
};
