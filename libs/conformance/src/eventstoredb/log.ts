/** An event as the log holds it. `position` is the place of its record in the log, like an offset in a file. */
export type LogEvent = {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  readonly stream: string;
  readonly revision: bigint;
  readonly position: bigint;
};

export type ProposedEvent = Omit<LogEvent, 'stream' | 'revision' | 'position'>;

export type Expectation = bigint | 'any' | 'no-stream' | 'stream-exists';

/** What the server makes of a write; `committed` and `repeated` name the last event of it. */
export type AppendResult =
  | { readonly kind: 'committed' | 'repeated'; readonly revision: bigint; readonly position: bigint }
  | { readonly kind: 'wrong-version'; readonly current: bigint | undefined }
  | { readonly kind: 'deleted' };

type Stream = {
  readonly events: LogEvent[];
  /** Revision of the first event that was not deleted. */
  from: bigint;
  softDeleted: boolean;
  tombstoned: boolean;
};

const RECORD_OVERHEAD = 97;
const sizeOf = (event: ProposedEvent): bigint =>
  BigInt(RECORD_OVERHEAD + event.type.length * 2 + event.data.length + event.metadata.length);

const encoder = new TextEncoder();
const systemEvent = (type: string, data: unknown): ProposedEvent => ({
  id: crypto.randomUUID(),
  type,
  contentType: 'application/json',
  data: encoder.encode(JSON.stringify(data)),
  metadata: new Uint8Array(),
});

/**
 * The log of one node, in memory: streams, `$all`, expected revisions and idempotence as the server
 * has them. Positions begin at `first` and are not consecutive; like a real log it begins with
 * events of the server itself.
 */
export class EventLog {
  readonly #first: bigint;
  #next: bigint;
  #all: LogEvent[] = [];
  #streams = new Map<string, Stream>();
  /** The server's memory of recent writes, for those that expect nothing; gone when it restarts. */
  #recent = new Map<string, LogEvent>();
  #waiting = new Set<() => void>();

  constructor(first: bigint) {
    this.#first = first;
    this.#next = first;
    this.forget();
  }

  get all(): readonly LogEvent[] {
    return this.#all;
  }

  /** An empty store, as a new node makes it. */
  forget(): void {
    this.#all = [];
    this.#streams.clear();
    this.#recent.clear();
    this.#next = this.#first;
    this.#commit('$users', [systemEvent('$UserCreated', { login: 'admin' })]);
    this.#commit('$user-admin', [systemEvent('$UserCreated', { login: 'admin' })]);
  }

  /** The store as it was when `position` was its last event. */
  restore(position: bigint): void {
    const kept = this.#all.filter((event) => event.position <= position);
    const next = this.#all.find((event) => event.position > position)?.position ?? this.#next;
    this.#all = kept;
    this.#next = next;
    this.#recent.clear();
    this.#streams = new Map();
    for (const event of kept) this.#held(event.stream).events.push(event);
  }

  /** What a restart of the node forgets. */
  restarted(): void {
    this.#recent.clear();
  }

  append(stream: string, expected: Expectation, events: readonly ProposedEvent[]): AppendResult {
    const held = this.#streams.get(stream);
    if (held?.tombstoned === true) return { kind: 'deleted' };
    const current = held?.events.at(-1)?.revision;
    if (expected === 'any' || expected === 'stream-exists') {
      if (expected === 'stream-exists' && (held === undefined || held.softDeleted))
        return held?.softDeleted === true ? { kind: 'deleted' } : { kind: 'wrong-version', current };
      return this.#remembered(stream, events, current) ?? this.#write(stream, events);
    }
    const at = expected === 'no-stream' ? -1n : expected;
    const last = current ?? -1n;
    if (at > last) return { kind: 'wrong-version', current };
    if (at < last) return this.#compared(stream, at, events, current);
    return this.#write(stream, events);
  }

