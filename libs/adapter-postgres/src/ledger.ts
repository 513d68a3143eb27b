import { KarnamaError } from '@karnama/kernel';
import type { Ledger, LedgerFilter, LedgerPage, Subscription } from '@karnama/ledger';
import { bell } from './bell.js';
import type { Database } from './database.js';
import { groupCommit } from './group-commit.js';
import { appendStatement, preparedWrites } from './ledger-append.js';
import { ledgerDictionary } from './ledger-dictionary.js';
import { ledgerReader, type LedgerReader } from './ledger-read.js';

export type LedgerOptions = {
  /** How often a subscription looks by itself, in case a notification was lost. Default 1000. */
  readonly pollMs?: number;
  /** How long an append waits for the writer before it; then it fails with `Unavailable`. Default 10,000. */
  readonly lockTimeoutMs?: number;
};

export type PostgresLedger = Ledger & {
  /**
   * Every page behind `after` up to the head, each fetched while the one before is being worked on.
   * For rebuilds: it ends where it has caught up.
   */
  scan(after: bigint, filter: LedgerFilter, limit: number): AsyncIterable<LedgerPage>;
};

async function* scan(
  reader: LedgerReader,
  after: bigint,
  filter: LedgerFilter,
  limit: number,
): AsyncGenerator<LedgerPage> {
  let page = await reader.readAll(after, filter, limit);
  while (!page.caughtUp) {
    const ahead = reader.readAll(page.position, filter, limit);
    ahead.catch(() => undefined); // told when it is awaited; the consumer may have stopped before
    yield page;
    page = await ahead;
  }
  yield page;
}

async function* follow(
  database: Database,
  reader: LedgerReader,
  pollMs: number,
  { after, filter, limit, signal }: Subscription,
): AsyncGenerator<LedgerPage> {
  const news = bell();
  const stopListening = database.listen('karnama_ledger', news.ring);
  let position = after;
  let first = true;
  try {
    while (!signal.aborted) {
      for await (const page of scan(reader, position, filter, limit)) {
        if (signal.aborted) return;
        if (first || page.position > position) yield page;
        first = false;
        position = page.position;
      }
      await news.wait(pollMs, signal);
    }
  } finally {
    stopListening();
  }
}

/**
 * The ledger in PostgreSQL. Appends that wait at the same moment share one statement and one commit;
 * a call's writes are stored together or not at all. A subscription that loses the database throws
 * `Unavailable`: subscribe again from the last page's position. Its first page also comes when it is
 * empty, to say that it has caught up.
 */
export const postgresLedger = (database: Database, options: LedgerOptions = {}): PostgresLedger => {
  const { pollMs = 1_000, lockTimeoutMs = 10_000 } = options;
  const dictionary = ledgerDictionary(database);
  const reader = ledgerReader(database, dictionary);
  const commit = groupCommit((writes) => appendStatement(database, dictionary, writes, lockTimeoutMs));
  return {
    append: async (writes) => {
      const prepared = preparedWrites(writes);
      if (prepared.length === 0) return [];
      const done = await commit(prepared);
      return prepared.map(({ stream }) => {
        const appended = done.get(stream);
        if (appended === undefined) throw new KarnamaError('append-unanswered', `no answer for ${stream}`);
        return appended;
      });
    },
    readStream: reader.readStream,
    lastEvent: reader.lastEvent,
    readAll: reader.readAll,
    eventAt: reader.eventAt,
    head: reader.head,
    scan: (after, filter, limit) => scan(reader, after, filter, limit),
    subscribe: (subscription) => follow(database, reader, pollMs, subscription),
  };
};
