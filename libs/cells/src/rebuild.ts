import type { Ledger } from '@karnama/ledger';
import { CheckpointMoved, type CellStore, type Comparison, type Generation } from './cell-store.js';
import type { Projection } from './dataflow.js';
import { catchUp, countPages, filterOf, pagesBehind } from './engine.js';
import { EntityFilter } from './entity-filter.js';
import { recountByEntity, type RecountProgress } from './recount.js';
import { checkStanding } from './standing.js';

/** Events a transaction in which a new generation is built: three of them are in memory at a time. */
const buildBatch = 20_000;

/** Told as a recount goes on: percent of the ledger, and events counted. */
export type RebuildProgress = RecountProgress;

/**
 * Counts the whole ledger into an empty generation. Nobody else writes to it, so what was seen is known
 * here, and a state is only looked for where there may be one.
 */
const countAll = async (
  store: CellStore,
  ledger: Ledger,
  generation: Generation,
  onProgress?: RebuildProgress,
): Promise<void> => {
  if (generation.projection.register.recurring === true)
    return recountByEntity(store, ledger, generation, onProgress);
  const head = await ledger.head();
  const seen = new EntityFilter();
  const from = await store.checkpoint(generation);
  await countPages({
    store,
    generation,
    from,
    pages: pagesBehind(ledger, from.position, filterOf(generation.projection), buildBatch),
    mayHaveState: (entity) => seen.has(entity),
    onPage: ({ position, events }, _page, created) => {
      for (const [entity] of created) seen.add(entity);
      onProgress?.((position * 100n) / (head || 1n), events);
    },
  });
  return undefined;
};

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
    await countAll(store, ledger, generation, onProgress);
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
      for (const generation of generations) await catchUp(store, ledger, generation, buildBatch);
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

/** Whether the generation in use was counted from a ledger that is not this one any more. */
const isOrphaned = async (store: CellStore, ledger: Ledger, projection: Projection): Promise<boolean> => {
  try {
    await checkStanding(ledger, projection, await store.checkpoint(await store.open(projection)));
    return false;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ledger-restored') return true;
    if (code === 'definition-changed') return false;
    throw error;
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
  try {
    const orphaned = await isOrphaned(store, ledger, projection);
    await whileStill(store, ledger, [fresh], () => store.switchTo(fresh, orphaned));
    return fresh;
  } catch (error) {
    await store.drop(fresh);
    throw error;
  }
};

/** Positions of the ledger from which on a recount is quicker than following. */
const recountFrom = 100_000n;

/**
 * Brings a projection up to what is the ledger's head now: where nothing was counted yet and there is much
 * to count by a recount, else by going on from where it stands.
 */
export const bringUp = async (
  store: CellStore,
  ledger: Ledger,
  projection: Projection,
  onProgress?: RebuildProgress,
): Promise<void> => {
  const generation = await store.open(projection);
  const { position } = await store.checkpoint(generation);
  if (position === 0n && (await ledger.head()) >= recountFrom)
    await rebuild(store, ledger, projection, onProgress);
  else await catchUp(store, ledger, generation, buildBatch);
};

/** So many projections are counted at a time: while one waits for the store, another is folded. */
const atATime = 2;

/**
 * Does something for each projection, so many at a time, in their order.
 * @returns the results, in the order of the projections @throws the first failure, when what was begun has ended
 */
export const forEachProjection = async <T>(
  projections: readonly Projection[],
  work: (projection: Projection) => Promise<T>,
): Promise<readonly T[]> => {
  const results = new Array<T>(projections.length);
  const waiting = projections.entries();
  let failed = false;
  const lane = async (): Promise<void> => {
    for (const [i, projection] of waiting) {
      if (failed) return;
      try {
        results[i] = await work(projection);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: atATime }, lane));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return results;
};
