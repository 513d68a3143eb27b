import { randomUUID } from 'node:crypto';
import type { ChannelRecord } from '@karnama/intake';
import { countryMonths, simulateMovements, type CountryOptions, type Shipment } from '@karnama/simulator';
import { handleEpochCommand, readEpochs } from '@karnama/vintages';
import { topicPrefix } from './workers.js';
import type { Footing } from './footing.js';

/** A country with all its registers, and the declared movements beside them. */
export type PlayOptions = CountryOptions & {
  /** Size of the movements, of which 1 is about 2,000 records a month; 0: none. Default: 1. */
  readonly movements?: number;
  /** Records a second to publish at most; default: as fast as they are taken in. */
  readonly rate?: number;
};

/** What a newcomer sees: two years of a small country, the same on every machine. */
export const sampleOptions: PlayOptions = { seed: 1403, from: '1403-01', months: 24, scale: 0.00005 };

/** What a month brought in. */
export type OnMonth = (month: string, records: number) => void;

type Run = {
  readonly footing: Footing;
  readonly signal: AbortSignal;
  /** Waits as the asked rate wants after so many records. */
  readonly paced: (records: number) => Promise<void>;
};

const agency = 'labour-ministry';
const batch = 500;

/** Publishes records of one contract as a numbered producer, so that a second run adds nothing. */
const publish = async (
  { footing, paced }: Run,
  contract: string,
  run: string,
  values: readonly string[],
): Promise<number> => {
  const topic = `${topicPrefix}${agency}.${contract}`;
  for (let from = 0; from < values.length; from += batch) {
    const records = values.slice(from, from + batch).map((value, i): ChannelRecord => ({
      key: null,
      value,
      headers: { contract, 'contract-version': '1', 'record-id': `${run}:${from + i + 1}`, submission: run },
    }));
    await footing.channel.publish(topic, records, { id: `${run}/${contract}`, sequence: from });
    await paced(records.length);
  }
  return values.length;
};

const paceOf = (rate: number | undefined, signal: AbortSignal): ((records: number) => Promise<void>) => {
  const began = performance.now();
  let sent = 0;
  return async (records) => {
    sent += records;
    if (rate === undefined) return;
    const early = (sent / rate) * 1000 - (performance.now() - began);
    if (early > 0 && !signal.aborted) await new Promise((done) => setTimeout(done, Math.min(early, 60_000)));
  };
};

/** The declared movements of each month, by month. */
const movementsOf = ({ seed, from, months, movements = 1 }: PlayOptions) => {
  if (movements === 0) return null;
  return simulateMovements({ seed, from, months, scale: movements });
};

const byTopic = (shipments: readonly Shipment[]): ReadonlyMap<string, Shipment[]> => {
  const topics = new Map<string, Shipment[]>();
  for (const shipment of shipments) {
    const topic = `${topicPrefix}${shipment.agency}.${shipment.contract}`;
    const list = topics.get(topic);
    if (list === undefined) topics.set(topic, [shipment]);
    else list.push(shipment);
  }
  return topics;
};

const publishShipments = async (
  { footing, signal, paced }: Run,
  run: string,
  batches: Iterable<readonly Shipment[]>,
): Promise<void> => {
  const sequences = new Map<string, number>();
  for (const shipments of batches) {
    if (signal.aborted) return;
    for (const [topic, records] of byTopic(shipments)) {
      const sequence = sequences.get(topic) ?? 0;
      await footing.channel.publish(topic, records, { id: `${run}/${topic}`, sequence });
      sequences.set(topic, sequence + records.length);
    }
    await paced(shipments.length);
  }
};

/**
 * Plays a simulated country: month after month what its agencies deliver, each month closed by a release
 * of its name. May be stopped and run again: nothing is published or cut twice.
 * @param settled waits until what was published is in the ledger at least; a month's release is cut after it
 */
export const playSimulation = async (
  footing: Footing,
  settled: () => Promise<void>,
  options: PlayOptions,
  signal: AbortSignal,
  onMonth?: OnMonth,
): Promise<void> => {
  const run: Run = { footing, signal, paced: paceOf(options.rate, signal) };
  const name = `simulated-${options.seed}`;
  const done = new Set((await readEpochs(footing.ledger)).releases.map((release) => release.name));
  const movements = movementsOf(options);
  if (movements !== null) {
    const opening = movements.openingStock.map((record) => JSON.stringify(record));
    await publish(run, 'movement-totals', `${name}-opening`, opening);
  }
  const declared = movements?.[Symbol.iterator]();
  for await (const { month, count, batches } of countryMonths(options)) {
    if (signal.aborted) return;
    const submission = `${name}-${month}`;
    const next = declared?.next();
    let records = count;
    if (next !== undefined && next.done !== true) {
      const { movements: sound, retractions, broken } = next.value;
      const values = [...sound.map((record) => JSON.stringify(record)), ...broken];
      records += await publish(run, 'movements', submission, values);
      const undone = retractions.map((record) => JSON.stringify(record));
      records += await publish(run, 'movement-retractions', submission, undone);
    }
    await publishShipments(run, submission, batches());
    await settled();
    if (signal.aborted) return;
    if (!done.has(month))
      await handleEpochCommand(
        footing.ledger,
        { type: 'CutRelease', name: month, at: new Date().toISOString() },
        randomUUID,
      );
    onMonth?.(month, records);
  }
  await settled();
};
