export * from './load-packs.js';
export * from './pack-files.js';
