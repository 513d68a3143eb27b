export * from './config.js';
export * from './health.js';
export * from './problem.js';
export * from './problem-filter.js';
