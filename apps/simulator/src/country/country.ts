import { setImmediate as breathe } from 'node:timers/promises';
import { formatMonth, type Month } from '@karnama/kernel';
import { randomOf, type Random } from '../random.js';
import { recordsOf } from './fates.js';
import { diskStore, memoryStore, type MonthStore } from './month-store.js';
import { checkCountry, type Country, type CountryOptions } from './options.js';
import { chunksOf, fullSize, type Chunk } from './plan.js';
import type { SimulatedRecord } from './records.js';
import { parcelsOf, shipmentIn, type Parcel, type Shipment } from './shipments.js';
import { worldOf } from './world.js';

/** What all agencies deliver in one month, shuffled; to be taken once, in order. */
export type CountryMonth = {
  readonly month: string;
  /** Number of deliveries. */
  readonly count: number;
  readonly batches: () => Iterable<readonly Shipment[]>;
};

/** The records of one chunk, made anew each time. */
export const recordsOfChunk = (country: Country, chunk: Chunk): Generator<SimulatedRecord> => {
  const { told, ids } = worldOf(country, chunk);
  return recordsOf(country, chunk.index, told, ids);
};

/** Deliveries of a month are kept in portions of about so many and shuffled within each. */
const portionSize = 60_000;

/** A country that makes fewer job-months is kept in memory. */
const smallCountry = 400_000;

const [portionStream, shuffleStream, batchSize] = [0x706f7274, 0x73687566, 2000];

/** Fisher and Yates. */
const shuffle = <T>(random: Random, list: T[]): T[] => {
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = random.between(0, i);
    [list[i], list[j]] = [list[j] as T, list[i] as T];
  }
  return list;
};

function* batchesOf(country: Country, month: Month, list: readonly Parcel[]): Generator<readonly Shipment[]> {
  const shipment = shipmentIn(country, month);
  for (let at = 0; at < list.length; at += batchSize) yield list.slice(at, at + batchSize).map(shipment);
}

const fill = async (country: Country, store: MonthStore, portions: number): Promise<void> => {
  for (const chunk of chunksOf(country)) {
    const random = randomOf(country.seed, chunk.index, portionStream);
    for (const record of recordsOfChunk(country, chunk))
      for (const [month, parcel] of parcelsOf(country, record))
        store.put(month, portions === 1 ? 0 : random.between(0, portions - 1), parcel);
    await breathe();
  }
};

/**
 * What the agencies of a reproducible country deliver, month after month; the first month brings what
 * existed before it. Memory holds one chunk (some thousand jobs) and one portion of a month; a larger
 * country waits in temporary files.
 * @throws KarnamaError `bad-month`, `bad-simulation`
 */
export async function* countryMonths(options: CountryOptions): AsyncGenerator<CountryMonth> {
  const country = checkCountry(options);
  const jobs = fullSize.jobs * country.scale;
  const small = jobs * (country.last - country.first + 1) <= smallCountry;
  const portions = small ? 1 : Math.ceil(jobs / portionSize);
  const store = small ? memoryStore() : diskStore();
  try {
    await fill(country, store, portions);
    for (let month = country.first; month <= country.last; month += 1)
      yield {
        month: formatMonth(month),
        count: store.count(month),
        *batches() {
          for (let portion = 0; portion < portions; portion += 1) {
            const random = randomOf(country.redelivery ?? country.seed, month, shuffleStream, portion);
            yield* batchesOf(country, month, shuffle(random, store.take(month, portion)));
          }
        },
      };
  } finally {
    store.close();
  }
}
