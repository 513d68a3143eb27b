import { KarnamaError, type NewEvent, type RecordedEvent } from '@karnama/kernel';

/** What the writer believes of the stream: the revision of its last event, that it is new, or nothing. */
export type ExpectedRevision = bigint | 'no-stream' | 'any';

export type StreamWrite = {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly NewEvent[];
};

/** Where a write stands: revision and position of its last event. `repeated` when it had been there before. */
export type Appended = {
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
  readonly repeated: boolean;
};

/** Prefixes; an event passes when it matches one of each list that is given. */
export type LedgerFilter = {
  readonly streams?: readonly string[];
  readonly types?: readonly string[];
};

/**
 * Events in position order. Everything up to and including `position` has been looked at, also what
 * the filter left out, so it may be stored as a checkpoint. `caughtUp`: nothing was behind it.
 */
export type LedgerPage = {
  readonly events: readonly RecordedEvent[];
  readonly position: bigint;
  readonly caughtUp: boolean;
};

export type Subscription = {
  /** Exclusive: the first event delivered is behind this position. 0 = from the beginning. */
  readonly after: bigint;
  readonly filter: LedgerFilter;
  /** At most so many events a page. */
  readonly limit: number;
  readonly signal: AbortSignal;
};

/**
 * The append-only ledger. Every adapter promises (and `ledgerContract` proves):
 * - positions grow in commit order: a reader that has seen position p never finds an event at or
 *   before p later, however slow its writer was;
 * - one stream's write is all or nothing; a write to several streams is one call, but a caller must
 *   not rely on its being atomic across streams;
 * - a write whose events are already there with the same ids at the expected place succeeds again
 *   (`repeated`) and adds nothing, for exact revisions and `no-stream`;
 * - driver errors come out as `RevisionConflict`, `Unavailable` or another `KarnamaError`.
 */
export interface Ledger {
  /** @throws RevisionConflict when a stream is not where its writer believed */
  append(writes: readonly StreamWrite[]): Promise<readonly Appended[]>;
  /** Events of one stream from `from` on, oldest first; empty when the stream is unknown. */
  readStream(stream: string, from: bigint, limit: number): Promise<readonly RecordedEvent[]>;
  /** The stream's last event, or undefined when the stream is unknown. */
  lastEvent(stream: string): Promise<RecordedEvent | undefined>;
  /** One page behind `after`. */
  readAll(after: bigint, filter: LedgerFilter, limit: number): Promise<LedgerPage>;
  /** Catch up, then follow until the signal aborts (then it ends without an error). */
  subscribe(subscription: Subscription): AsyncIterable<LedgerPage>;
  /** The event at exactly this position, or undefined when none stands there. */
  eventAt(position: bigint): Promise<Pick<RecordedEvent, 'id' | 'stream' | 'type'> | undefined>;
  /** Position of the newest event; 0 when the ledger is empty. */
  head(): Promise<bigint>;
}

/** The stream is not where the writer believed; nothing of that stream's write was stored. */
export class RevisionConflict extends KarnamaError {
  override readonly name = 'RevisionConflict';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: bigint | 'no-stream',
  ) {
    super(
      'revision-conflict',
      `stream ${stream} is at ${actual}, not at ${expected}`,
      'read the stream again and decide anew',
    );
  }
}

/** The JSON texts of an event's data and metadata. */
export type EventTexts = { readonly data: string; readonly metadata: string };

/** The texts of an event: as the adapter has read them, where it still knows them (`texts`), else made anew. */
export const textsOf = (event: RecordedEvent & { readonly texts?: EventTexts }): EventTexts =>
  event.texts ?? { data: JSON.stringify(event.data), metadata: JSON.stringify(event.metadata) };
