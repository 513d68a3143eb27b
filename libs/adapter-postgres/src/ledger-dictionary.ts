import type { Database } from './database.js';

/** Names and numbers of streams and event types. An entry never changes once it is there, so it is kept. */
export type LedgerDictionary = {
  /** Numbers of these event types; new ones are entered. */
  typeIds(names: ReadonlySet<string>): Promise<ReadonlyMap<string, number>>;
  /** Names for the numbers; what is not known here is looked up. Keys are decimal text. */
  typeNames(ids: Iterable<string>): Promise<ReadonlyMap<string, string>>;
  streamNames(ids: Iterable<string>): Promise<ReadonlyMap<string, string>>;
};

/** Beyond so many names the cache starts anew: a ledger may hold millions of short streams. */
const MOST_NAMES = 200_000;

const namesFrom = (database: Database, query: string) => {
  let known = new Map<string, string>();
  return async (ids: Iterable<string>): Promise<ReadonlyMap<string, string>> => {
    const wanted = new Set(ids);
    const missing = [...wanted].filter((id) => !known.has(id));
    if (missing.length === 0) return known;
    if (known.size + missing.length > MOST_NAMES) {
      known = new Map(); // readers may still hold the old one
      missing.splice(0, missing.length, ...wanted);
    }
    const { rows } = await database.withClient((client) =>
      client.query<{ id: string; name: string }>(query, [missing]),
    );
    for (const { id, name } of rows) known.set(id, name);
    return known;
  };
};

const enterTypes = async (
  database: Database,
  names: readonly string[],
): Promise<readonly [string, number][]> => {
  const { rows } = await database.withClient(async (client) => {
    await client.query(
      'INSERT INTO ledger_type (name) SELECT unnest($1::text[]) ORDER BY 1 ON CONFLICT DO NOTHING',
      [names],
    );
    return client.query<{ name: string; type_id: number }>(
      'SELECT name, type_id FROM ledger_type WHERE name = ANY ($1::text[])',
      [names],
    );
  });
  return rows.map((row) => [row.name, row.type_id]);
};

export const ledgerDictionary = (database: Database): LedgerDictionary => {
  const types = new Map<string, number>();
  return {
    typeIds: async (names) => {
      const missing = [...names].filter((name) => !types.has(name));
      if (missing.length > 0)
        for (const [name, id] of await enterTypes(database, missing)) types.set(name, id);
      return types;
    },
    typeNames: namesFrom(
      database,
      'SELECT type_id::text AS id, name FROM ledger_type WHERE type_id = ANY ($1::integer[])',
    ),
    streamNames: namesFrom(
      database,
      'SELECT stream_id::text AS id, name FROM ledger_stream WHERE stream_id = ANY ($1::bigint[])',
    ),
  };
};
