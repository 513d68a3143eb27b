import {
  BACKWARDS,
  END,
  FORWARDS,
  START,
  type EventStoreDBClient,
  type EventType,
  type ResolvedEvent,
  type StreamingRead,
} from '@eventstore/db-client';
import { isInvalidPosition, isNoStream, translated } from './client-errors.js';
import type { Connection } from './connection.js';
import type { Settings } from './options.js';
import { isOurs, positionOf, type ReadEvent } from './recorded-event.js';
import { withRetries } from './retries.js';
import { NoAnswer } from './waiting.js';

/** Reads that end. All go to the leader: it alone has everything that was ever acknowledged. */
export type Reader = {
  forwards(stream: string, from: bigint, limit: number): Promise<readonly ReadEvent[]>;
  last(stream: string): Promise<ReadEvent | undefined>;
  /** The event whose record begins at the position. */
  at(position: bigint): Promise<ReadEvent | undefined>;
  /** The last event before the position, whoever wrote it. */
  before(position: bigint): Promise<ReadEvent | undefined>;
  /** The newest event that the server did not write itself. */
  newest(): Promise<ReadEvent | undefined>;
};

/** Everything that the read gives. @throws NoAnswer when it is silent for too long */
const collected = (
  reading: StreamingRead<ResolvedEvent<EventType>>,
  silenceMs: number,
): Promise<readonly ReadEvent[]> =>
  new Promise((resolve, reject) => {
    const events: ReadEvent[] = [];
    const silent = () => {
      reading.cancel().catch(() => undefined);
      reject(new NoAnswer(`no answer to a read within ${silenceMs} ms`));
    };
    let timer = setTimeout(silent, silenceMs);
    reading.on('data', (event: ReadEvent) => {
      clearTimeout(timer);
      timer = setTimeout(silent, silenceMs);
      events.push(event);
    });
    reading.on('end', () => {
      clearTimeout(timer);
      resolve(events);
    });
    // stays for the life of the read: a late error without a listener would end the process
    reading.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });

/** Events of the server itself can pile up behind the newest of ours; read so many at a time when the first is one. */
const BACKWARDS_PAGE = 64;

const newestOf = async (
  page: (from: bigint | undefined, count: number) => Promise<readonly ReadEvent[]>,
): Promise<ReadEvent | undefined> => {
  let from: bigint | undefined;
  for (let count = 1; ; count = BACKWARDS_PAGE) {
    const events = await page(from, count);
    const found = events.find(isOurs);
    const last = events.at(-1);
    if (found !== undefined || last === undefined || events.length < count) return found;
    from = positionOf(last);
  }
};

export const reader = (connection: Connection, settings: Settings): Reader => {
  const read = (
    start: (client: EventStoreDBClient) => StreamingRead<ResolvedEvent<EventType>>,
  ): Promise<readonly ReadEvent[]> =>
    withRetries(settings, 'read', async () => {
      const client = await connection.client();
      try {
        return await collected(start(client), settings.timeoutMs);
      } catch (thrown) {
        if (thrown instanceof NoAnswer) connection.renew(client);
        if (isNoStream(thrown) || isInvalidPosition(thrown)) return [];
        throw thrown;
      }
    }).catch((thrown: unknown) => {
      throw translated(thrown);
    });

  const ofAll = (
    direction: typeof FORWARDS | typeof BACKWARDS,
    from: bigint | undefined,
    maxCount: number,
  ) => {
    const fromPosition = from === undefined ? END : { commit: from, prepare: from };
    return read((client) => client.readAll({ direction, fromPosition, maxCount, requiresLeader: true }));
  };

  return {
    forwards: (stream, from, limit) =>
      read((client) =>
        client.readStream(stream, {
          direction: FORWARDS,
          fromRevision: from === 0n ? START : from,
          maxCount: limit,
          requiresLeader: true,
        }),
      ),
    last: async (stream) =>
      (
        await read((client) =>
          client.readStream(stream, {
            direction: BACKWARDS,
            fromRevision: END,
            maxCount: 1,
            requiresLeader: true,
          }),
        )
      )[0],
    at: async (position) =>
      (await ofAll(FORWARDS, position, 1)).find((event) => positionOf(event) === position),
    before: async (position) => (await ofAll(BACKWARDS, position, 1))[0],
    newest: () => newestOf((from, count) => ofAll(BACKWARDS, from, count)),
  };
};
