import { EventStoreDBClient } from '@eventstore/db-client';
import { KarnamaError } from '@karnama/kernel';
import { pause, within } from './waiting.js';

/** Parts of the client that its types keep to itself; the version is pinned. */
type Inside = { readonly capabilities: Promise<unknown>; getChannel(): Promise<{ close(): void }> };

const insideOf = (client: EventStoreDBClient): Inside => client as unknown as Inside;

const DISPOSE_MS = 2000;

/**
 * Ends every call of the client, then its connection. The client's own `dispose` can wait for ever,
 * and leaves the connection open.
 */
const disposed = async (client: EventStoreDBClient): Promise<void> => {
  await within(DISPOSE_MS, 'dispose', client.dispose()).catch(() => undefined);
  const closing = insideOf(client)
    .getChannel()
    .then((channel) => channel.close());
  await within(DISPOSE_MS, 'close', closing).catch(() => undefined);
};

/** A client that is replaced by a fresh one when its connection is not to be trusted any more. */
export type Connection = {
  /** The client to use now. Waits while a replaced one is being taken down. @throws KarnamaError `ledger-closed` */
  client(): Promise<EventStoreDBClient>;
  /** Takes this client down, if it is still the one in use; everything that is under way on it fails. */
  renew(client: EventStoreDBClient): void;
  close(): Promise<void>;
};

export const connection = (url: string, onRenewed: () => void): Connection => {
  let current: EventStoreDBClient | undefined;
  let retiring: Promise<void> | undefined;
  let closed = false;
  const retire = async (client: EventStoreDBClient): Promise<void> => {
    // a call that was begun a moment ago is registered by then, so that it is ended with the others
    await pause(0);
    await disposed(client);
    retiring = undefined;
  };
  return {
    client: async () => {
      while (retiring !== undefined) await retiring;
      if (closed) throw new KarnamaError('ledger-closed', 'the connection to the event store was closed');
      current ??= EventStoreDBClient.connectionString(url);
      return current;
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
      if (last !== undefined) await disposed(last);
    },
  };
};

/**
 * Asks the server what it can do, once for each connection. The client asks by itself at the first
 * append, but waits for the answer without an end.
 */
export const introduced = (client: EventStoreDBClient, ms: number): Promise<unknown> =>
  within(ms, 'the question what the server can do', insideOf(client).capabilities);
