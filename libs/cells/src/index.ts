export * from './dataflow.js';
export * from './cell-store.js';
