export { eventStoreLedger, type EventStoreLedger } from './ledger.js';
export type { EventStoreOptions, Trouble } from './options.js';
export { isFatalClientError } from './client-errors.js';
export { checkStanding, standingAt, type KeptStanding } from './standing.js';
