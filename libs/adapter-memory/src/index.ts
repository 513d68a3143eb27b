export { memoryCellStore } from './cell-store.js';
export { memoryLedger } from './ledger.js';
