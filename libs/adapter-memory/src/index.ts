export { memoryCellStore } from './cell-store.js';
export { memoryLedger } from './ledger.js';
export { memoryChannel, type MemoryChannelOptions } from './channel.js';
export { memoryQuarantine } from './quarantine.js';
