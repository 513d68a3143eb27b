import { EventStoreDBClient } from '@eventstore/db-client';
import { KarnamaError } from '@karnama/kernel';
import { pause, within } from './waiting.js';

/** Parts of the client that its types keep to itself; the version is pinned. */
type Inside = { readonly capabilities: Promise<unknown>; getChannel(): Promise<{ close(): void }> };

const insideOf = (client: EventStoreDBClient): Inside => client as unknown as Inside;

const DISPOSE_MS = 2000;

const settled = async (works: ReadonlySet<Promise<unknown>>, ms: number): Promise<boolean> =>
  within(ms, 'what is under way', Promise.allSettled(works)).then(
    () => true,
    () => false,
  );

/** A client that is replaced by a fresh one when its connection is not to be trusted any more. */
export type Connection = {
  /** The client to use now. Waits while a replaced one is being taken down. @throws KarnamaError `ledger-closed` */
  client(): Promise<EventStoreDBClient>;
  /** Whether it is still the client to use. */
  isCurrent(client: EventStoreDBClient): boolean;
  /** Work of the client that cannot be broken off: its connection is not closed before it has ended. */
  track<T>(client: EventStoreDBClient, work: Promise<T>): Promise<T>;
  /** Takes this client down, if it is still the one in use; everything that can be broken off on it fails. */
  renew(client: EventStoreDBClient): void;
  close(): Promise<void>;
};

/** @param lingerMs how long work that cannot be broken off may last */
export const connection = (url: string, lingerMs: number, onRenewed: () => void): Connection => {
  let current: EventStoreDBClient | undefined;
  let retiring: Promise<void> | undefined;
  let closed = false;
  const underWay = new WeakMap<EventStoreDBClient, Set<Promise<unknown>>>();

  /** The client's own `dispose` can wait for ever, and leaves the connection open. */
  const disposed = (client: EventStoreDBClient): Promise<void> =>
    within(DISPOSE_MS, 'dispose', client.dispose()).catch(() => undefined);

  /** A call that begins on a closed channel is an unhandled rejection inside of the client. */
  const disconnected = async (client: EventStoreDBClient, waitMs: number): Promise<void> => {
    if (!(await settled(underWay.get(client) ?? new Set(), waitMs))) return;
    const closing = insideOf(client)
      .getChannel()
      .then((channel) => channel.close());
    await within(DISPOSE_MS, 'close', closing).catch(() => undefined);
  };

  const retire = async (client: EventStoreDBClient): Promise<void> => {
    // a call that was begun a moment ago is registered by then, so that it is ended with the others
    await pause(0);
    await disposed(client);
    retiring = undefined;
    void disconnected(client, lingerMs);
  };

  return {
    client: async () => {
      while (retiring !== undefined) await retiring;
      if (closed) throw new KarnamaError('ledger-closed', 'the connection to the event store was closed');
      current ??= EventStoreDBClient.connectionString(url);
      return current;
    },
    isCurrent: (client) => client === current,
    track: async (client, work) => {
      const works = underWay.get(client) ?? new Set();
      underWay.set(client, works.add(work));
      try {
        return await work;
      } finally {
        works.delete(work);
      }
    },
    renew: (client) => {
      if (client !== current) return;
      current = undefined;
      onRenewed();
      retiring = retire(client);
    },
    close: async () => {
      closed = true;
      await retiring;
      const last = current;
      current = undefined;
      if (last === undefined) return;
      await pause(0);
      await disposed(last);
      await disconnected(last, DISPOSE_MS);
    },
  };
};

/**
 * Asks the server what it can do, once for each connection. The client asks by itself at the first
 * append, but waits for the answer without an end; when this has come back, it need not ask.
 */
export const introduced = async (client: EventStoreDBClient, ms: number): Promise<void> => {
  for (let asked: Promise<unknown> | undefined; asked !== insideOf(client).capabilities;) {
    asked = insideOf(client).capabilities;
    await within(ms, 'the question what the server can do', asked);
  }
};
