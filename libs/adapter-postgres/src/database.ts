import 'reflect-metadata';
import { KarnamaError } from '@karnama/kernel';
import { Client, type ClientConfig, type Pool, type PoolClient } from 'pg';
import { DataSource } from 'typeorm';
import { ADVISORY_LOCKS } from './advisory-locks.js';
import { breaksConnection, translated } from './driver-errors.js';
import { MIGRATIONS } from './migrations/migrations.js';
import { wakeups, type Wake, type WakeupChannel } from './wakeups.js';

/**
 * A PostgreSQL database with Karnama's schema in it. Errors of the driver come out as
 * `Unavailable` (the same call may be made again) or `KarnamaError`; errors thrown by `work` itself
 * come out as they are.
 */
export type Database = {
  readonly url: string;
  readonly dataSource: DataSource;
  /** Lends a pooled connection. int8 columns arrive as decimal text: give them to `BigInt`. */
  withClient<T>(work: (client: PoolClient) => Promise<T>): Promise<T>;
  /** BEGIN … COMMIT on one connection; ROLLBACK when `work` throws. */
  transaction<T>(work: (client: PoolClient) => Promise<T>): Promise<T>;
  /** A connection outside the pool, for LISTEN and session locks. The caller ends it. */
  openSession(): Promise<Client>;
  /** Calls `wake` when the server notifies: a hint to look now, beside looking from time to time. Returns how to stop. */
  listen(channel: WakeupChannel, wake: Wake): () => void;
  close(): Promise<void>;
};

export type DatabaseOptions = {
  /** Connections of the pool. Default 10. */
  readonly poolSize?: number;
  /** As seen in pg_stat_activity. Default `karnama`. */
  readonly applicationName?: string;
};

const CONNECT_TIMEOUT_MS = 10_000;

const settingsOf = (url: string, options: DatabaseOptions): ClientConfig => ({
  connectionString: url,
  application_name: options.applicationName ?? 'karnama',
  connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  keepAlive: true,
  // compiling a statement that touches a few thousand rows costs more than running it
  options: '-c jit=off',
});

const dataSourceOf = (url: string, options: DatabaseOptions): DataSource =>
  new DataSource({
    type: 'postgres',
    url,
    poolSize: options.poolSize ?? 10,
    extra: settingsOf(url, options),
    installExtensions: false,
    entities: [],
    migrations: [...MIGRATIONS],
    migrationsTableName: 'schema_migration',
    // a pooled connection that breaks while idle is replaced by the pool; there is nothing to report
    poolErrorHandler: () => undefined,
  });

/** The pool that TypeORM keeps; it is the one place where TypeORM and raw clients meet. */
const poolOf = (dataSource: DataSource): Pool => (dataSource.driver as unknown as { master: Pool }).master;

const lend = async <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  let broken: Error | undefined;
  const onError = (error: Error) => (broken = error);
  let client: PoolClient | undefined;
  try {
    client = await pool.connect();
    client.on('error', onError); // a lent connection that breaks between two queries must not end the process
    return await work(client);
  } catch (error) {
    if (breaksConnection(error)) broken = error as Error;
    throw translated(error);
  } finally {
    client?.off('error', onError);
    client?.release(broken);
  }
};

const inTransaction = async <T>(client: PoolClient, work: (client: PoolClient) => Promise<T>): Promise<T> => {
  await client.query('BEGIN');
  try {
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // the first error is the one worth telling; a connection that cannot roll back is thrown away by `lend`
    if (!breaksConnection(error)) await client.query('ROLLBACK');
    throw error;
  }
};

const migrate = (dataSource: DataSource): Promise<void> =>
  lend(poolOf(dataSource), async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [ADVISORY_LOCKS.migrations]);
    try {
      await dataSource.runMigrations({ transaction: 'each' });
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [ADVISORY_LOCKS.migrations]);
    }
  });

const openSession = async (url: string, options: DatabaseOptions): Promise<Client> => {
  const client = new Client(settingsOf(url, options));
  client.on('error', () => undefined); // the owner hears of it by the `end` event
  try {
    await client.connect();
    return client;
  } catch (error) {
    throw translated(error);
  }
};

/**
 * Connects, and brings the schema up to date; when several programs start at once, one does it.
 * @throws Unavailable when the server cannot be reached
 * @throws KarnamaError `database-refused` when it lets us not in or a migration fails
 */
export const openDatabase = async (url: string, options: DatabaseOptions = {}): Promise<Database> => {
  if ((options.poolSize ?? 10) < 2)
    throw new KarnamaError('pool-too-small', 'the pool needs at least 2 connections');
  const dataSource = dataSourceOf(url, options);
  try {
    await dataSource.initialize();
    await migrate(dataSource);
  } catch (error) {
    if (dataSource.isInitialized) await dataSource.destroy();
    throw translated(error);
  }
  const pool = poolOf(dataSource);
  const notifications = wakeups(() => openSession(url, options));
  return {
    url,
    dataSource,
    withClient: (work) => lend(pool, work),
    transaction: (work) => lend(pool, (client) => inTransaction(client, work)),
    openSession: () => openSession(url, options),
    listen: notifications.listen,
    close: async () => {
      await notifications.close();
      if (dataSource.isInitialized) await dataSource.destroy();
    },
  };
};
