import { KarnamaError, type NewEvent, type RecordedEvent } from '@karnama/kernel';
import {
  checkWrites,
  RevisionConflict,
  type Appended,
  type Ledger,
  type LedgerFilter,
  type LedgerPage,
  type StreamWrite,
  type Subscription,
} from '@karnama/ledger';
import { bell, type Bell } from './bell.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** As a store would give it back: a copy without anything that JSON cannot carry. */
const throughJson = <T>(value: T, id: string): T => {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new KarnamaError('event-not-json', `event ${id} holds a value that JSON cannot carry`, undefined, {
      cause,
    });
  }
  if (text === undefined) throw new KarnamaError('event-not-json', `event ${id} has no data`);
  return JSON.parse(text) as T;
};

const storable = (event: NewEvent): NewEvent => {
  if (!UUID.test(event.id)) throw new KarnamaError('event-id-not-uuid', `event id ${event.id} is not a UUID`);
  return {
    id: event.id.toLowerCase(),
    type: event.type,
    data: throughJson(event.data, event.id),
    metadata: throughJson(event.metadata, event.id),
  };
};

const checked = (writes: readonly StreamWrite[]): readonly StreamWrite[] => {
  checkWrites(writes);
  return writes.map((write) => ({ ...write, events: write.events.map(storable) }));
};

type Streams = Map<string, RecordedEvent[]>;

const fits = (streams: Streams, { stream, expected }: StreamWrite): boolean => {
  const length = BigInt(streams.get(stream)?.length ?? 0);
  return expected === 'any' || (expected === 'no-stream' ? length === 0n : expected === length - 1n);
};

/** The last event of a write that is there already, at the place where its writer expected it. */
const repeatOf = (streams: Streams, { stream, expected, events }: StreamWrite): RecordedEvent | undefined => {
  if (expected === 'any') return undefined;
  const from = expected === 'no-stream' ? 0 : Number(expected) + 1;
  const there = streams.get(stream)?.slice(from, from + events.length) ?? [];
  const same =
    there.length === events.length && there.every((event, index) => event.id === events[index]?.id);
  return same ? there.at(-1) : undefined;
};

const passes = ({ streams, types }: LedgerFilter, event: RecordedEvent): boolean =>
  (streams === undefined || streams.some((prefix) => event.stream.startsWith(prefix))) &&
  (types === undefined || types.some((prefix) => event.type.startsWith(prefix)));

const appendedAt = ({ stream, revision, position }: RecordedEvent, repeated: boolean): Appended => ({
  stream,
  revision,
  position,
  repeated,
});

type Log = { readonly all: RecordedEvent[]; readonly streams: Streams };

const store = (log: Log, { stream, events }: StreamWrite): Appended => {
  const held = log.streams.get(stream) ?? [];
  log.streams.set(stream, held);
  for (const event of events) {
    const position = BigInt(log.all.length + 1);
    const recorded = { ...event, stream, revision: BigInt(held.length), position };
    held.push(recorded);
    log.all.push(recorded);
  }
  return appendedAt(held.at(-1) as RecordedEvent, false);
};

const appendTo = (log: Log, writes: readonly StreamWrite[]): readonly Appended[] => {
  for (const write of writes) {
    if (fits(log.streams, write) || repeatOf(log.streams, write) !== undefined) continue;
    const last = log.streams.get(write.stream)?.at(-1);
    throw new RevisionConflict(write.stream, write.expected, last?.revision ?? 'no-stream');
  }
  return writes.map((write) => {
    const repeat = fits(log.streams, write) ? undefined : repeatOf(log.streams, write);
    return repeat === undefined ? store(log, write) : appendedAt(repeat, true);
  });
};

const readAll = ({ all }: Log, after: bigint, filter: LedgerFilter, limit: number): LedgerPage => {
  const head = BigInt(all.length);
  if (after >= head) return { events: [], position: after, caughtUp: true };
  const events: RecordedEvent[] = [];
  let at = Number(after);
  while (at < all.length && events.length < limit) {
    const event = all[at] as RecordedEvent;
    if (passes(filter, event)) events.push(event);
    at += 1;
  }
  return { events, position: BigInt(at), caughtUp: at === all.length };
};

async function* follow(
  log: Log,
  news: Bell,
  { after, filter, limit, signal }: Subscription,
): AsyncGenerator<LedgerPage> {
  let position = after;
  let first = true;
  while (!signal.aborted) {
    const page = readAll(log, position, filter, limit);
    if (first || page.position > position) yield page;
    first = false;
    position = page.position;
    // nothing can have been appended between the look and the wait: both happen without a pause
    if (position >= BigInt(log.all.length)) await news.next(signal);
  }
}

const slice = (events: readonly RecordedEvent[], from: bigint, limit: number): readonly RecordedEvent[] =>
  from >= BigInt(events.length) ? [] : events.slice(Number(from), Number(from) + limit);

/** The ledger in the memory of this process; it is gone with it. A call's writes are stored together or not at all. */
export const memoryLedger = (): Ledger => {
  const log: Log = { all: [], streams: new Map() };
  const news = bell();
  return {
    append: async (writes) => {
      const appended = appendTo(log, checked(writes));
      news.ring();
      return appended;
    },
    readStream: async (stream, from, limit) => slice(log.streams.get(stream) ?? [], from, limit),
    lastEvent: async (stream) => log.streams.get(stream)?.at(-1),
    readAll: async (after, filter, limit) => readAll(log, after, filter, limit),
    subscribe: (subscription) => follow(log, news, subscription),
    eventAt: async (position) => log.all.find((event) => event.position === position),
    head: async () => BigInt(log.all.length),
  };
};
