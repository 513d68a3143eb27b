// Appends to the ledger against raw binary COPY of the same rows into a table with the same indexes, one
// transaction per batch, in interleaved rounds on one durable server.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { openDatabase, postgresLedger } from '@karnama/adapter-postgres';
import copyStreams from 'pg-copy-streams';
import { printTable, whole } from './measure.mjs';

const BATCHES = [
  { size: 1, perRound: 100 },
  { size: 100, perRound: 20 },
  { size: 1000, perRound: 8 },
];

/** An id that orders by nothing, and is the same in each run. */
const idOf = (n) => {
  const hex = createHash('sha256').update(String(n)).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};

export const benchEvent = (n) => ({
  id: idOf(n),
  type: 'MovementDeclared',
  data: {
    effectiveMonth: '2026-01',
    declaredMonth: '2026-01',
    direction: n % 2 === 0 ? 'hire' : 'separation',
    area: `BR:${211130 + (n % 90)}`,
    industry: `CNAE2:${4711300 + (n % 97)}`,
    occupation: `CBO2002:${521110 + (n % 83)}`,
    education: '3',
    age: 18 + (n % 50),
    sex: n % 3 === 0 ? 'F' : 'M',
    weeklyHours: 4400,
    monthlyWage: 151800 + (n % 7919),
    movementKind: '10',
  },
  metadata: {
    schemaVersion: 1,
    receivedAt: '2026-02-01T10:00:00.000Z',
    agency: 'labour-ministry',
    contract: 'movements',
    contractVersion: 1,
    recordId: `9f86d081884c7d659a2feaa0c55ad015:${n}`,
    recordVersion: 1,
    source: { topic: 'karnama.labour-ministry.movements', partition: 0, offset: String(n) },
  },
});

const RAW_TABLE = `
  CREATE TABLE bench_raw_event (
    position bigint PRIMARY KEY, stream_id bigint NOT NULL, revision bigint NOT NULL, type_id integer NOT NULL,
    id uuid NOT NULL, data text NOT NULL, metadata text NOT NULL, UNIQUE (stream_id, revision))`;

const COPY_HEAD = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)]);
const COPY_TAIL = Buffer.from([0xff, 0xff]);

/** The rows in COPY's binary form; one buffer, written once. */
const copyOf = (events, before) => {
  const texts = events.map(({ data, metadata }) => [JSON.stringify(data), JSON.stringify(metadata)]);
  const most = texts.reduce((sum, [data, metadata]) => sum + 90 + 3 * (data.length + metadata.length), 0);
  const buffer = Buffer.allocUnsafe(COPY_HEAD.length + most + COPY_TAIL.length);
  let at = COPY_HEAD.copy(buffer, 0);
  const int8 = (value) => {
    at = buffer.writeInt32BE(8, at);
    at = buffer.writeBigInt64BE(value, at);
  };
  const text = (value) => {
    const size = buffer.write(value, at + 4, 'utf8');
    buffer.writeInt32BE(size, at);
    at += 4 + size;
  };
  events.forEach(({ id }, index) => {
    const position = BigInt(before + index + 1);
    at = buffer.writeInt16BE(7, at);
    int8(position);
    int8(1n);
    int8(position);
    at = buffer.writeInt32BE(4, at);
    at = buffer.writeInt32BE(1, at);
    at = buffer.writeInt32BE(16, at);
    at += buffer.write(id.replaceAll('-', ''), at, 16, 'hex');
    text(texts[index][0]);
    text(texts[index][1]);
  });
  at += COPY_TAIL.copy(buffer, at);
  return buffer.subarray(0, at);
};

const copyIn = (database, bytes) =>
  database.withClient(
    (client) =>
      new Promise((resolve, reject) => {
        const stream = client.query(copyStreams.from('COPY bench_raw_event FROM STDIN (FORMAT binary)'));
        stream.on('finish', resolve).on('error', reject).end(bytes);
      }),
  );

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const seconds = async (work) => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
};

/** Events per second of single-event calls from `writers` at once, each on its own stream. */
const concurrent = async (ledger, writers, perWriter, from) => {
  const elapsed = await seconds(() =>
    Promise.all(
      Array.from({ length: writers }, async (_, writer) => {
        for (let n = 0; n < perWriter; n += 1)
          await ledger.append([
            { stream: `case-${from}-${writer}`, expected: 'any', events: [benchEvent(n)] },
          ]);
      }),
    ),
  );
  return (writers * perWriter) / elapsed;
};

