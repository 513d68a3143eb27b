import type { RecordedEvent } from '@karnama/kernel';
import type { Ledger } from '@karnama/ledger';
import { appender, horizon } from './append.js';
import { translated } from './client-errors.js';
import { connection } from './connection.js';
import { follow } from './follow.js';
import { settingsOf, type EventStoreOptions } from './options.js';
import { pageOf, readPage, standingOf, type Source } from './pages.js';
import { reader } from './reader.js';
import { isOurs, recordedEventOf } from './recorded-event.js';
import { withRetries } from './retries.js';
import { DEADLINE_FACTOR, writer } from './writer.js';

export type EventStoreLedger = Ledger & {
  /** Ends all subscriptions and connections. What was on its way may have been stored or not. */
  close(): Promise<void>;
};

/**
 * The ledger in EventStoreDB or KurrentDB. Positions are places in the server's log (commit
 * positions): they grow, but not by one. A write of up to 500 events and 1 MB is stored whole or not
 * at all; a longer one goes in pieces, each behind the other, and is completed by repeating it.
 *
 * Connections are made when they are needed. One ledger of a process may write; a second one that
 * tries is refused with `second-writing-client`.
 * @throws KarnamaError `connection-string-refused`
 */
export const eventStoreLedger = (options: EventStoreOptions): EventStoreLedger => {
  const settings = settingsOf(options);
  const renewed = (during: string) => () =>
    settings.onTrouble({ kind: 'renewed', during, message: 'the connection is made anew', attempt: 1 });
  // apart, because the client fails all appends of a connection that any other call of it finds broken
  const reading = connection(settings.url, 0, renewed('read'));
  const writing = connection(settings.url, (DEADLINE_FACTOR + 1) * settings.timeoutMs, renewed('append'));

  const reads = reader(reading, settings);
  const appends = writer(writing, settings);
  const known = horizon(reads);
  const append = appender(appends, reads, settings, known);
  const source: Source = { connection: reading, reader: reads, settings };
  const closed = new AbortController();

  const heard = (event: RecordedEvent): RecordedEvent => {
    known.heard(event.position);
    return event;
  };

  return {
    append,
    readStream: async (stream, from, limit) =>
      (await reads.forwards(stream, from, limit)).map((event) => heard(recordedEventOf(event))),
    lastEvent: async (stream) => {
      const event = await reads.last(stream);
      return event === undefined ? undefined : heard(recordedEventOf(event));
    },
    readAll: async (after, filter, limit) => {
      const page = () => readPage(source, { position: after, eventId: '' }, filter, limit);
      return withRetries(settings, 'read', page).then(pageOf, (thrown: unknown) => {
        throw translated(thrown);
      });
    },
    subscribe: ({ signal, ...subscription }) =>
      follow(source, { ...subscription, signal: AbortSignal.any([signal, closed.signal]) }),
    head: async () => (await standingOf(reads.newest())).position,
    eventAt: async (position) => {
      const found = await reads.at(position);
      if (found?.event === undefined) return undefined;
      return isOurs(found)
        ? heard(recordedEventOf(found))
        : { id: found.event.id, stream: found.event.streamId, type: found.event.type };
    },
    close: async () => {
      closed.abort();
      await Promise.all([appends.close(), reading.close()]);
    },
  };
};
