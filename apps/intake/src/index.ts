export { configOf, type IntakeConfig } from './config.js';
export { startIntake } from './start.js';
