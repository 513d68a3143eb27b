/** Follows one part of the movements up to the ledger's head and tells what it took: `url part parts batch`. */
import { once } from 'node:events';
import { openDatabase, postgresCellStore, postgresLedger } from '@karnama/adapter-postgres';
import { countPages, filterOf, pagesBehind } from '@karnama/cells';
import { movementsProjection } from '@karnama/statistics';

const [url, part, parts, batch] = process.argv.slice(2);
const own = { part: Number(part), parts: Number(parts) };
const database = await openDatabase(url, { poolSize: 3 });
const ledger = postgresLedger(database);
const store = postgresCellStore(database);
const generation = await store.open(movementsProjection);
const from = await store.checkpoint(generation, own);
process.send('ready');
await once(process, 'message');
const before = process.cpuUsage();
const pages = pagesBehind(ledger, from.position, filterOf(movementsProjection), Number(batch));
await countPages({ store, generation, part: own, from, pages });
const { user, system } = process.cpuUsage(before);
process.send({ cpuSeconds: (user + system) / 1e6 });
await database.close();
process.disconnect();
