import { getEventListeners, once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { usePostgres } from '@karnama/conformance';
import { Unavailable } from '@karnama/kernel';
import { projections } from '@karnama/statistics';
import { Client } from 'pg';
import { openDatabase, type Database } from '../database.js';
import { translated } from '../driver-errors.js';
import { holdProjection } from './hold.js';

const [projection] = projections;
if (projection === undefined) throw new Error('there are projections');

describe('holding a projection', () => {
  const postgres = usePostgres();
  let database: Database;
  const ending = new AbortController();
  beforeEach(async () => {
    database = await openDatabase(await postgres.freshDatabase(), { poolSize: 2 });
  }, 60_000);
  afterEach(() => database.close());

  const waiting = (): Promise<number> =>
    database.withClient(async (client) => {
      const { rows } = await client.query<{ waiting: number }>(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity
         WHERE datname = current_database() AND query LIKE 'SELECT pg_try_advisory_lock%'`,
      );
      return rows[0]?.waiting ?? 0;
    });

  const cutSessions = (): Promise<unknown> =>
    database.withClient((client) =>
      client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND query LIKE 'SELECT pg_try_advisory_lock%'`,
      ),
    );

  it('is unavailable, and not broken, when the connection is lost while another one holds it', async () => {
    const hold = await holdProjection(database, projection, ending.signal);
    const outcome = holdProjection(database, projection, ending.signal).catch((error: unknown) => error);
    while ((await waiting()) < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    await cutSessions();
    expect(await outcome).toBeInstanceOf(Unavailable);
    await hold?.release();
  }, 30_000);

  it('leaves nothing behind with the signal, however long it waits', async () => {
    const hold = await holdProjection(database, projection, ending.signal);
    const stopping = new AbortController();
    const outcome = holdProjection(database, projection, stopping.signal);
    await new Promise((resolve) => setTimeout(resolve, 1_700));
    expect(getEventListeners(stopping.signal, 'abort').length).toBeLessThanOrEqual(1);
    stopping.abort();
    expect(await outcome).toBeUndefined();
    await hold?.release();
  }, 30_000);

  it('is unavailable when a server lets connections in and says nothing', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    const session = new Client({ host: '127.0.0.1', port, connectionTimeoutMillis: 300 });
    try {
      const refusal: unknown = await session.connect().catch((error: unknown) => error);
      expect(translated(refusal)).toBeInstanceOf(Unavailable);
    } finally {
      silent.close();
    }
  }, 30_000);
});
