export * from './decimal.js';
export * from './epoch.js';
export * from './errors.js';
export * from './event.js';
export * from './key-hash.js';
export * from './label.js';
export * from './month.js';
