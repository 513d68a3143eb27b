import { epochClosed, type RecordedEvent } from '@karnama/kernel';
import type { Ledger, LedgerFilter, LedgerPage } from '@karnama/ledger';
import {
  CheckpointMoved,
  type CellStore,
  type CellTransaction,
  type Checkpoint,
  type Generation,
  type Hold,
  type Level,
} from './cell-store.js';
import type { Projection } from './dataflow.js';
import { entitiesIn, fold, toldIn, type Folded } from './fold.js';
import { partsOf, whole, type Part } from './part.js';
import { checkStanding } from './standing.js';

/** What a projection has to read: its register's event types, and the ends of epochs. */
export const filterOf = (projection: Projection): LedgerFilter =>
  projection.register.reads.includes('') ? {} : { types: [...projection.register.reads, epochClosed] };

/** The checkpoint behind a page, from the one before it. */
const checkpointBehind = (page: LedgerPage, from: Checkpoint, folded: Folded): Checkpoint => {
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
const write = async (
  tx: CellTransaction,
  folded: Folded,
  from: Checkpoint,
  to: Checkpoint,
): Promise<void> => {
  // first: a rival that was faster is told by the checkpoint, not by the states that it left
  await tx.advance(from, to);
  await tx.save(folded.created, folded.changed);
  for (const [dataflow, deltas] of folded.deltas) if (deltas.length > 0) await tx.add(dataflow, deltas);
};

/** What to count, and where it goes. */
export type Counting = {
  readonly store: CellStore;
  readonly generation: Generation;
  /** Whose entities are counted; default: all, of a generation that is not split. */
  readonly part?: Part;
  readonly from: Checkpoint;
  /** Pages of the ledger behind `from`, in order. */
  readonly pages: AsyncIterable<LedgerPage>;
  /** The last page that is counted is the one that reaches this position; default: until the pages end. */
  readonly until?: bigint;
  /** Tells for sure of entities that have no state yet; default: any may have one. */
  readonly mayHaveState?: (entity: string) => boolean;
  /** Told when a page is stored. */
  readonly onPage?: (checkpoint: Checkpoint, page: LedgerPage, created: Folded['created']) => void;
};

/**
 * Counts pages: for each one states, cells of every dataflow with their roll-ups, and the checkpoint, in
 * one transaction. A page is folded while the one before it is still being stored: what that one leaves
 * is known here, all else is read as it stands, and a rival that changed it meanwhile has moved the
 * checkpoint, so that nothing of ours is stored. A page with nothing behind it is stored before the next is awaited.
 * @returns the checkpoint behind the last page. @throws CheckpointMoved (nothing of that page is stored)
 */
export const countPages = async (counting: Counting): Promise<Checkpoint> => {
  const { store, generation, part = whole, pages, until, mayHaveState, onPage } = counting;
  const { projection } = generation;
  let ahead = counting.from;
  let writing: Promise<unknown> = Promise.resolve();
  /** Encoded states that the page being stored leaves. */
  let unwritten = new Map<string, string>();
  try {
    for await (const page of pages) {
      if (page.position <= ahead.position) continue;
      const told = toldIn(projection, page.events, part);
      const entities = entitiesIn(projection, told);
      const asked = entities.filter((entity) => !unwritten.has(entity) && (mayHaveState?.(entity) ?? true));
      const known = new Map(asked.length === 0 ? [] : await store.states(generation, asked));
      for (const entity of entities) {
        const state = unwritten.get(entity);
        if (state !== undefined) known.set(entity, state);
      }
      const folded = fold(projection, told, known, ahead.epoch);
      await writing;
      const [before, behind] = [ahead, checkpointBehind(page, ahead, folded)];
      writing = store
        .transact(generation, (tx) => write(tx, folded, before, behind), part)
        .then(() => onPage?.(behind, page, folded.created));
      // its failure is told when it is awaited
      writing.catch(() => undefined);
      unwritten = new Map([...folded.created, ...folded.changed]);
      ahead = behind;
      if (page.caughtUp) {
        await writing;
        await store.settle(generation);
      }
      if (until !== undefined && ahead.position >= until) break;
    }
  } finally {
    await writing;
  }
  return ahead;
};

export type ProjectorOptions = {
  readonly store: CellStore;
  readonly ledger: Ledger;
  readonly projection: Projection;
  readonly signal: AbortSignal;
  /** Events a transaction. */
  readonly batch?: number;
  readonly onProgress?: (checkpoint: Checkpoint, caughtUp: boolean, part: Part) => void;
  /**
   * Called when this process has got the whole of a projection, before it is followed: to bring it up in a
   * quicker way when it is far behind. Default: it is followed from where it stands.
   */
  readonly bringUp?: (projection: Projection, signal: AbortSignal) => Promise<void>;
  /** Awaited before a further part is sought, so that other processes have theirs first; default: nothing. */
  readonly headStart?: (signal: AbortSignal) => Promise<unknown>;
  /**
   * So long one process keeps up several parts; then it lets all of them go and seeks anew, so that processes
   * that came later have their share. Default: until something else ends it.
   */
  readonly term?: (signal: AbortSignal) => Promise<unknown>;
};

/**
 * Keeps a projection, or those of its parts that no other process keeps up, up with the ledger until the
 * signal aborts. When another projector has moved a checkpoint, or the generation in use was switched or
 * split otherwise, it lets its holds go (it may have lost one unnoticed) and starts again from what is
 * stored then.
 */
export const runProjector = async (options: ProjectorOptions): Promise<void> => {
  while (!options.signal.aborted) await keepUpParts(options);
};

/** Seeks parts and keeps up those that it gets; the end of one is the end of all. */
const keepUpParts = async (options: ProjectorOptions): Promise<void> => {
  const { store, projection, headStart, term } = options;
  const ending = new AbortController();
  const signal = AbortSignal.any([options.signal, ending.signal]);
  const held: Part[] = [];
  const running: Promise<void>[] = [];
  const keepUp = async ({ part, release }: Hold): Promise<void> => {
    try {
      await projectUntilMoved({ ...options, signal }, part);
    } finally {
      ending.abort();
      await release();
    }
  };
  try {
    for (;;) {
      const hold = await store.hold(projection, signal, held);
      if (hold === undefined) break;
      const kept = keepUp(hold);
      // its failure is told when all have ended
      kept.catch(() => undefined);
      running.push(kept);
      held.push(hold.part);
      const { parts } = hold.part;
      // those held before were split otherwise meanwhile
      if (held.some((part) => part.parts !== parts)) return;
      if (held.length === 2) void term?.(signal).finally(() => ending.abort());
      if (held.length === parts) break;
      await headStart?.(signal);
    }
    await Promise.all(running);
  } finally {
    ending.abort();
    await allEnded(running);
  }
};

/** @throws the first failure, when all have ended */
const allEnded = async (running: readonly Promise<void>[]): Promise<void> => {
  await Promise.allSettled(running);
  await Promise.all(running);
};

const projectUntilMoved = async (options: ProjectorOptions, part: Part): Promise<void> => {
  const { store, ledger, projection, signal, batch = 20_000 } = options;
  try {
    if (part.parts === whole.parts) await options.bringUp?.(projection, signal);
    const generation = await store.open(projection);
    const from = await store.checkpoint(generation, part);
    await checkStanding(ledger, projection, from);
    const filter = filterOf(projection);
    const pages = ledger.subscribe({ after: from.position, filter, limit: batch, signal });
    const onPage: Counting['onPage'] = (behind, { caughtUp }) => options.onProgress?.(behind, caughtUp, part);
    await countPages({ store, generation, part, from, pages, onPage });
  } catch (error) {
    if (!(error instanceof CheckpointMoved)) throw error;
  }
};

/**
 * Counts everything up to the ledger's head of this moment, part by part, then returns the checkpoint. A
 * projector that does the same at the same time is no obstacle: whoever is first has done the work.
 */
export const catchUp = async (
  store: CellStore,
  ledger: Ledger,
  generation: Generation,
  batch: number,
): Promise<Checkpoint> => {
  const head = await ledger.head();
  for (const part of partsOf(generation.parts))
    await catchUpPart(store, ledger, generation, part, head, batch);
  return store.checkpoint(generation);
};

const catchUpPart = async (
  store: CellStore,
  ledger: Ledger,
  generation: Generation,
  part: Part,
  head: bigint,
  batch: number,
): Promise<void> => {
  for (;;) {
    const from = await store.checkpoint(generation, part);
    await checkStanding(ledger, generation.projection, from);
    if (from.position >= head) return;
    const pages = pagesBehind(ledger, from.position, filterOf(generation.projection), batch);
    try {
      await countPages({ store, generation, part, from, pages, until: head });
      return;
    } catch (error) {
      if (!(error instanceof CheckpointMoved)) throw error;
    }
  }
};

/**
 * Levels parts over a ledger. What a part lags behind is in memory as a whole: catch up before, so that it
 * is what others count meanwhile.
 */
export const levelOver =
  (store: CellStore, ledger: Ledger, batch: number): Level =>
  async ({ generation, part, from, to }, tx) => {
    const { projection } = generation;
    const events: RecordedEvent[] = [];
    for await (const page of pagesBehind(ledger, from.position, filterOf(projection), batch)) {
      for (const event of page.events) if (event.position <= to) events.push(event);
      if (page.position >= to) break;
    }
    const told = toldIn(projection, events, part);
    const known = await store.states(generation, entitiesIn(projection, told));
    const folded = fold(projection, told, known, from.epoch);
    await write(tx, folded, from, checkpointBehind({ events, position: to, caughtUp: false }, from, folded));
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
