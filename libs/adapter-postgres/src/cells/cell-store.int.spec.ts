import { cellStoreContract, usePostgres } from '@karnama/conformance';
import { openDatabase } from '../database.js';
import { postgresCellStore } from './cell-store.js';

const postgres = usePostgres();

cellStoreContract('PostgreSQL', async () => {
  const database = await openDatabase(await postgres.freshDatabase());
  return { store: postgresCellStore(database), close: () => database.close() };
});
