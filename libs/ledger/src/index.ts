export * from './check-writes.js';
export * from './ledger.js';