  softDelete(stream: string): LogEvent | undefined {
    const held = this.#streams.get(stream);
    if (held === undefined) return undefined;
    held.softDeleted = true;
    held.from = (held.events.at(-1)?.revision ?? -1n) + 1n;
    return this.#commit(`$$${stream}`, [systemEvent('$metadata', { $tb: Number.MAX_SAFE_INTEGER })]);
  }

  tombstone(stream: string): LogEvent {
    const held = this.#held(stream);
    held.tombstoned = true;
    return this.#commit(`$$${stream}`, [systemEvent('$streamDeleted', {})]);
  }

  /** An event of the server itself, such as its statistics. */
  writeSystemEvent(): LogEvent {
    return this.#commit('$stats-127.0.0.1', [systemEvent('$statsCollected', {})]);
  }

  /** Events that a read of the stream sees: undefined when there is no such stream, or it was deleted. */
  visible(stream: string): readonly LogEvent[] | 'tombstoned' | undefined {
    const held = this.#streams.get(stream);
    if (held?.tombstoned === true) return 'tombstoned';
    if (held === undefined || held.softDeleted || held.events.length === 0) return undefined;
    return held.from === 0n ? held.events : held.events.slice(Number(held.from));
  }

  /** Index in `all` of the first event at or behind `position`. */
  indexOf(position: bigint): number {
    let [low, high] = [0, this.#all.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#all[middle] as LogEvent).position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Calls once, when the log has grown. @returns how to take it back */
  whenGrown(wake: () => void): () => void {
    this.#waiting.add(wake);
    return () => this.#waiting.delete(wake);
  }

  #held(stream: string): Stream {
    const held = this.#streams.get(stream) ?? { events: [], from: 0n, softDeleted: false, tombstoned: false };
    this.#streams.set(stream, held);
    return held;
  }

  #commit(stream: string, events: readonly ProposedEvent[]): LogEvent {
    const held = this.#held(stream);
    for (const event of events) {
      const recorded = { ...event, stream, revision: BigInt(held.events.length), position: this.#next };
      this.#next += sizeOf(event);
      held.events.push(recorded);
      this.#all.push(recorded);
      this.#recent.set(event.id, recorded);
    }
    const woken = [...this.#waiting];
    this.#waiting.clear();
    for (const wake of woken) wake();
    return held.events.at(-1) as LogEvent;
  }

  #write(stream: string, events: readonly ProposedEvent[]): AppendResult {
    const held = this.#held(stream);
    if (held.softDeleted) {
      held.softDeleted = false;
      this.#commit(`$$${stream}`, [systemEvent('$metadata', { $tb: Number(held.from) })]);
    }
    const { revision, position } = this.#commit(stream, events);
    return { kind: 'committed', revision, position };
  }

  /** Best effort: the first event decides; when it is known, all must be, or the write is refused. */
  #remembered(
    stream: string,
    events: readonly ProposedEvent[],
    current: bigint | undefined,
  ): AppendResult | undefined {
    const known = events
      .map(({ id }) => this.#recent.get(id))
      .map((event) => (event?.stream === stream ? event : undefined));
    if (known[0] === undefined) return undefined;
    const last = known.at(-1);
    if (known.includes(undefined) || last === undefined) return { kind: 'wrong-version', current };
    return { kind: 'repeated', revision: last.revision, position: last.position };
  }

  /** Durable: the log itself is compared at the expected place. */
  #compared(
    stream: string,
    at: bigint,
    events: readonly ProposedEvent[],
    current: bigint | undefined,
  ): AppendResult {
    const held = this.#held(stream);
    const there = held.events.slice(Number(at + 1n), Number(at + 1n) + events.length);
    const same = events.findIndex((event, index) => event.id !== there[index]?.id);
    const last = there.at(-1);
    if (same === -1 && last !== undefined)
      return { kind: 'repeated', revision: last.revision, position: last.position };
    return same === 0 && at === -1n && held.softDeleted
      ? this.#write(stream, events)
      : { kind: 'wrong-version', current };
  }
}
