import {
  START,
  eventTypeFilter,
  streamNameFilter,
  type AllStreamSubscription,
  type EventStoreDBClient,
} from '@eventstore/db-client';
import type { LedgerFilter } from '@karnama/ledger';
import { POSITION_LIMIT, type ReadEvent } from './recorded-event.js';
import { within } from './waiting.js';

/** What has come since the last look, in the order of the log. */
export type Haul = {
  readonly events: readonly ReadEvent[];
  /** Nothing more is here now; only then do the other two speak of everything before them. */
  readonly drained: boolean;
  /** Everything that was in the log when the subscription was opened has come. */
  readonly caughtUp: boolean;
  /** The server has looked at everything up to here. */
  readonly checkpoint: bigint | undefined;
};

/** An open subscription to `$all`, pulled. */
export type Tail = {
  take(limit: number): Haul;
  /** Until something came or the subscription ended (true), or the time has passed or the signal aborted (false). */
  news(ms: number, signal?: AbortSignal): Promise<boolean>;
  /** Why nothing more will come: an error, or the server's clean end, which is no end of the log. */
  dropped(): Error | undefined;
  close(): Promise<void>;
};

type Marks = { caughtUp: boolean; checkpoint: bigint | undefined };

/** A checkpoint after so many windows that the server has searched. */
const CHECKPOINT_WINDOWS = 5;
/** The client's own buffer holds 16 events unless it is told otherwise. */
const BUFFERED_EVENTS = 512;
const CLOSE_MS = 2000;

/** The server filters by one list; the other, and the server's own events, are left out here. */
const serverFilter = (
  { streams, types }: LedgerFilter,
  searchWindow: number,
  checkpointReached: (subscription: AllStreamSubscription, position: { commit: bigint }) => Promise<void>,
) => {
  const common = { maxSearchWindow: searchWindow, checkpointInterval: CHECKPOINT_WINDOWS, checkpointReached };
  const useful = (prefixes: readonly string[] | undefined) =>
    prefixes === undefined || prefixes.includes('') ? undefined : [...prefixes];
  const [ofTypes, ofStreams] = [useful(types), useful(streams)];
  if (ofTypes !== undefined) return eventTypeFilter({ ...common, prefixes: ofTypes });
  if (ofStreams !== undefined) return streamNameFilter({ ...common, prefixes: ofStreams });
  return eventTypeFilter({ ...common, regex: '^[^$].*' });
};

/** Opens a subscription behind `after`, which must be the position of an event. */
export const openTail = (
  client: EventStoreDBClient,
  after: bigint,
  filter: LedgerFilter,
  searchWindow: number,
): Tail => {
  let marks: Marks = { caughtUp: false, checkpoint: undefined };
  let dropped: Error | undefined;
  let ring: () => void = () => undefined;

  const subscription = client.subscribeToAll(
    {
      fromPosition: after === 0n ? START : { commit: after, prepare: after },
      requiresLeader: true,
      // a throw in here would end all delivery without a word
      filter: serverFilter(filter, searchWindow, async (_, { commit }) => {
        // servers before 24.10.5 can send 2^64-1, and take it for the end when it is sent back
        if (commit < POSITION_LIMIT) marks.checkpoint = commit;
        ring();
      }),
    },
    { highWaterMark: BUFFERED_EVENTS },
  );
  const drop = (error: Error) => {
    dropped ??= error;
    ring();
  };
  subscription.on('caughtUp', () => {
    marks.caughtUp = true;
    ring();
  });
  subscription.on('readable', () => ring());
  // stays for the life of the process: a late error without a listener would end it
  subscription.on('error', drop);
  subscription.on('end', () => drop(new Error('the server ended the subscription')));
  subscription.on('close', () => drop(new Error('the subscription was closed')));

  return {
    take: (limit) => {
      // what is marked now stands behind everything that lies in the buffer now
      const before = marks;
      marks = { caughtUp: false, checkpoint: undefined };
      const events: ReadEvent[] = [];
      let drained = false;
      while (events.length < limit && !drained) {
        const event = subscription.read() as ReadEvent | null;
        if (event === null) drained = true;
        else events.push(event);
      }
      if (drained) return { events, drained, ...before };
      marks = {
        caughtUp: before.caughtUp || marks.caughtUp,
        checkpoint: marks.checkpoint ?? before.checkpoint,
      };
      return { events, drained, caughtUp: false, checkpoint: undefined };
    },
    news: (ms, signal) =>
      new Promise((resolve) => {
        const told = (came: boolean) => {
          ring = () => undefined;
          clearTimeout(timer);
          signal?.removeEventListener('abort', aborted);
          resolve(came);
        };
        const aborted = () => told(false);
        const timer = setTimeout(aborted, ms);
        signal?.addEventListener('abort', aborted, { once: true });
        ring = () => told(true);
        if (signal?.aborted === true) told(false);
        else if (
          dropped !== undefined ||
          marks.caughtUp ||
          marks.checkpoint !== undefined ||
          subscription.readableLength > 0
        )
          told(true);
      }),
    dropped: () => dropped,
    close: async () => {
      dropped ??= new Error('closed');
      await within(CLOSE_MS, 'unsubscribe', subscription.unsubscribe()).catch(() => undefined);
      subscription.destroy();
    },
  };
};
