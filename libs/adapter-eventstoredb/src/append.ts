import { KarnamaError, Unavailable } from '@karnama/kernel';
import { RevisionConflict, type Appended, type StreamWrite } from '@karnama/ledger';
import { isWrongVersion, translated } from './client-errors.js';
import type { Settings } from './options.js';
import { preparedWrites, type PreparedEvent, type PreparedWrite } from './prepared-write.js';
import type { Reader } from './reader.js';
import { positionOf, type ReadEvent } from './recorded-event.js';
import { withRetries } from './retries.js';
import { queues } from './waiting.js';
import type { Placed, Writer } from './writer.js';

type Exact = bigint | 'no-stream';
type Place = { readonly revision: bigint; readonly position: bigint };

/**
 * The newest position that this process has heard of: an append that is answered with it or an older
 * one was there already. What another process stores at the same moment can lie behind it.
 */
export type Horizon = {
  heard(position: bigint): void;
  /** Something may have been stored that nobody heard of: look again. */
  unsure(): void;
  now(): Promise<bigint>;
};

export const horizon = (reader: Reader): Horizon => {
  let newest: bigint | undefined;
  let first: Promise<bigint> | undefined;
  const heard = (position: bigint): void => {
    if (newest === undefined || position > newest) newest = position;
  };
  const read = async (): Promise<bigint> => {
    const event = await reader.newest();
    return (event && positionOf(event)) ?? 0n;
  };
  return {
    heard,
    unsure: () => {
      first = undefined;
    },
    now: async () => {
      first ??= read();
      try {
        heard(await first);
      } catch (thrown) {
        first = undefined;
        throw thrown;
      }
      return newest as bigint;
    },
  };
};

const placeOf = (event: ReadEvent | undefined): Place | undefined => {
  const position = event === undefined ? undefined : positionOf(event);
  return event?.event === undefined || position === undefined
    ? undefined
    : { revision: event.event.revision, position };
};

const behind = (expected: Exact): bigint => (expected === 'no-stream' ? 0n : expected + 1n);

export type Appender = (writes: readonly StreamWrite[]) => Promise<readonly Appended[]>;

/** How often a write that expects nothing looks again where the stream is, when others write it too. */
const PINNINGS = 20;

export const appender = (writer: Writer, reader: Reader, settings: Settings, known: Horizon): Appender => {
  const inTurn = queues();

  /** Whether these very events stand at the place where they were expected. */
  const standingAt = async (
    stream: string,
    expected: Exact,
    events: readonly PreparedEvent[],
  ): Promise<Place | undefined> => {
    const there = await reader.forwards(stream, behind(expected), events.length);
    const same = there.length === events.length && there.every(({ event }, n) => event?.id === events[n]?.id);
    return same ? placeOf(there.at(-1)) : undefined;
  };

  const located = async (stream: string, { revision, position }: Placed): Promise<Place> => {
    if (position !== undefined) return { revision, position };
    const place = placeOf((await reader.forwards(stream, revision, 1))[0]);
    if (place === undefined)
      throw new Unavailable(`the event store does not show revision ${revision} of ${stream} yet`);
    return place;
  };

  /** One append until it is answered; the identical request each time, so that none is stored twice. */
  const appended = async (
    stream: string,
    expected: Exact,
    events: readonly PreparedEvent[],
  ): Promise<Place> => {
    try {
      return await located(
        stream,
        await withRetries(settings, 'append', () => writer.append(stream, expected, events)),
      );
    } catch (thrown) {
      if (!isWrongVersion(thrown)) {
        known.unsure();
        throw translated(thrown);
      }
      const place = await standingAt(stream, expected, events);
      if (place !== undefined) return place;
      const { actualVersion } = thrown;
      throw new RevisionConflict(
        stream,
        expected,
        typeof actualVersion === 'bigint' ? actualVersion : 'no-stream',
      );
    }
  };

  /**
   * The server recognises a repeated write that expects nothing only for a while. So the place is
   * found out first, and the write made there: then it can be repeated exactly until it is answered.
   */
  const pinned = async (stream: string, at: Exact, events: readonly PreparedEvent[]): Promise<Place> => {
    let place = at;
    for (let pinning = 1; ; pinning += 1) {
      try {
        return await appended(stream, place, events);
      } catch (thrown) {
        if (!(thrown instanceof RevisionConflict)) throw thrown;
        if (pinning === PINNINGS)
          throw new Unavailable(`others write ${stream} all the time`, { cause: thrown });
        place = thrown.actual;
      }
    }
  };

  /** Each piece behind the one before it: the whole can be repeated, and goes on where it was broken off. */
  const piecewise = async (
    { stream, pieces }: PreparedWrite,
    from: Exact,
    put: typeof appended,
  ): Promise<Appended> => {
    const before = await known.now();
    let last: Place | undefined;
    let repeated = true;
    for (const piece of pieces) {
      last = await put(stream, last?.revision ?? from, piece);
      known.heard(last.position);
      if (last.position > before) repeated = false;
    }
    if (last === undefined)
      throw new KarnamaError('write-without-events', `the write to ${stream} holds no event`);
    return { stream, revision: last.revision, position: last.position, repeated };
  };

  const anywhere = async (write: PreparedWrite): Promise<Appended> =>
    piecewise(write, (await reader.last(write.stream))?.event?.revision ?? 'no-stream', pinned);

  const exactly = async (write: PreparedWrite, expected: Exact): Promise<Appended> => {
    try {
      return await piecewise(write, expected, appended);
    } catch (thrown) {
      // a conflict of a later piece tells what the writer of the whole believed
      throw thrown instanceof RevisionConflict
        ? new RevisionConflict(write.stream, expected, thrown.actual)
        : thrown;
    }
  };

  const single = (write: PreparedWrite): Promise<Appended> =>
    write.expected === 'any' ? inTurn(write.stream, () => anywhere(write)) : exactly(write, write.expected);

  return async (writes) => {
    const results = await Promise.allSettled(preparedWrites(writes).map(single));
    return results.map((result) => {
      if (result.status === 'rejected') throw result.reason;
      return result.value;
    });
  };
};
