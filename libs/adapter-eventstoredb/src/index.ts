export { eventStoreLedger, type EventStoreLedger } from './ledger.js';
export type { EventStoreOptions, Trouble } from './options.js';
export { isFatalClientError } from './client-errors.js';
