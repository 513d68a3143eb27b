export * from './decimal.js';
export * from './errors.js';
export * from './event.js';
export * from './label.js';
export * from './month.js';
