import { NO_STREAM, type EventData, type EventStoreDBClient } from '@eventstore/db-client';
import { KarnamaError } from '@karnama/kernel';
import { introduced, type Connection } from './connection.js';
import { verdictOf } from './client-errors.js';
import type { Settings } from './options.js';
import type { PreparedEvent } from './prepared-write.js';
import { NoAnswer, gate, within } from './waiting.js';

/** Where the last event of an append stands; the server may leave out the position of a repeat. */
export type Placed = { readonly revision: bigint; readonly position: bigint | undefined };

/** One attempt, once. @throws what the client throws, or NoAnswer */
export type Writer = {
  append(stream: string, expected: bigint | 'no-stream', events: readonly PreparedEvent[]): Promise<Placed>;
  close(): Promise<void>;
};

/**
 * The client loses writes with an unhandled rejection when its buffer of 16 messages is full at the
 * moment the connection breaks, so never so many are on their way.
 */
const ON_THE_WAY = 12;

/**
 * The server judges an append's deadline by its own clock; far enough away, a difference between the
 * clocks does not matter. Our own timer is the one that counts.
 */
export const DEADLINE_FACTOR = 6;

/** Appends of all clients of a process share one table of answers: an error on one stream fails all of them. */
let writing: symbol | undefined;

const claimed = (me: symbol): void => {
  if (writing !== undefined && writing !== me)
    throw new KarnamaError(
      'second-writing-client',
      'another ledger of this process writes to the event store already',
      'let one ledger of the process write; others may read',
    );
  writing = me;
};

const eventData = ({ id, type, data, metadata }: PreparedEvent): EventData =>
  ({ id, type, data, metadata, contentType: 'application/json' }) as EventData;

/** The client connects anew by itself after these; after others its connection may be dead without knowing. */
const needsRenewal = (thrown: unknown): boolean =>
  thrown instanceof NoAnswer || verdictOf(thrown) === 'ambiguous';

export const writer = (connection: Connection, settings: Settings): Writer => {
  const me = Symbol('writing ledger');
  const places = gate(ON_THE_WAY);
  const { timeoutMs } = settings;

  const sent = async (
    client: EventStoreDBClient,
    stream: string,
    expected: bigint | 'no-stream',
    events: readonly PreparedEvent[],
  ): Promise<Placed> => {
    await introduced(client, timeoutMs);
    // it may have been taken down meanwhile; an append that begins on it now would go astray
    if (!connection.isCurrent(client)) throw new NoAnswer('the connection was made anew before an append');
    const work = client.appendToStream(stream, events.map(eventData), {
      expectedRevision: expected === 'no-stream' ? NO_STREAM : expected,
      deadline: timeoutMs * DEADLINE_FACTOR,
      requiresLeader: true,
    });
    const result = await within(timeoutMs, 'an append', connection.track(client, work));
    return { revision: result.nextExpectedRevision, position: result.position?.commit };
  };

  return {
    append: async (stream, expected, events) => {
      await places.enter();
      try {
        const client = await connection.client();
        claimed(me);
        try {
          return await sent(client, stream, expected, events);
        } catch (thrown) {
          if (needsRenewal(thrown)) connection.renew(client);
          throw thrown;
        }
      } finally {
        places.leave();
      }
    },
    close: async () => {
      await connection.close();
      if (writing === me) writing = undefined;
    },
  };
};