/**
 * One row per batch size: events/s of the raw limit (COPY of rows that were encoded before the clock
 * started), of COPY that begins, as an append does, with plain events, and of the ledger.
 */
export const measureAppend = async (database, rounds = 9) => {
  const ledger = postgresLedger(database);
  await database.withClient((client) => client.query(`DROP TABLE IF EXISTS bench_raw_event; ${RAW_TABLE}`));
  const events = Array.from({ length: 1000 }, (_, n) => benchEvent(n));
  let copied = 0;
  let revision = (await ledger.lastEvent('feed_bench-0'))?.revision ?? 'no-stream';

  const encoded = (batch) => {
    const bytes = copyOf(batch, copied);
    copied += batch.length;
    return bytes;
  };
  const raw = async (batches) => {
    const prepared = batches.map(encoded);
    return seconds(async () => {
      for (const bytes of prepared) await copyIn(database, bytes);
    });
  };
  const copy = (batches) =>
    seconds(async () => {
      for (const batch of batches) await copyIn(database, encoded(batch));
    });
  const append = (batches) =>
    seconds(async () => {
      for (const batch of batches) {
        const [appended] = await ledger.append([
          { stream: 'feed_bench-0', expected: revision, events: batch },
        ]);
        revision = appended.revision;
      }
    });

  /** Each way once; who goes first changes from round to round. */
  const round = async ({ size, perRound }, n) => {
    const batches = Array.from({ length: perRound }, () => events.slice(0, size));
    const ways = [
      ['raw', raw],
      ['copy', copy],
      ['append', append],
    ];
    const taken = {};
    for (const [name, way] of [...ways.slice(n % 3), ...ways.slice(0, n % 3)])
      taken[name] = await way(batches);
    return taken;
  };

  for (const batch of BATCHES) await round(batch, 0); // every way compiled and planned
  const results = new Map(BATCHES.map((batch) => [batch, []]));
  for (let n = 0; n < rounds; n += 1)
    for (const batch of BATCHES) results.get(batch).push(await round(batch, n));
  const rows = [...results].map(([{ size, perRound }, taken]) => {
    const rate = (way) => median(taken.map((one) => (size * perRound) / one[way]));
    return {
      batch: size,
      raw: rate('raw'),
      copy: rate('copy'),
      append: rate('append'),
      ofRaw: median(taken.map((one) => one.raw / one.append)),
      ofCopy: median(taken.map((one) => one.copy / one.append)),
    };
  });
  const together = [];
  for (let n = 0; n < 3; n += 1) together.push(await concurrent(ledger, 50, 40, n));
  await database.withClient((client) => client.query('DROP TABLE bench_raw_event'));
  return { rows, fiftyWriters: median(together) };
};

/** Events per second of a scan of the whole ledger, payloads left as text, and of the same with `data` parsed. */
export const measureScan = async (database) => {
  const ledger = postgresLedger(database);
  const rate = async (look) => {
    let count = 0;
    const elapsed = await seconds(async () => {
      for await (const page of ledger.scan(0n, {}, 10_000)) {
        for (const event of page.events) look(event);
        count += page.events.length;
      }
    });
    return count / elapsed;
  };
  await rate(() => undefined);
  return { text: await rate(() => undefined), parsed: await rate((event) => event.data) };
};

/** Appends at batch 1, 100 and 1000, concurrent small appends, and a scan; ratios to COPY in the same run. */
export const run = async ({ url, smoke }) => {
  const database = await openDatabase(url);
  try {
    const { rows, fiftyWriters } = await measureAppend(database, smoke ? 1 : undefined);
    printTable(
      'ledger append, events/s (COPY prepared: bytes made beforehand; COPY from events: as the append, from plain events)',
      rows.map(({ batch, raw, copy, append, ofRaw, ofCopy }) => ({
        batch,
        'COPY prepared': whole(raw),
        'COPY from events': whole(copy),
        append: whole(append),
        'of prepared': ofRaw.toFixed(2),
        'of COPY': ofCopy.toFixed(2),
      })),
    );
    console.log(`50 writers, one event a call: ${whole(fiftyWriters)} events/s`);
    const { text, parsed } = await measureScan(database);
    console.log(`scan: ${whole(text)} events/s, with data parsed ${whole(parsed)} events/s`);
  } finally {
    await database.close();
  }
};
