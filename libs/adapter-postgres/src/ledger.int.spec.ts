import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { usePostgres } from '@karnama/conformance';
import { Unavailable, type NewEvent } from '@karnama/kernel';
import type { LedgerPage } from '@karnama/ledger';
import type { Client } from 'pg';
import { openDatabase, type Database } from './database.js';
import { postgresLedger, type PostgresLedger } from './ledger.js';

const idOf = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
const event = (n: number, type = 'Noted'): NewEvent => ({
  id: idOf(n),
  type,
  data: { n },
  metadata: { schemaVersion: 1, receivedAt: '2026-01-01T00:00:00.000Z' },
});

/** The append as another program would do it, in whatever transaction the session has open. */
const appendBy = (session: Client, stream: string, n: number) =>
  session.query(
    `SELECT * FROM ledger_append(0, ARRAY[$1], ARRAY[-2]::bigint[], ARRAY[1], ARRAY[1], ARRAY[1],
            ARRAY[(SELECT type_id FROM ledger_type WHERE name = 'Noted')], ARRAY[$2::uuid],
            ARRAY[$3], ARRAY['{"schemaVersion":1,"receivedAt":"2026-01-01T00:00:00.000Z"}'])`,
    [stream, idOf(n), JSON.stringify({ n })],
  );

const numbers = (pages: readonly LedgerPage[]) =>
  pages.flatMap((page) => page.events.map((read) => (read.data as { n: number }).n));

