import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { usePostgres } from '@karnama/conformance';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import { openDatabase, type Database } from './database.js';

describe('the database', () => {
  const postgres = usePostgres();
  let url: string;
  let database: Database;
  beforeEach(async () => {
    url = await postgres.freshDatabase();
    database = await openDatabase(url, { poolSize: 3, applicationName: 'karnama-spec' });
  }, 60_000);
  afterEach(() => database.close());

  const one = async <T>(sql: string, values: unknown[] = []): Promise<T | undefined> => {
    const { rows } = await database.withClient((client) => client.query<{ value: T }>(sql, values));
    return rows[0]?.value;
  };

  it('is migrated once, however many programs start at the same moment', async () => {
    const fresh = await postgres.freshDatabase();
    const opened = await Promise.all(Array.from({ length: 4 }, () => openDatabase(fresh, { poolSize: 2 })));
    const migrations = await opened[0]?.dataSource.query<{ name: string }[]>(
      'SELECT name FROM schema_migration',
    );
    expect(new Set(migrations?.map(({ name }) => name)).size).toBe(migrations?.length);
    expect(migrations?.length).toBeGreaterThan(1);
    await Promise.all(opened.map((other) => other.close()));
  });

  it('can undo every migration', async () => {
    for (const _ of database.dataSource.migrations) await database.dataSource.undoLastMigration();
    const left = `SELECT count(*)::int AS value FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname = 'public' AND c.relkind IN ('r', 'S') AND c.relname NOT LIKE 'schema_migration%'`;
    expect(await one<number>(left)).toBe(0);
  });

  it('hands out int8 as text that loses no digit', async () => {
    expect(await one<string>('SELECT 9223372036854775807::int8 AS value')).toBe('9223372036854775807');
  });

  it('says who it is', async () => {
    expect(await one<string>(`SELECT current_setting('application_name') AS value`)).toBe('karnama-spec');
  });

  it('keeps what a transaction did, or nothing of it', async () => {
    await database.withClient((client) => client.query('CREATE TABLE note (n integer PRIMARY KEY)'));
    await database.transaction((client) => client.query('INSERT INTO note VALUES (1)'));
    const failed = database.transaction(async (client) => {
      await client.query('INSERT INTO note VALUES (2)');
      throw new KarnamaError('changed-my-mind', 'no');
    });
    await expect(failed).rejects.toMatchObject({ code: 'changed-my-mind' });
    expect(await one<number>('SELECT count(*)::int AS value FROM note')).toBe(1);
  });

  it('tells a refused statement from a database that does not answer', async () => {
    const refused = one('SELECT * FROM no_such_table');
    await expect(refused).rejects.toMatchObject({ name: 'KarnamaError', code: 'database-refused' });
    const late = database.transaction(async (client) => {
      await client.query(`SET LOCAL statement_timeout = '20ms'`);
      await client.query('SELECT pg_sleep(10)');
    });
    await expect(late).rejects.toBeInstanceOf(Unavailable);
  });

  it('lets an error that is not the driver’s pass as it is', async () => {
    const mine = new TypeError('a mistake in the caller');
    await expect(database.withClient(() => Promise.reject(mine))).rejects.toBe(mine);
  });

  it('is unavailable, and not broken, when the server ends its connections', async () => {
    const ended = database.transaction(async (client) => {
      await client.query('SELECT pg_terminate_backend(pg_backend_pid())');
    });
    await expect(ended).rejects.toBeInstanceOf(Unavailable);
    const idle = `SELECT count(pg_terminate_backend(pid))::int AS value FROM pg_stat_activity
                   WHERE datname = current_database() AND pid <> pg_backend_pid()`;
    await database
      .withClient(async (lent) => {
        await one(idle); // ends the lent connection, among others, between two of its queries
        await expect(lent.query('SELECT 1')).rejects.toThrow();
      })
      .catch((error: unknown) => expect(error).toBeInstanceOf(Unavailable));
    // the pool hears of each lost connection in its own time; none is lent for ever
    for (let answer: number | undefined; answer !== 1;)
      answer = await one<number>('SELECT 1 AS value').catch((error: unknown) => {
        expect(error).toBeInstanceOf(Unavailable);
        return 0;
      });
  });

  it('is unavailable when nobody listens at the address', async () => {
    await expect(openDatabase('postgres://nobody@127.0.0.1:1/nothing')).rejects.toBeInstanceOf(Unavailable);
  });

  it('is refused with the server’s reason when the database is not there', async () => {
    const other = url.replace(/[^/]+$/, 'no_such_database');
    await expect(openDatabase(other)).rejects.toMatchObject({ code: 'database-refused' });
  });

  it('is unavailable once it is closed, and may be closed twice', async () => {
    await database.close();
    await database.close();
    await expect(one('SELECT 1 AS value')).rejects.toBeInstanceOf(Unavailable);
  });
});
