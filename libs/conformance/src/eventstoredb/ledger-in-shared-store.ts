import type { RecordedEvent } from '@karnama/kernel';
import { RevisionConflict, type Ledger, type LedgerFilter, type LedgerPage } from '@karnama/ledger';

/**
 * A ledger that looks new and empty in a store that is neither, for suites that begin with an empty
 * one: streams get a prefix of their own, and everything up to the head of this moment lies before
 * the beginning. Nothing else may write to the store meanwhile. Filters pass through as they are,
 * but for the prefix, so the ledger behind is tested with every kind of them.
 */
export const ledgerInSharedStore = async (ledger: Ledger, prefix: string): Promise<Ledger> => {
  const base = await ledger.head();
  const inside = (position: bigint): bigint => (position <= base ? 0n : position);
  const outside = (position: bigint): bigint => (position < base ? base : position);

  const stripped = (stream: string): string => stream.slice(prefix.length);
  const event = (recorded: RecordedEvent): RecordedEvent => ({
    ...recorded,
    stream: stripped(recorded.stream),
  });
  const page = ({ events, position, caughtUp }: LedgerPage): LedgerPage => ({
    events: events.map(event),
    position: inside(position),
    caughtUp,
  });
  const filter = ({ streams, types }: LedgerFilter): LedgerFilter => ({
    ...(streams === undefined ? {} : { streams: streams.map((stream) => prefix + stream) }),
    ...(types === undefined ? {} : { types }),
  });

  return {
    append: async (writes) => {
      try {
        const appended = await ledger.append(
          writes.map((write) => ({ ...write, stream: prefix + write.stream })),
        );
        return appended.map((one) => ({ ...one, stream: stripped(one.stream) }));
      } catch (thrown) {
        throw thrown instanceof RevisionConflict
          ? new RevisionConflict(stripped(thrown.stream), thrown.expected, thrown.actual)
          : thrown;
      }
    },
    readStream: async (stream, from, limit) =>
      (await ledger.readStream(prefix + stream, from, limit)).map(event),
    lastEvent: async (stream) => {
      const last = await ledger.lastEvent(prefix + stream);
      return last === undefined ? undefined : event(last);
    },
    readAll: async (after, wanted, limit) =>
      page(await ledger.readAll(outside(after), filter(wanted), limit)),
    subscribe: async function* (subscription) {
      const { after, filter: wanted } = subscription;
      const pages = ledger.subscribe({ ...subscription, after: outside(after), filter: filter(wanted) });
      for await (const one of pages) yield page(one);
    },
    eventAt: async (position) => {
      const there = await ledger.eventAt(outside(position));
      return there === undefined ? undefined : { ...there, stream: there.stream.slice(prefix.length) };
    },
    head: async () => inside(await ledger.head()),
  };
};
