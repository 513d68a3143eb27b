export * from './contract.js';
export * from './event-shapes.js';
export * from './load-contracts.js';
export * from './mask.js';
export * from './problem.js';
export { ruleNames } from './rules.js';
