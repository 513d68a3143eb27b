import type { Label, RecordedEvent, RecordSource } from '@karnama/kernel';

/**
 * What one state of an entity adds to one cell. Measures are whole numbers (counts, minor units of
 * money) in the order of the dataflow's `measures`, each within ±(2^53 − 1).
 */
export type Contribution = {
  /** Month in which it was true (the default time axis). */
  readonly month: number;
  /** Month in which it was declared (the other time axis). */
  readonly declared: number;
  /** One code for each of the dataflow's dimensions, in their order. */
  readonly codes: readonly string[];
  readonly measures: readonly number[];
  /** Entities counted: 1, −1 for one that is taken away again, 0 for a declared total. */
  readonly units: number;
};

/**
 * (Functions of a state are written as methods, so that projections of different states fit into one list.)
 *
 * A register: which events tell of which entities, and how an entity's state follows from them.
 * `evolve` returns the very same object when an event changes nothing (a repeat).
 * The encoded state is stored: change its form only together with `version`.
 */
export type Register<S> = {
  readonly code: string;
  readonly version: number;
  /** Prefixes of the event types it reads. */
  readonly reads: readonly string[];
  /** The entities an event tells of; usually one. */
  entitiesOf(event: RecordedEvent): readonly string[];
  readonly initial: S;
  evolve(state: S, event: RecordedEvent): S;
  /**
   * Whether an event that changes the state mends what was told before (a later version, a withdrawal, an
   * annulment of a record) rather than telling something for the first time. Without it no event does.
   * What it says is part of the cells: change it only together with `version`.
   */
  corrects?(state: S, event: RecordedEvent): boolean;
  encode(state: S): string;
  decode(text: string): S;
  /** The records that the state is made of; registers whose records are their entities leave it out. */
  sources?(state: S): readonly RecordSource[];
  /** True: each event is an entity of its own, met once, and no state is kept. */
  readonly stateless?: boolean;
  /**
   * True: most entities are told of again and again. A recount of the whole ledger then sorts the events
   * by entity first, and meets each entity once.
   */
  readonly recurring?: boolean;
};

export type DimensionSpec = { readonly code: string; readonly name: Label };

export type MeasureSpec = {
  readonly code: string;
  readonly name: Label;
  readonly unit: Label;
  readonly definition: Label;
  /** `stock`: the cells hold changes, and the figure of a month is the sum of all changes up to it. Default `flow`. */
  readonly kind?: 'flow' | 'stock';
};

/** A stock whose changes must equal what came in less what went out, in every cell and every epoch. */
export type Identity = {
  readonly stock: string;
  readonly in: readonly string[];
  readonly out: readonly string[];
};

/** A subset of the dimensions, on one of the time axes, that is kept summed up. */
export type RollUp = {
  readonly time: 'effective' | 'declared';
  readonly dimensions: readonly string[];
};

/**
 * A statistical dataflow over a register: cells of month × declared month × epoch × dimensions with
 * additive measures. A change of meaning is a new `version`, built beside the old one.
 */
export type Dataflow<S> = {
  readonly code: string;
  readonly version: number;
  readonly name: Label;
  readonly description: Label;
  readonly dimensions: readonly DimensionSpec[];
  readonly measures: readonly MeasureSpec[];
  readonly rollUps: readonly RollUp[];
  readonly identities?: readonly Identity[];
  /** The last month that cells are kept for; contributions to later ones are left out. */
  readonly through?: number;
  /**
   * Code of the dataflow of the same projection that this one is a part of: it books only the differences
   * that corrections made, so that the other's less its own are those of what was told for the first time.
   */
  readonly correctionsOf?: string;
  /**
   * The part of a state that the contributions depend on, when it is not all of it: while that stays
   * the very same object, nothing is counted anew.
   */
  basis?(state: S): unknown;
  /** What a state contributes; pure, finite, free of the clock. The initial state contributes nothing. */
  contributions(state: S): Iterable<Contribution>;
};

/** What moves together: one register, the dataflows over it, one checkpoint. */
export type Projection<S = unknown> = {
  readonly name: string;
  readonly register: Register<S>;
  readonly dataflows: readonly Dataflow<S>[];
};

/** Code of the dataflow that books what corrections did to the cells of another. */
export const correctedCode = (code: string): string => `${code}.corrected`;

/**
 * The dataflow that books what corrections did to the cells of another: the same dimensions, measures and
 * roll-ups, and the same stock identities, which hold for every difference by itself.
 */
export const correctionsIn = <S>(dataflow: Dataflow<S>): Dataflow<S> => ({
  ...dataflow,
  code: correctedCode(dataflow.code),
  correctionsOf: dataflow.code,
});
