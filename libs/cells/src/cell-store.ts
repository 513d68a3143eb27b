import { KarnamaError } from '@karnama/kernel';
import type { Projection } from './dataflow.js';
import type { Part } from './part.js';

/** How far a projection has come. Everything of it moves together with its states and cells. */
export type Checkpoint = {
  /** Everything in the ledger up to and including this position is counted. */
  readonly position: bigint;
  /** Knowledge epoch of the next event: 1 + number of `EpochClosed` seen. */
  readonly epoch: number;
  /** Events counted so far, and those of them that changed nothing (repeats). */
  readonly events: bigint;
  readonly repeats: bigint;
  /** The last event that was counted: by its id a ledger restored from an older backup is recognised. */
  readonly last: { readonly position: bigint; readonly id: string } | null;
  /**
   * Of a generation in several parts, all of them together: how far each part has come. `position`, `epoch`
   * and `last` are then those of the part furthest behind, `events` and `repeats` the sums; an event that
   * tells of entities in several parts is a repeat when it changed none in its first entity's part.
   */
  readonly parts?: readonly bigint[];
};

export const beginning: Checkpoint = { position: 0n, epoch: 1, events: 0n, repeats: 0n, last: null };

/** A whole number, exact: a number within ±(2^53 − 1), a bigint beyond. */
export type Whole = number | bigint;

/**
 * What to add to one cell. `measures` holds the dataflow's measures in order, then `units`, then
 * `keys` (sum of the contributing entities' 32-bit record keys; meaningful mod 2^32).
 */
export type CellDelta = {
  readonly month: number;
  readonly declared: number;
  readonly epoch: number;
  readonly codes: readonly string[];
  readonly measures: readonly Whole[];
};

/** One set of tables of a projection. A rebuild makes a new generation beside the one in use. */
export type Generation = {
  readonly projection: Projection;
  readonly number: number;
  /** In so many parts it is counted, each with a checkpoint of its own; all of them write to the same tables. */
  readonly parts: number;
};

export interface CellTransaction {
  /** `created` had no state before; `changed` had one. No entity stands in both or twice. */
  save(
    created: readonly (readonly [entity: string, state: string])[],
    changed: readonly (readonly [entity: string, state: string])[],
  ): Promise<void>;
  /**
   * Adds to the dataflow's cells and to every roll-up of it. No cell stands in the deltas twice.
   * @returns how many deltas there were
   */
  add(dataflow: string, deltas: Iterable<CellDelta>): Promise<number>;
  /** Compare-and-set of the transaction's part. @throws CheckpointMoved when the checkpoint is not at `from` any more */
  advance(from: Checkpoint, to: Checkpoint): Promise<void>;
}

/** A part that stands behind another one, while none of them can move. */
export type Lagging = {
  readonly generation: Generation;
  readonly part: Part;
  readonly from: Checkpoint;
  /** Where the part that is furthest stands. */
  readonly to: bigint;
};

/** Counts a part that lags behind up to exactly where the others stand, in the transaction given. */
export type Level = (lagging: Lagging, tx: CellTransaction) => Promise<void>;

/** A condition on one dimension: passes when the code is one of `codes` or begins with one of `prefixes`. */
export type CodeFilter = {
  readonly codes: readonly string[];
  readonly prefixes: readonly string[];
};

export type CellQuery = {
  readonly dataflow: string;
  readonly time: 'effective' | 'declared';
  /** Columns to group by: `month` (on the chosen time axis), `effective`, `declared`, `epoch`, dimension codes. */
  readonly by: readonly string[];
  readonly where: Readonly<Record<string, CodeFilter>>;
  /** Months on the chosen time axis, both included. */
  readonly from?: number;
  readonly to?: number;
  /** Deltas of epochs up to this one count; undefined = all. */
  readonly maxEpoch?: number;
  /** The measures wanted, in this order; undefined = all of the dataflow, then units, then keys. */
  readonly measures?: readonly string[];
};

/** One group: the values of the `by` columns in order, and the sums of the measures that were asked for. */
export type CellGroup = {
  readonly group: readonly (string | number)[];
  readonly measures: readonly bigint[];
};

/** A question for groups followed over the months of the chosen time axis; `by` does not name that month. */
export type SeriesQuery = CellQuery & { readonly measures: readonly string[] };

/** One group over time: the months in which at least one of its sums is not zero, ascending. */
export type CellSeries = {
  readonly group: readonly (string | number)[];
  readonly months: readonly number[];
  /** For each measure, in the order asked, its sum in each of the months. */
  readonly sums: readonly (readonly Whole[])[];
};

/** A cell that two generations hold differently. */
export type CellDifference = {
  readonly dataflow: string;
  /** `base`, or the roll-up's dimensions joined by `×`. */
  readonly table: string;
  readonly cell: string;
  readonly left: readonly bigint[] | null;
  readonly right: readonly bigint[] | null;
};

/**
 * States, cells and checkpoints. Every adapter promises (and `cellStoreContract` proves): a
 * transaction's states, cells and checkpoint become visible together or not at all; of two rivals
 * that advance from the same checkpoint exactly one wins; roll-ups always equal the sums of the base. Parts
 * of a generation advance side by side. A generation that was split otherwise since it was opened is gone, as
 * one that was switched away: what says so is `CheckpointMoved`.
 */
