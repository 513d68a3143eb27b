import { describe } from '@jest/globals';
import { ledgerContract, usePostgres } from '@karnama/conformance';
import { openDatabase } from './database.js';
import { postgresLedger } from './ledger.js';

describe('on a real server', () => {
  const postgres = usePostgres();

  ledgerContract('postgres', async () => {
    const database = await openDatabase(await postgres.freshDatabase());
    // so long that a test which waits for the poll instead of the notification fails
    return { ledger: postgresLedger(database, { pollMs: 60_000 }), close: database.close };
  });
});
