import { KarnamaError, Unavailable } from '@karnama/kernel';
import {
  checkWrites,
  RevisionConflict,
  type Appended,
  type ExpectedRevision,
  type StreamWrite,
} from '@karnama/ledger';
import { int4Array, int8Array, textArray, uuidArray } from './binary-arrays.js';
import type { Database } from './database.js';
import type { LedgerDictionary } from './ledger-dictionary.js';

type PreparedEvent = {
  readonly id: string;
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
};

/** A write whose events are text already, so that what cannot be stored is refused before it is queued. */
export type PreparedWrite = {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly events: readonly PreparedEvent[];
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

const jsonOf = (value: unknown, id: string): string => {
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch (cause) {
    throw new KarnamaError('event-not-json', `event ${id} holds a value that JSON cannot carry`, undefined, {
      cause,
    });
  }
  if (text === undefined) throw new KarnamaError('event-not-json', `event ${id} has no data`);
  return text;
};

/**
 * @throws KarnamaError `event-id-not-uuid`, `event-not-json`, `write-without-events`,
 * `stream-written-twice`, `revision-out-of-range`
 */
export const preparedWrites = (writes: readonly StreamWrite[]): readonly PreparedWrite[] => {
  checkWrites(writes);
  return writes.map(({ stream, expected, events }) => {
    return {
      stream,
      expected,
      events: events.map(({ id, type, data, metadata }) => {
        if (!UUID.test(id)) throw new KarnamaError('event-id-not-uuid', `event id ${id} is not a UUID`);
        return { id: id.replaceAll('-', ''), type, data: jsonOf(data, id), metadata: jsonOf(metadata, id) };
      }),
    };
  });
};

/** What became of a write in one round: stored, there already, not where its writer believed, or not tried. */
export type Outcome =
  | { readonly kind: 'done'; readonly appended: Appended }
  | { readonly kind: 'conflict'; readonly error: RevisionConflict }
  | { readonly kind: 'untried' };

type AppendRow = {
  readonly stored: boolean;
  readonly head_before: string;
  readonly actual: readonly string[];
  readonly repeated_at: readonly (string | null)[] | null;
};

const STATEMENT =
  'SELECT * FROM ledger_append($1, $2::text[], $3::bigint[], $4::integer[], $5::integer[], $6::integer[], $7::integer[], $8::uuid[], $9::text[], $10::text[])';

const expectedNumber = (expected: ExpectedRevision): bigint =>
  expected === 'no-stream' ? -1n : expected === 'any' ? -2n : expected;

const parametersOf = (
  writes: readonly PreparedWrite[],
  types: ReadonlyMap<string, number>,
  waitMs: number,
) => {
  const events = writes.flatMap((write) => write.events);
  const writeOf: number[] = [];
  const ordinals: number[] = [];
  writes.forEach((write, index) => {
    for (let n = 1; n <= write.events.length; n += 1) {
      writeOf.push(index + 1);
      ordinals.push(n);
    }
  });
  return [
    waitMs,
    textArray(writes.map((write) => write.stream)),
    int8Array(writes.map((write) => expectedNumber(write.expected))),
    int4Array(writes.map((write) => write.events.length)),
    int4Array(writeOf),
    int4Array(ordinals),
    int4Array(events.map((event) => types.get(event.type) ?? 0)),
    uuidArray(events.map((event) => event.id)),
    textArray(events.map((event) => event.data)),
    textArray(events.map((event) => event.metadata)),
  ];
};

const storedOutcomes = (writes: readonly PreparedWrite[], row: AppendRow): readonly Outcome[] => {
  let position = BigInt(row.head_before);
  return writes.map(({ stream, events }, index) => {
    const count = BigInt(events.length);
    position += count;
    const revision = BigInt(row.actual[index] ?? 0) + count;
    return { kind: 'done', appended: { stream, revision, position, repeated: false } };
  });
};

const unstoredOutcomes = (writes: readonly PreparedWrite[], row: AppendRow): readonly Outcome[] =>
  writes.map(({ stream, expected, events }, index) => {
    const wanted = expectedNumber(expected);
    const actual = BigInt(row.actual[index] ?? -1);
    if (wanted === -2n || wanted === actual) return { kind: 'untried' };
    const repeatedAt = row.repeated_at?.[index];
    if (typeof repeatedAt === 'string') {
      const revision = wanted + BigInt(events.length);
      return { kind: 'done', appended: { stream, revision, position: BigInt(repeatedAt), repeated: true } };
    }
    return {
      kind: 'conflict',
      error: new RevisionConflict(stream, expected, actual < 0n ? 'no-stream' : actual),
    };
  });

/**
 * Stores every write in one statement and one transaction, or none of them when one is not where
 * its writer believed.
 * @throws Unavailable also when another writer held the ledger longer than `waitMs`
 */
export const appendStatement = async (
  database: Database,
  dictionary: LedgerDictionary,
  writes: readonly PreparedWrite[],
  waitMs: number,
): Promise<readonly Outcome[]> => {
  const types = await dictionary.typeIds(
    new Set(writes.flatMap((write) => write.events.map((event) => event.type))),
  );
  const values = parametersOf(writes, types, waitMs);
  const result = await database.withClient((client) =>
    client.query<AppendRow>({ name: 'ledger_append', text: STATEMENT, values }),
  );
  const row = result.rows[0];
  if (row === undefined) throw new Unavailable('the append gave no answer');
  return row.stored ? storedOutcomes(writes, row) : unstoredOutcomes(writes, row);
};