export interface CellStore {
  /** The generation in use; made (empty, number 1) when there is none. @throws KarnamaError `definition-changed` when it was built by another version */
  open(projection: Projection): Promise<Generation>;
  /** Of one part, or of all together. @throws CheckpointMoved when the generation is gone */
  checkpoint(generation: Generation, part?: Part): Promise<Checkpoint>;
  /**
   * Encoded states, as they were last committed, of those of the entities that have one.
   * @throws CheckpointMoved when the generation is gone
   */
  states(generation: Generation, entities: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Every entity with its encoded state, ascending by entity, streamed in bounded memory. */
  allStates(generation: Generation): AsyncIterable<readonly (readonly [entity: string, state: string])[]>;
  /**
   * @param part whose entities the transaction is about: other parts go on beside it; default: the whole of a
   * generation that is not split
   * @throws CheckpointMoved when the generation is gone
   */
  transact<T>(generation: Generation, work: (tx: CellTransaction) => Promise<T>, part?: Part): Promise<T>;
  /** Told when nothing is behind the last batch for now: a good moment for what was put off. @throws CheckpointMoved when there is, and the generation is gone */
  settle(generation: Generation): Promise<void>;
  /**
   * Groups in ascending order of the `by` columns, streamed; answered from the smallest table that has the columns.
   * @throws KarnamaError `unknown-dataflow`, `unknown-measure`
   */
  query(generation: Generation, query: CellQuery): AsyncIterable<CellGroup>;
  /**
   * The same sums by group and month, a group at a time: far cheaper where there are many months, and
   * held in memory as a whole. Groups whose sums are zero in every month are left out.
   * @throws KarnamaError `unknown-dataflow`, `unknown-measure`
   */
  series(generation: Generation, query: SeriesQuery): Promise<readonly CellSeries[]>;
  /**
   * Waits until this process is the one that keeps the projection up, or one of the parts that it is counted
   * in, or until the signal aborts (then undefined). The checkpoint's compare-and-set is the fence; this
   * only spares rivals their work.
   * @param held parts that this process keeps up already: another one is sought
   */
  hold(projection: Projection, signal: AbortSignal, held?: readonly Part[]): Promise<Hold | undefined>;
  /** A new, empty generation beside the one in use, for a rebuild, not split; those left by a rebuild that died are dropped. */
  begin(projection: Projection): Promise<Generation>;
  /** Completes a generation that was begun (roll-ups, indexes). Afterwards it can be compared and switched to. */
  finish(generation: Generation): Promise<void>;
  /**
   * Compares all cells, roll-ups included, while neither generation can move.
   * @param level brings the parts of both to the same position; without it they have to stand there
   * @throws CheckpointMoved when they do not stand at the same position, or a generation is gone
   */
  compare(left: Generation, right: Generation, limit: number, level?: Level): Promise<Comparison>;
  /**
   * Puts a finished generation in use, in as many parts as the one before, and drops that one, at one moment.
   * @param evenBehind also when it is behind the one in use, which was counted from a ledger that is gone
   * @throws CheckpointMoved when a part of it is behind any part of the one in use
   */
  switchTo(generation: Generation, evenBehind?: boolean): Promise<Generation>;
  /**
   * From now on the generation in use is counted in so many parts; no state and no cell moves.
   * @param level brings its parts to the same position; without it they have to stand there
   * @throws CheckpointMoved when they do not stand at the same position, or the generation is gone
   */
  resplit(generation: Generation, parts: number, level?: Level): Promise<Generation>;
  /**
   * Adds what an addition holds to the generation in use, at one moment: its cells to the cells, its states in
   * place of theirs; moves the checkpoint, and drops the addition.
   * @param addition begun here, with what the events between `from` and `to` did to the generation, which is in one part
   * @throws CheckpointMoved when the generation does not stand at `from` any more, or is gone; the addition stays as it was
   */
  absorb(generation: Generation, addition: Generation, from: Checkpoint, to: Checkpoint): Promise<void>;
  drop(generation: Generation): Promise<void>;
  /** A place for what a recount sorts on its way: no other process sees it, and it is gone once closed. */
  spool(): Promise<Spool>;
  /** The lines of runs, in their order; of any spool of this process that is not closed, whichever thread it is of. */
  spooled(runs: readonly SpoolRun[]): AsyncIterable<readonly string[]>;
}

/** Where lines of one lot stand together: a place in a spool, in the spool's own terms. */
export type SpoolRun = { readonly spool: number; readonly at: number; readonly length: number };

/** Lines in lots: put in the order of the ledger, read lot by lot. */
export interface Spool {
  /** Adds a line without line breaks to a lot (a number from 0); await it, so that memory stays bounded. */
  put(lot: number, line: string): Promise<void> | undefined;
  /** By lot, where the lines that were put since the last call stand, in the order in which they were put. */
  sorted(): Promise<ReadonlyMap<number, readonly SpoolRun[]>>;
  close(): Promise<void>;
}

/** `part` is this process's until it lets go, or is gone. */
export type Hold = { readonly part: Part; release(): Promise<void> };

export type Comparison = {
  /** Cells that at least one side has, roll-ups included. */
  readonly compared: bigint;
  readonly differing: bigint;
  /** The first differing cells, as many as asked for. */
  readonly differences: readonly CellDifference[];
};

/** Another projector has moved the checkpoint; everything of this batch was rolled back. */
export class CheckpointMoved extends KarnamaError {
  override readonly name = 'CheckpointMoved';
  constructor(projection: string) {
    super(
      'checkpoint-moved',
      `the checkpoint of projection ${projection} was moved by someone else`,
      'load it again and go on from there',
    );
  }
}
