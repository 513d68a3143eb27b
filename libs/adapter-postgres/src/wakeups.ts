import type { Client } from 'pg';

/** What may be listened to; the schema's functions notify these. */
export type WakeupChannel = 'karnama_ledger' | 'karnama_channel';

/**
 * Notifications of the server, over one connection that is opened when the first listener comes and
 * opened again when it is lost. They are hints to look now: who listens must also look from time to
 * time by himself, since a lost connection loses notifications.
 */
export type Wakeups = {
  /**
   * Calls `wake` on each notification with its payload, and without one whenever the connection was
   * made anew (anything may have happened meanwhile). Returns how to stop.
   */
  listen(channel: WakeupChannel, wake: Wake): () => void;
  close(): Promise<void>;
};

export type Wake = (payload: string | undefined) => void;

const RECONNECT_MS = 1_000;

export const wakeups = (openSession: () => Promise<Client>): Wakeups => {
  const listeners = new Map<WakeupChannel, Set<Wake>>([
    ['karnama_ledger', new Set()],
    ['karnama_channel', new Set()],
  ]);
  let closed = false;
  let connection: Promise<void> | undefined;
  let session: Client | undefined;
  let retry: NodeJS.Timeout | undefined;

  const wakeAll = () => {
    for (const wakes of listeners.values()) for (const wake of wakes) wake(undefined);
  };
  const wanted = () => !closed && [...listeners.values()].some((wakes) => wakes.size > 0);

  const lost = () => {
    session = undefined;
    connection = undefined;
    clearTimeout(retry);
    retry = setTimeout(() => wanted() && connect(), RECONNECT_MS).unref();
  };
  const open = async () => {
    const client = await openSession();
    session = client;
    client.once('end', lost);
    client.on('notification', ({ channel, payload }) => {
      for (const wake of listeners.get(channel as WakeupChannel) ?? []) wake(payload ?? '');
    });
    for (const channel of listeners.keys()) await client.query(`LISTEN ${channel}`);
    wakeAll(); // what was notified before LISTEN took hold has been missed
  };
  const connect = () => {
    connection ??= open().catch(async () => {
      if (session === undefined) lost();
      else await session.end().catch(() => undefined); // its end is what `lost` hears of
    });
  };

  return {
    listen: (channel, wake) => {
      listeners.get(channel)?.add(wake);
      connect();
      return () => listeners.get(channel)?.delete(wake);
    },
    close: async () => {
      closed = true;
      clearTimeout(retry);
      await connection;
      await session?.end().catch(() => undefined);
      clearTimeout(retry);
    },
  };
};
