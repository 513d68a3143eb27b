import { afterAll, beforeAll, describe } from '@jest/globals';
import { ledgerContract, usePostgres } from '@karnama/conformance';
import { openDatabase, type Database } from './database.js';
import { postgresLedger } from './ledger.js';

describe('on a real server', () => {
  const postgres = usePostgres();
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase(await postgres.freshDatabase());
  }, 60_000);
  afterAll(() => database.close());

  ledgerContract('PostgreSQL', async () => {
    await database.dataSource.query('TRUNCATE ledger_event, ledger_stream, ledger_type RESTART IDENTITY');
    // polled so rarely that a subscription which misses its notification fails the suite
    return { ledger: postgresLedger(database, { pollMs: 60_000 }), close: async () => undefined };
  });
});
