export * from './cell-store.js';
export * from './dataflow.js';
export * from './delta-sum.js';
export * from './engine.js';
export * from './entity-filter.js';
export * from './fold.js';
export * from './rebuild.js';
export * from './roll-up.js';
