export { openDatabase, type Database, type DatabaseOptions } from './database.js';
export { postgresLedger, type LedgerOptions, type PostgresLedger } from './ledger.js';
export { postgresCellStore } from './cells/cell-store.js';
export { postgresChannel, type ChannelOptions, type PostgresChannel } from './channel.js';
export { postgresQuarantine } from './quarantine.js';
