import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { createDatabase, startEphemeralPostgres, type PostgresServer } from '@karnama/embedded-postgres';

/** A PostgreSQL server for the tests of one `describe`. */
export type TestPostgres = {
  /** Creates an empty database of its own and gives its connection URL. */
  freshDatabase(): Promise<string>;
};

/**
 * Starts one real throw-away PostgreSQL server before the tests of the enclosing `describe` and stops it
 * after them. Call it at the top of the `describe`; ask for databases inside the tests or their hooks.
 */
export const usePostgres = (): TestPostgres => {
  let server: PostgresServer | undefined;
  beforeAll(async () => {
    server = await startEphemeralPostgres();
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
  }, 60_000);
  return {
    freshDatabase: () => {
      if (server === undefined) throw new Error('freshDatabase() is for tests and hooks, after beforeAll');
      return createDatabase(server.url, `test_${randomBytes(8).toString('hex')}`);
    },
  };
};
