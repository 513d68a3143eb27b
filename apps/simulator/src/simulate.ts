import { formatMonth } from '@karnama/kernel';
import { brokenValues } from './broken-values.js';
import { movementRecord, openingStockRecords, retractionRecord } from './contract-records.js';
import type { MovementRecord, OpeningStockRecord, RetractionRecord } from './contract-records.js';
import { deliveries } from './deliveries.js';
import type { Delivery } from './deliveries.js';
import { checkOptions } from './options.js';
import type { Options, SimulationOptions } from './options.js';
import { randomOf } from './random.js';
import { truthOf } from './truth.js';
import type { Truth } from './truth.js';

/** What agencies deliver in one month of reporting. */
export type SimulatedMonth = {
  readonly month: string;
  /** Declared in `month`: on time, then late. Every one is sound. */
  readonly movements: readonly MovementRecord[];
  /** Retracted in `month`: records of earlier months with the same attributes. */
  readonly retractions: readonly RetractionRecord[];
  /** Further values of the stream `movements` that are broken and must be quarantined. */
  readonly broken: readonly string[];
};

/** A simulation: its reporting months in order, made one at a time while it is iterated (each time anew). */
export type Simulation = Iterable<SimulatedMonth> & {
  /** Opening stocks of the country and each province, to be delivered before the first month. */
  readonly openingStock: readonly OpeningStockRecord[];
  /** The figures that follow, counted apart from the records. Takes about as long as an iteration. */
  readonly truth: () => Truth;
};

/** The stream of randomness that damages records: apart from those of all provinces (0–30). */
const brokenStream = 1000;

const simulatedMonth = ({ seed }: Options, { month, declared, retracted }: Delivery): SimulatedMonth => {
  const movements = declared.map(movementRecord);
  return {
    month: formatMonth(month),
    movements,
    retractions: retracted.map(retractionRecord),
    broken: brokenValues(randomOf(seed, month, brokenStream), month, movements),
  };
};

/**
 * A small reproducible country: declared movements of Iran's 31 provinces in Jalali months, as contract
 * records by month of reporting, with late declarations, retractions and a few broken values. About
 * 2,000 records a month at scale 1; memory holds one month and what waits for later ones.
 * @throws KarnamaError `bad-month`, `bad-simulation`
 */
export const simulateMovements = (request: SimulationOptions): Simulation => {
  const options = checkOptions(request);
  return {
    openingStock: openingStockRecords(options),
    truth: () => truthOf(options),
    *[Symbol.iterator]() {
      for (const delivery of deliveries(options)) yield simulatedMonth(options, delivery);
    },
  };
};
