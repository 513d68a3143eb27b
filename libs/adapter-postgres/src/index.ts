export { openDatabase, type Database, type DatabaseOptions } from './database.js';
export { postgresLedger, type LedgerOptions, type PostgresLedger } from './ledger.js';
export { postgresCellStore } from './cells/cell-store.js';
export { postgresChannel, type ChannelOptions, type PostgresChannel } from './channel.js';
export { postgresQuarantine } from './quarantine.js';
export {
  postgresWebhooks,
  type Delivery,
  type DueDelivery,
  type Webhook,
  type WebhookStanding,
  type WebhookStore,
} from './webhooks.js';