describe('the ledger in PostgreSQL', () => {
  const postgres = usePostgres();
  let database: Database;
  let ledger: PostgresLedger;
  beforeAll(async () => {
    database = await openDatabase(await postgres.freshDatabase(), { applicationName: 'karnama-ledger-spec' });
  }, 60_000);
  afterAll(() => database.close());
  beforeEach(async () => {
    await database.dataSource.query('TRUNCATE ledger_event, ledger_stream, ledger_type RESTART IDENTITY');
    ledger = postgresLedger(database, { pollMs: 50 });
  });

  /** Until so many of the database's sessions wait for a lock. */
  const waiting = async (count: number): Promise<void> => {
    const sql = `SELECT count(*)::int AS n FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
                  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    for (;;) {
      const { rows } = await database.withClient((client) => client.query<{ n: number }>(sql));
      if (rows[0]?.n === count) return;
    }
  };

  /** Follows the ledger from the beginning until `count` events have come. */
  const follow = async (count: number): Promise<readonly LedgerPage[]> => {
    const stop = new AbortController();
    const pages: LedgerPage[] = [];
    for await (const page of ledger.subscribe({ after: 0n, filter: {}, limit: 10, signal: stop.signal })) {
      pages.push(page);
      if (numbers(pages).length >= count) stop.abort();
    }
    return pages;
  };

  it('never lets a reader skip the event of a writer that commits late', async () => {
    await ledger.append([{ stream: 'first', expected: 'no-stream', events: [event(1)] }]);
    const [slow, quick] = [await database.openSession(), await database.openSession()];
    try {
      const following = follow(3);
      await slow.query('BEGIN');
      await appendBy(slow, 'slow', 2); // has its position now, and does not commit
      await quick.query('BEGIN');
      const appended = appendBy(quick, 'quick', 3).then(() => quick.query('COMMIT'));
      await waiting(1); // the quick one may not have a position before the slow one is done
      expect(await ledger.head()).toBe(1n);
      expect(numbers([await ledger.readAll(0n, {}, 10)])).toEqual([1]);
      await slow.query('COMMIT');
      await appended;
      expect(numbers(await following)).toEqual([1, 2, 3]);
      expect(numbers([await ledger.readAll(1n, {}, 10)])).toEqual([2, 3]);
    } finally {
      await slow.end();
      await quick.end();
    }
  });

  it('leaves no trace of a writer that never commits', async () => {
    await ledger.append([{ stream: 'first', expected: 'no-stream', events: [event(1)] }]);
    const slow = await database.openSession();
    await slow.query('BEGIN');
    await appendBy(slow, 'slow', 2);
    const next = ledger.append([{ stream: 'next', expected: 'no-stream', events: [event(3)] }]);
    await waiting(1);
    await slow.end(); // as when the writer's process dies
    expect(await next).toMatchObject([{ revision: 0n, position: 2n }]);
    expect(numbers([await ledger.readAll(0n, {}, 10)])).toEqual([1, 3]);
    expect(await ledger.lastEvent('slow')).toBeUndefined();
  });

  it('fails loudly when another writer holds the ledger too long', async () => {
    await ledger.append([{ stream: 'first', expected: 'no-stream', events: [event(1)] }]);
    const impatient = postgresLedger(database, { lockTimeoutMs: 50 });
    const stuck = await database.openSession();
    await stuck.query('BEGIN');
    await appendBy(stuck, 'stuck', 2);
    const refused = impatient.append([{ stream: 'next', expected: 'no-stream', events: [event(3)] }]);
    await expect(refused).rejects.toBeInstanceOf(Unavailable);
    await stuck.end();
    const retried = await impatient.append([{ stream: 'next', expected: 'no-stream', events: [event(3)] }]);
    expect(retried).toMatchObject([{ revision: 0n, repeated: false }]);
  });

  it('stores calls that wait at the same moment in few transactions', async () => {
    await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        ledger.append([{ stream: `case-${n}`, expected: 'no-stream', events: [event(n)] }]),
      ),
    );
    const sql =
      'SELECT count(*)::int AS events, count(DISTINCT xmin::text)::int AS transactions FROM ledger_event';
    const [row] = await database.dataSource.query<{ events: number; transactions: number }[]>(sql);
    expect(row?.events).toBe(200);
    expect(row?.transactions).toBeLessThan(10);
  });

  it('lets a call that the server refuses not take with it those that it waited with', async () => {
    const results = await Promise.allSettled(
      ['a', 'b', 'c', 'with a \u0000 in it', 'd', 'e'].map((stream, n) =>
        ledger.append([{ stream, expected: 'no-stream', events: [event(n)] }]),
      ),
    );
    expect(results.map((result) => result.status)).toEqual([
      ...Array.from({ length: 3 }, () => 'fulfilled'),
      'rejected',
      ...Array.from({ length: 2 }, () => 'fulfilled'),
    ]);
    expect(numbers([await ledger.readAll(0n, {}, 10)])).toHaveLength(5);
  });

  it('counts positions and revisions beyond 2^53 without losing one', async () => {
    await ledger.append([{ stream: 'old', expected: 'no-stream', events: [event(1)] }]);
    await database.dataSource.query(
      'UPDATE ledger_event SET position = 9007199254740992, revision = 9007199254740992',
    );
    await database.dataSource.query('UPDATE ledger_stream SET revision = 9007199254740992');
    const appended = await ledger.append([
      { stream: 'old', expected: 2n ** 53n, events: [event(2), event(3)] },
    ]);
    expect(appended).toMatchObject([{ revision: 2n ** 53n + 2n, position: 2n ** 53n + 2n }]);
    const page = await ledger.readAll(2n ** 53n, {}, 1);
    expect(page).toMatchObject({
      position: 2n ** 53n + 1n,
      events: [{ position: 2n ** 53n + 1n }],
      caughtUp: false,
    });
    const repeated = await ledger.append([
      { stream: 'old', expected: 2n ** 53n, events: [event(2), event(3)] },
    ]);
    expect(repeated).toEqual([{ ...appended[0], repeated: true }]);
  });

  it('follows on after the connection for notifications was lost', async () => {
    const following = follow(3);
    await ledger.append([{ stream: 'a', expected: 'any', events: [event(1)] }]);
    const ended = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                    WHERE datname = current_database() AND query LIKE 'LISTEN%'`;
    for (let found = 0; found === 0; found = (await database.dataSource.query<unknown[]>(ended)).length);
    await ledger.append([{ stream: 'a', expected: 'any', events: [event(2)] }]);
    await ledger.append([{ stream: 'a', expected: 'any', events: [event(3)] }]);
    expect(numbers(await following)).toEqual([1, 2, 3]);
  });

  it('passes over long stretches without a match page by page, and scans to the head', async () => {
    await ledger.append([
      { stream: 'rare', expected: 'any', events: [event(1, 'Rare'), event(2, 'Common')] },
    ]);
    await database.dataSource.query(`
      INSERT INTO ledger_event
      SELECT n, 9, n, (SELECT type_id FROM ledger_type WHERE name = 'Common'), gen_random_uuid(), '{"n":0}', '{}'
        FROM generate_series(3, 120000) n`);
    await ledger.append([{ stream: 'rare', expected: 'any', events: [event(3, 'Rare')] }]);
    const pages: LedgerPage[] = [];
    for await (const page of ledger.scan(0n, { types: ['Rare'] }, 500)) pages.push(page);
    expect(numbers(pages)).toEqual([1, 3]);
    expect(pages.length).toBeGreaterThan(1);
    expect(pages.at(-1)).toMatchObject({ position: 120_001n, caughtUp: true });
  });
});
