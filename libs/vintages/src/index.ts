export * from './punctuality.js';
export * from './releases.js';
export * from './revisions.js';
export * from './seal.js';
