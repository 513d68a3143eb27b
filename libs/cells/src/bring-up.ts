import { KarnamaError } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import { CheckpointMoved, type CellStore, type Checkpoint, type Generation } from './cell-store.js';
import type { Projection } from './dataflow.js';
import { catchUp, type ProjectorOptions } from './engine.js';
import { buildBatch, dropAll, isSorted, rebuildAll, recountBy, type RecountOptions } from './rebuild.js';
import { checkStanding } from './standing.js';

/** Positions of the ledger from which on sorting by entity is quicker than following. */
const sortedFrom = 100_000n;

/** How projections are brought up. */
export type BringUpOptions = RecountOptions & {
  /** Those that so many positions of the ledger are behind are counted entity by entity; default: 100,000. */
  readonly sortedFrom?: bigint;
};

/** A backlog of all of them, counted entity by entity and added at one moment; what fails is left as it was. */
const countBacklog = async (
  store: CellStore,
  ledger: Ledger,
  behind: readonly (readonly [onto: Generation, from: Checkpoint])[],
  options: RecountOptions,
): Promise<void> => {
  const additions: Generation[] = [];
  const left = new Set<Generation>();
  try {
    for (const [{ projection }] of behind) {
      const into = await store.begin(projection);
      additions.push(into);
      left.add(into);
    }
    const targets = behind.map(([onto, from], i) => ({ into: additions[i] as Generation, onto, from }));
    await recountBy(store, ledger, targets, options, async ({ into }) => void left.delete(into));
  } catch (error) {
    // somebody else is counting on: what is behind still is followed
    if (!(error instanceof CheckpointMoved)) throw error;
  } finally {
    await dropAll(store, left);
  }
};

/**
 * Brings projections up to what is the ledger's head now. Where there is much to count, it is counted entity
 * by entity: those of which nothing was counted yet by a recount, the others on from where they stand, which
 * takes one moment more of all of it instead of one a page. What is less, or split, is followed page by page.
 */
export const bringUp = async (
  store: CellStore,
  ledger: Ledger,
  projections: readonly Projection[],
  { sortedFrom: far = sortedFrom, ...options }: BringUpOptions = {},
): Promise<void> => {
  const head = await ledger.head();
  const fresh: Projection[] = [];
  const behind: [Generation, Checkpoint][] = [];
  const near: Generation[] = [];
  for (const projection of projections) {
    const generation = await store.open(projection);
    const from = await store.checkpoint(generation);
    const isFar = head - from.position >= far;
    if (isFar && from.position === 0n) fresh.push(projection);
    else if (isFar && generation.parts === 1 && isSorted(generation)) {
      await checkStanding(ledger, projection, from);
      behind.push([generation, from]);
    } else near.push(generation);
  }
  await rebuildAll(store, ledger, fresh, options);
  await countBacklog(store, ledger, behind, options);
  for (const generation of [...near, ...behind.map(([onto]) => onto)])
    await catchUp(store, ledger, generation, buildBatch);
};

/** Ends quietly when it is stopped. */
const untilStopped = async (signal: AbortSignal, work: () => Promise<void>): Promise<void> => {
  try {
    await work();
  } catch (error) {
    if (!(signal.aborted && error instanceof KarnamaError && error.code === 'recount-stopped')) throw error;
  }
};

/**
 * For the projectors of one process: a projection that is far behind is brought up before it is followed. One
 * after the other, so that they take no more memory than one does.
 */
export const bringUpInTurn = (
  store: CellStore,
  ledger: Ledger,
  { sortedFrom: far = sortedFrom }: Pick<BringUpOptions, 'sortedFrom'> = {},
): NonNullable<ProjectorOptions['bringUp']> => {
  let turn: Promise<unknown> = Promise.resolve();
  return async (projection, signal) => {
    const { position } = await store.checkpoint(await store.open(projection));
    if ((await ledger.head()) - position < far) return;
    const own = turn.then(() =>
      untilStopped(signal, () => bringUp(store, ledger, [projection], { sortedFrom: far, signal })),
    );
    turn = own.catch(() => undefined);
    await own;
  };
};
