import { randomUUID } from 'node:crypto';
import type { ChannelRecord } from '@karnama/intake';
import { simulateMovements, type SimulationOptions } from '@karnama/simulator';
import { handleEpochCommand, readEpochs } from '@karnama/vintages';
import { topicPrefix, type Workers } from './workers.js';
import type { Footing } from './footing.js';
import { settle } from './settle.js';

/** What a newcomer sees: two years of a small country, the same on every machine. */
export const sampleOptions: SimulationOptions = { seed: 1403, from: '1403-01', months: 24 };

const agency = 'labour-ministry';
const batch = 500;

/** Publishes records of one contract as a numbered producer, so that a second run adds nothing. */
const publish = async (
  footing: Footing,
  contract: string,
  run: string,
  values: readonly string[],
): Promise<void> => {
  const topic = `${topicPrefix}${agency}.${contract}`;
  for (let from = 0; from < values.length; from += batch) {
    const records = values.slice(from, from + batch).map((value, i): ChannelRecord => ({
      key: null,
      value,
      headers: { contract, 'contract-version': '1', 'record-id': `${run}:${from + i + 1}`, submission: run },
    }));
    await footing.channel.publish(topic, records, { id: `${run}/${contract}`, sequence: from });
  }
};

/**
 * Plays a simulated country: the opening stocks, then month after month what the agency declares, each
 * month closed by a release of its name. May be stopped and run again: nothing is published or cut twice.
 */
export const playSimulation = async (
  footing: Footing,
  workers: Workers,
  options: SimulationOptions,
  signal: AbortSignal,
  onMonth?: (month: string, records: number) => void,
): Promise<void> => {
  const world = simulateMovements(options);
  const name = `simulated-${options.seed}`;
  const done = new Set((await readEpochs(footing.ledger)).releases.map((release) => release.name));
  await publish(
    footing,
    'movement-totals',
    `${name}-opening`,
    world.openingStock.map((record) => JSON.stringify(record)),
  );
  for (const { month, movements, retractions, broken } of world) {
    if (signal.aborted) return;
    const run = `${name}-${month}`;
    await publish(footing, 'movements', run, [
      ...movements.map((record) => JSON.stringify(record)),
      ...broken,
    ]);
    await publish(
      footing,
      'movement-retractions',
      run,
      retractions.map((record) => JSON.stringify(record)),
    );
    await settle(footing, workers, signal);
    if (signal.aborted) return;
    if (!done.has(month))
      await handleEpochCommand(
        footing.ledger,
        { type: 'CutRelease', name: month, at: new Date().toISOString() },
        randomUUID,
      );
    onMonth?.(month, movements.length + retractions.length + broken.length);
  }
  await settle(footing, workers, signal);
};
