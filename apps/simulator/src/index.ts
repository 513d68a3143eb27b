export type { MovementRecord, OpeningStockRecord, RetractionRecord } from './contract-records.js';
export type { SimulationOptions } from './options.js';
export { simulateMovements } from './simulate.js';
export type { SimulatedMonth, Simulation } from './simulate.js';
export type { TrueFigure, Truth } from './truth.js';
