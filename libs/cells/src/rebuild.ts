import type { Ledger } from '@karnama/ledger';
import {
  beginning,
  CheckpointMoved,
  type CellStore,
  type Comparison,
  type Generation,
} from './cell-store.js';
import type { Projection } from './dataflow.js';
import { catchUp, countPages, filterOf, levelOver, pagesBehind } from './engine.js';
import { EntityFilter } from './entity-filter.js';
import { partsOf } from './part.js';
import { laneHere, type Lane } from './recount/lane.js';
import { recount, type RecountProgress, type Target } from './recount/recount.js';
import { checkStanding } from './standing.js';

/** Events a transaction in which a new generation is counted in ledger order: three of them are in memory at a time. */
export const buildBatch = 20_000;

/** How a recount is done. */
export type RecountOptions = {
  /** Those that share the work; default: one in this thread. They are not closed. */
  readonly lanes?: readonly Lane[];
  /** Gives the recount up: what is in use stays as it is. */
  readonly signal?: AbortSignal;
  readonly onProgress?: RecountProgress;
};

/**
 * Counts the ledger in its order into an empty generation. Nobody else writes to it, so what was seen is
 * known here, and a state is only looked for where there may be one.
 */
const countInOrder = async (store: CellStore, ledger: Ledger, generation: Generation): Promise<void> => {
  const seen = new EntityFilter();
  const from = await store.checkpoint(generation);
  await countPages({
    store,
    generation,
    from,
    pages: pagesBehind(ledger, from.position, filterOf(generation.projection), buildBatch),
    mayHaveState: (entity) => seen.has(entity),
    onPage: (_checkpoint, _page, created) => {
      for (const [entity] of created) seen.add(entity);
    },
  });
};

/** Whether sorting the events by entity pays: where entities are told of again, and where no state is kept. */
export const isSorted = ({ projection: { register } }: Generation): boolean =>
  register.recurring === true || register.stateless === true;

/** By the lanes given, or by one in this thread. */
export const recountBy = async (
  store: CellStore,
  ledger: Ledger,
  targets: readonly Target[],
  { lanes, signal, onProgress }: RecountOptions,
  onCounted: (target: Target) => Promise<void>,
): Promise<void> => {
  const projections = targets.map(({ into: { projection } }) => projection);
  const own = lanes === undefined ? [laneHere(store, ledger, projections)] : [];
  try {
    await recount({ ledger, store, targets, lanes: lanes ?? own, onCounted, signal, onProgress });
  } finally {
    await Promise.allSettled(own.map((lane) => lane.close()));
  }
};

const countAll = async (
  store: CellStore,
  ledger: Ledger,
  generations: readonly Generation[],
  options: RecountOptions,
): Promise<void> => {
  const sorted = generations.filter(isSorted);
  const finish = (generation: Generation): Promise<void> => store.finish(generation);
  const inOrder = Promise.all(
    generations
      .filter((generation) => !isSorted(generation))
      .map(async (generation) => {
        await countInOrder(store, ledger, generation);
        await finish(generation);
      }),
  );
  // its failure is told when it is awaited
  inOrder.catch(() => undefined);
  try {
    const targets = sorted.map((into) => ({ into, from: beginning }));
    await recountBy(store, ledger, targets, options, ({ into }) => finish(into));
  } finally {
    await Promise.allSettled([inOrder]);
  }
  await inOrder;
};

export const dropAll = async (store: CellStore, generations: Iterable<Generation>): Promise<void> => {
  for (const generation of generations) await store.drop(generation);
};

/**
 * Builds new generations from the whole ledger beside those in use. The caller drops them or switches to
 * them; a failure drops them all.
 */
const build = async (
  store: CellStore,
  ledger: Ledger,
  projections: readonly Projection[],
  options: RecountOptions,
): Promise<readonly Generation[]> => {
  const begun: Generation[] = [];
  try {
    for (const projection of projections) begun.push(await store.begin(projection));
    await countAll(store, ledger, begun, options);
    return begun;
  } catch (error) {
    await dropAll(store, begun);
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

/**
 * Recounts everything from the ledger and compares it with what is kept, cell by cell. Changes nothing.
 * @param limit at most so many differing cells are told, of each projection
 * @returns the comparison of each projection, in their order
 */
export const verifyAll = async (
  store: CellStore,
  ledger: Ledger,
  projections: readonly Projection[],
  limit: number,
  options: RecountOptions = {},
): Promise<readonly Comparison[]> => {
  const built = await build(store, ledger, projections, options);
  const level = levelOver(store, ledger, buildBatch);
  try {
    const compared: Comparison[] = [];
    for (const fresh of built) {
      const kept = await store.open(fresh.projection);
      compared.push(
        await whileStill(store, ledger, [kept, fresh], () => store.compare(kept, fresh, limit, level)),
      );
    }
    return compared;
  } finally {
    await dropAll(store, built);
  }
};

/** The same for one projection. */
export const verify = async (
  store: CellStore,
  ledger: Ledger,
  projection: Projection,
  limit: number,
): Promise<Comparison> => {
  const [compared] = await verifyAll(store, ledger, [projection], limit);
  return compared as Comparison;
};

/** Whether the generation in use was counted from a ledger that is not this one any more. */
const isOrphaned = async (store: CellStore, ledger: Ledger, projection: Projection): Promise<boolean> => {
  try {
    const generation = await store.open(projection);
    for (const part of partsOf(generation.parts))
      await checkStanding(ledger, projection, await store.checkpoint(generation, part));
    return false;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'ledger-restored') return true;
    if (code === 'definition-changed') return false;
    throw error;
  }
};

/**
 * Recounts everything from the ledger beside the generations in use, then switches to each at one moment.
 * When that fails, those that were not switched to are dropped.
 * @returns the generations in use, in the order of the projections
 */
export const rebuildAll = async (
  store: CellStore,
  ledger: Ledger,
  projections: readonly Projection[],
  options: RecountOptions = {},
): Promise<readonly Generation[]> => {
  const built = await build(store, ledger, projections, options);
  const left = new Set(built);
  const inUse: Generation[] = [];
  try {
    for (const fresh of built) {
      const orphaned = await isOrphaned(store, ledger, fresh.projection);
      inUse.push(await whileStill(store, ledger, [fresh], () => store.switchTo(fresh, orphaned)));
      left.delete(fresh);
    }
    return inUse;
  } catch (error) {
    await dropAll(store, left);
    throw error;
  }
};

/** The same for one projection. */
export const rebuild = async (
  store: CellStore,
  ledger: Ledger,
  projection: Projection,
  options: RecountOptions = {},
): Promise<Generation> => {
  const [built] = await rebuildAll(store, ledger, [projection], options);
  return built as Generation;
};

/**
 * Counts the generation in use in so many parts from now on, so that as many processes can share the work.
 * Its parts are brought level first: where they stand apart nobody could say what each new one has counted.
 */
export const split = async (
  store: CellStore,
  ledger: Ledger,
  projection: Projection,
  parts: number,
): Promise<Generation> => {
  const generation = await store.open(projection);
  const level = levelOver(store, ledger, buildBatch);
  return whileStill(store, ledger, [generation], () => store.resplit(generation, parts, level));
};
