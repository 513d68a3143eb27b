import type { Ledger } from '@karnama/ledger';
import { CheckpointMoved, type CellStore, type Comparison, type Generation } from './cell-store.js';
import type { Projection } from './dataflow.js';
import { catchUp } from './engine.js';

/** Events a transaction in which a new generation is built: large, since nobody waits for it. */
const buildBatch = 20_000;

export type RebuildProgress = (counted: bigint, events: bigint) => void;

/**
 * Builds a new generation from the whole ledger beside the one in use. The caller drops it or
 * switches to it; a failure drops it.
 */
const build = async (
  store: CellStore,
  ledger: Ledger,
  projection: Projection,
  onProgress?: RebuildProgress,
): Promise<Generation> => {
  const generation = await store.begin(projection);
  try {
    const head = await ledger.head();
    await catchUp(store, ledger, generation, buildBatch, ({ position, events }) => onProgress?.((position * 100n) / (head || 1n), events));
    await store.finish(generation);
    return generation;
  } catch (error) {
    await store.drop(generation);
    throw error;
  }
};

/** Rivals move on while we look: try again this often before giving up. */
const attempts = 20;

const whileStill = async <T>(
  store: CellStore,
  ledger: Ledger,
  generations: readonly Generation[],
  work: () => Promise<T>,
): Promise<T> => {
  for (let attempt = 1; ; attempt++) {
    try {
      for (const generation of generations) await catchUp(store, ledger, generation, 5000);
      return await work();
    } catch (error) {
      if (!(error instanceof CheckpointMoved) || attempt === attempts) throw error;
    }
  }
};

/** Recounts everything from the ledger and compares it with what is kept, cell by cell. Changes nothing. */
export const verify = async (
  store: CellStore,
  ledger: Ledger,
  projection: Projection,
  limit: number,
  onProgress?: RebuildProgress,
): Promise<Comparison> => {
  const fresh = await build(store, ledger, projection, onProgress);
  try {
    const kept = await store.open(projection);
    return await whileStill(store, ledger, [kept, fresh], () => store.compare(kept, fresh, limit));
  } finally {
    await store.drop(fresh);
  }
};

/** Recounts everything from the ledger beside the generation in use, then switches to it at one moment. */
export const rebuild = async (
  store: CellStore,
  ledger: Ledger,
  projection: Projection,
  onProgress?: RebuildProgress,
): Promise<Generation> => {
  const fresh = await build(store, ledger, projection, onProgress);
  await whileStill(store, ledger, [fresh], () => store.switchTo(fresh));
  return fresh;
};
