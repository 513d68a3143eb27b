export { configOf, type ProjectorConfig } from './config.js';
export { startProjector } from './start.js';
