export { claimDataDir, type DataDirClaim, type HostRecord } from './claim.js';
export { createDatabase } from './create-database.js';
export { openDataDir, type OpenDataDir, type OpenDataDirOptions } from './data-dir.js';
export { startEphemeralPostgres } from './ephemeral.js';
export type { PostgresServer, ServerExit } from './server.js';
export { startPostgres, type StartPostgresOptions } from './start-postgres.js';
