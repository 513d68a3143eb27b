/** A value that JSON can carry without loss: no bigint, no undefined, no cycle. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * What is known about an event beside its fact. Stored for ever: add a field, never change one.
 * Feed events carry all of `agency … source`; events decided inside carry none of them.
 */
export type EventMetadata = {
  /** Version of the shape of `data`, counted from 1 for each event type. */
  readonly schemaVersion: number;
  /** ISO 8601 instant (UTC) at which the channel took the record in, or the decision was made. */
  readonly receivedAt: string;
  readonly agency?: string;
  readonly contract?: string;
  readonly contractVersion?: number;
  /** Identity of the record at its agency; with `recordVersion` it makes repeats recognisable. */
  readonly recordId?: string;
  readonly recordVersion?: number;
  /** Where the record stood in the channel. `offset` is decimal text: it may pass 2^53. */
  readonly source?: { readonly topic: string; readonly partition: number; readonly offset: string };
  /** The submission (a file's digest, an HTTP call) that the record came with. */
  readonly submission?: string;
  readonly correlation?: string;
};

/** An event before the ledger has taken it. `id` is a UUID, deterministic wherever a retry must be recognised. */
export type NewEvent<T extends string = string, D extends Json = Json> = {
  readonly id: string;
  readonly type: T;
  readonly data: D;
  readonly metadata: EventMetadata;
};

/**
 * An event as the ledger holds it. `revision` counts from 0 within the stream; `position` orders
 * all events of the ledger and is never below 1. Both stay under 2^63.
 */
export type RecordedEvent<T extends string = string, D extends Json = Json> = NewEvent<T, D> & {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
};

/**
 * A decider: `decide` turns a command and the state it was decided on into events (none when the
 * thing is already so), `evolve` folds events into state. Both are pure: time and ids arrive in the command.
 */
export type Decider<Command, Event, State> = {
  readonly initial: () => State;
  readonly evolve: (state: State, event: Event) => State;
  readonly decide: (command: Command, state: State) => readonly Event[];
};
