import type { RecordedEvent } from '@karnama/kernel';
import type { LedgerFilter, LedgerPage } from '@karnama/ledger';
import type { Database } from './database.js';
import type { LedgerDictionary } from './ledger-dictionary.js';
import { StoredEvent } from './recorded-event.js';

/**
 * One text column a row: the driver's cost is per column. U+001F cannot stand in a JSON text, and
 * the numbers and the id hold no space.
 */
const SEPARATOR = '\u001f';
const ROW = `e.position || ' ' || e.stream_id || ' ' || e.revision || ' ' || e.type_id || ' ' || e.id
  || ' ' || e.data || E'\\x1f' || e.metadata`;
const UUID_LENGTH = 36;

/** Filtered reads look at so many positions a page, so that a rare type does not make a page a scan of everything. */
const WINDOW = 50_000n;

type RawEvent = {
  readonly position: bigint;
  readonly streamId: string;
  readonly revision: bigint;
  readonly typeId: string;
  readonly id: string;
  readonly data: string;
  readonly metadata: string;
};

const rawEventOf = (row: string): RawEvent => {
  const stream = row.indexOf(' ') + 1;
  const revision = row.indexOf(' ', stream) + 1;
  const type = row.indexOf(' ', revision) + 1;
  const id = row.indexOf(' ', type) + 1;
  const data = id + UUID_LENGTH + 1;
  const metadata = row.indexOf(SEPARATOR, data) + 1;
  return {
    position: BigInt(row.slice(0, stream - 1)),
    streamId: row.slice(stream, revision - 1),
    revision: BigInt(row.slice(revision, type - 1)),
    typeId: row.slice(type, id - 1),
    id: row.slice(id, data - 1),
    data: row.slice(data, metadata - 1),
    metadata: row.slice(metadata),
  };
};

const escapedPrefix = (prefix: string): string => `${prefix.replace(/[\\%_]/g, '\\$&')}%`;

export type LedgerReader = {
  readStream(stream: string, from: bigint, limit: number): Promise<readonly RecordedEvent[]>;
  lastEvent(stream: string): Promise<RecordedEvent | undefined>;
  readAll(after: bigint, filter: LedgerFilter, limit: number): Promise<LedgerPage>;
  eventAt(position: bigint): Promise<RecordedEvent | undefined>;
  head(): Promise<bigint>;
};

export const ledgerReader = (database: Database, dictionary: LedgerDictionary): LedgerReader => {
  const events = async (condition: string, values: readonly unknown[]): Promise<readonly RecordedEvent[]> => {
    const { rows } = await database.withClient((client) =>
      client.query<[string]>({
        text: `SELECT ${ROW} FROM ledger_event e ${condition}`,
        values: [...values],
        rowMode: 'array',
      }),
    );
    const raw = rows.map(([row]) => rawEventOf(row));
    const streams = await dictionary.streamNames(new Set(raw.map((event) => event.streamId)));
    const types = await dictionary.typeNames(new Set(raw.map((event) => event.typeId)));
    return raw.map(
      ({ streamId, revision, position, id, typeId, data, metadata }) =>
        new StoredEvent(
          streams.get(streamId) ?? '',
          revision,
          position,
          id,
          types.get(typeId) ?? '',
          data,
          metadata,
        ),
    );
  };

  const head = async (): Promise<bigint> => {
    const { rows } = await database.withClient((client) =>
      client.query<{ head: string }>('SELECT coalesce(max(position), 0) AS head FROM ledger_event'),
    );
    return BigInt(rows[0]?.head ?? 0);
  };

  const between = (after: bigint, end: bigint, { streams, types }: LedgerFilter, limit: number) => {
    const values: unknown[] = [after.toString(), end.toString(), limit];
    const prefixes = (list: readonly string[]) => `$${values.push(list.map(escapedPrefix))}::text[]`;
    const ofStreams =
      streams === undefined
        ? ['', '']
        : ['JOIN ledger_stream s ON s.stream_id = e.stream_id', `AND s.name LIKE ANY (${prefixes(streams)})`];
    const ofTypes =
      types === undefined
        ? ''
        : `AND e.type_id = ANY (ARRAY(SELECT t.type_id FROM ledger_type t WHERE t.name LIKE ANY (${prefixes(types)})))`;
    return events(
      `${ofStreams[0]} WHERE e.position > $1 AND e.position <= $2 ${ofStreams[1]} ${ofTypes} ORDER BY e.position LIMIT $3`,
      values,
    );
  };

  return {
    head,
    readStream: (stream, from, limit) =>
      events(
        `WHERE e.stream_id = (SELECT stream_id FROM ledger_stream WHERE name = $1) AND e.revision >= $2
         ORDER BY e.revision LIMIT $3`,
        [stream, from.toString(), limit],
      ),
    lastEvent: async (stream) =>
      (
        await events(
          `WHERE e.stream_id = (SELECT stream_id FROM ledger_stream WHERE name = $1) ORDER BY e.revision DESC LIMIT 1`,
          [stream],
        )
      )[0],
    eventAt: async (position) => (await events('WHERE e.position = $1', [position.toString()]))[0],
    readAll: async (after, filter, limit) => {
      // the head is read first: everything up to it has been committed and will be seen by the page
      const last = await head();
      if (after >= last) return { events: [], position: after, caughtUp: true };
      const filtered = filter.streams !== undefined || filter.types !== undefined;
      const end = filtered && after + WINDOW < last ? after + WINDOW : last;
      const page = await between(after, end, filter, limit);
      const full = page.length >= limit ? page.at(-1) : undefined;
      const position = full === undefined ? end : full.position;
      return { events: page, position, caughtUp: position >= last };
    },
  };
};
