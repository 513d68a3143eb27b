import { epochClosed } from '@karnama/kernel';
import type { Ledger, LedgerFilter, LedgerPage } from '@karnama/ledger';
import {
  CheckpointMoved,
  type CellStore,
  type CellTransaction,
  type Checkpoint,
  type Generation,
} from './cell-store.js';
import type { Projection } from './dataflow.js';
import { entitiesIn, fold, toldIn, type Folded } from './fold.js';
import { checkStanding } from './standing.js';

/** What a projection has to read: its register's event types, and the ends of epochs. */
export const filterOf = (projection: Projection): LedgerFilter =>
  projection.register.reads.includes('') ? {} : { types: [...projection.register.reads, epochClosed] };

/**
 * Counts one page: states, cells of every dataflow with their roll-ups, and the checkpoint, in one
 * transaction. @returns the checkpoint behind the page. @throws CheckpointMoved (nothing is stored)
 */
export const applyPage = async (
  store: CellStore,
  generation: Generation,
  from: Checkpoint,
  page: LedgerPage,
): Promise<Checkpoint> => {
  if (page.position <= from.position) return from;
  const { projection } = generation;
  const told = toldIn(projection, page.events);
  const entities = entitiesIn(projection, told);
  return store.transact(generation, async (tx) => {
    const folded = fold(projection, told, await tx.states(entities), from.epoch);
    return write(tx, folded, from, page);
  });
};

/** The checkpoint behind a page, from the one before it. */
export const checkpointBehind = (page: LedgerPage, from: Checkpoint, folded: Folded): Checkpoint => {
  const last = page.events.at(-1);
  return {
    position: page.position,
    epoch: folded.epoch,
    events: from.events + BigInt(folded.events),
    repeats: from.repeats + BigInt(folded.repeats),
    last: last === undefined ? from.last : { position: last.position, id: last.id },
  };
};

/** Stores what a page came to, inside the caller's transaction. */
export const write = async (
  tx: CellTransaction,
  folded: Folded,
  from: Checkpoint,
  page: LedgerPage,
): Promise<Checkpoint> => {
  await tx.save(folded.created, folded.changed);
  for (const [dataflow, deltas] of folded.deltas) if (deltas.length > 0) await tx.add(dataflow, deltas);
  if (page.caughtUp) await tx.settle();
  const to = checkpointBehind(page, from, folded);
  await tx.advance(from, to);
  return to;
};

export type ProjectorOptions = {
  readonly store: CellStore;
  readonly ledger: Ledger;
  readonly projection: Projection;
  readonly signal: AbortSignal;
  /** Events a transaction. */
  readonly batch?: number;
  readonly onProgress?: (checkpoint: Checkpoint, caughtUp: boolean) => void;
};

/**
 * Keeps a projection up with the ledger until the signal aborts. When another projector has moved the
 * checkpoint, or the generation in use was switched, it lets its hold go (it may have lost it unnoticed)
 * and starts again from what is stored then.
 */
export const runProjector = async (options: ProjectorOptions): Promise<void> => {
  const { store, projection, signal } = options;
  while (!signal.aborted) {
    const hold = await store.hold(projection, signal);
    if (hold === undefined) return;
    try {
      await projectUntilMoved(options);
    } finally {
      await hold.release();
    }
  }
};

const projectUntilMoved = async (options: ProjectorOptions): Promise<void> => {
  const { store, ledger, projection, signal, batch = 5000 } = options;
  try {
    const generation = await store.open(projection);
    let checkpoint = await store.checkpoint(generation);
    await checkStanding(ledger, projection, checkpoint);
    const filter = filterOf(projection);
    for await (const page of ledger.subscribe({ after: checkpoint.position, filter, limit: batch, signal })) {
      checkpoint = await applyPage(store, generation, checkpoint, page);
      options.onProgress?.(checkpoint, page.caughtUp);
    }
  } catch (error) {
    if (!(error instanceof CheckpointMoved)) throw error;
  }
};

/**
 * Counts everything up to the ledger's head of this moment, then returns the checkpoint. A projector
 * that does the same at the same time is no obstacle: whoever is first has done the work.
 */
export const catchUp = async (
  store: CellStore,
  ledger: Ledger,
  generation: Generation,
  batch: number,
): Promise<Checkpoint> => {
  const head = await ledger.head();
  for (;;) {
    const checkpoint = await store.checkpoint(generation);
    await checkStanding(ledger, generation.projection, checkpoint);
    if (checkpoint.position >= head) return checkpoint;
    try {
      return await applyBehind(store, ledger, generation, batch, checkpoint, head);
    } catch (error) {
      if (!(error instanceof CheckpointMoved)) throw error;
    }
  }
};

const applyBehind = async (
  store: CellStore,
  ledger: Ledger,
  generation: Generation,
  batch: number,
  from: Checkpoint,
  head: bigint,
): Promise<Checkpoint> => {
  let checkpoint = from;
  for await (const page of pagesBehind(ledger, from.position, filterOf(generation.projection), batch)) {
    checkpoint = await applyPage(store, generation, checkpoint, page);
    if (checkpoint.position >= head) break;
  }
  return checkpoint;
};

/** Pages until the reader has caught up; the next one is fetched while one is worked on. */
export const pagesBehind = async function* (
  ledger: Ledger,
  after: bigint,
  filter: LedgerFilter,
  limit: number,
): AsyncIterable<LedgerPage> {
  let page = await ledger.readAll(after, filter, limit);
  while (!page.caughtUp) {
    const ahead = ledger.readAll(page.position, filter, limit);
    // its failure is told when it is awaited; the consumer may have stopped before that
    ahead.catch(() => undefined);
    yield page;
    page = await ahead;
  }
  yield page;
};
