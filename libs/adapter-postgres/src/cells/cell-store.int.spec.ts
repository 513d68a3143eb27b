import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Projection } from '@karnama/cells';
import { cellStoreContract, usePostgres } from '@karnama/conformance';
import { Unavailable } from '@karnama/kernel';
import { openDatabase, type Database } from '../database.js';
import { postgresCellStore } from './cell-store.js';

const postgres = usePostgres();

cellStoreContract('PostgreSQL', async () => {
  const database = await openDatabase(await postgres.freshDatabase());
  return { store: postgresCellStore(database), close: () => database.close() };
});

const label = { fa: 'آزمون', en: 'test' };

/** A projection of one dataflow of its name, with a roll-up by all of its dimensions when there are any. */
const counting = (name: string, dimensions: readonly string[]): Projection => ({
  name,
  register: {
    code: 'things',
    version: 1,
    reads: [''],
    entitiesOf: (event) => [event.id],
    initial: undefined,
    evolve: (state) => state,
    encode: () => '',
    decode: () => undefined,
  },
  dataflows: [
    {
      code: name.toUpperCase(),
      version: 1,
      name: label,
      description: label,
      dimensions: dimensions.map((code) => ({ code, name: label })),
      measures: [{ code: 'jobs', name: label, unit: label, definition: label }],
      rollUps: dimensions.length === 0 ? [] : [{ time: 'effective', dimensions }],
      contributions: () => [],
    },
  ],
});

describe('figures of a generation that a rebuild has replaced', () => {
  const projection = counting('replaced', []);
  const question = {
    dataflow: 'REPLACED',
    time: 'effective',
    by: [],
    where: {},
    measures: ['jobs'],
  } as const;
  let database: Database;

  beforeAll(async () => {
    database = await openDatabase(await postgres.freshDatabase(), { poolSize: 2 });
  }, 60_000);
  afterAll(() => database.close());

  it('are unavailable, so that the same question may be asked again', async () => {
    const store = postgresCellStore(database);
    const before = await store.open(projection);
    expect(await store.series(before, question)).toEqual([]);
    const after = await store.begin(projection);
    await store.finish(after);
    await store.switchTo(after);
    await expect(store.series(before, question)).rejects.toBeInstanceOf(Unavailable);
    const read = async (): Promise<void> => {
      for await (const _group of store.query(before, question));
    };
    await expect(read()).rejects.toBeInstanceOf(Unavailable);
    expect(await store.series(after, question)).toEqual([]);
  }, 60_000);
});

describe('a roll-up as it is known now', () => {
  const projection = counting('known_now', ['area']);
  const jobs = (epoch: number, value: number) => ({
    month: 100,
    declared: 100,
    epoch,
    codes: ['IR-23'],
    measures: [value, 1, 7],
  });
  let database: Database;

  beforeAll(async () => {
    database = await openDatabase(await postgres.freshDatabase(), { poolSize: 2 });
  }, 60_000);
  afterAll(() => database.close());

  it('answers in place of the epochs, and is found when it is not what they come to', async () => {
    const store = postgresCellStore(database);
    const kept = await store.begin(projection);
    await store.transact(kept, (tx) => tx.add('KNOWN_NOW', [jobs(1, 5), jobs(2, -2)]));
    await store.finish(kept);
    await store.switchTo(kept);
    const asked = {
      dataflow: 'KNOWN_NOW',
      time: 'effective',
      by: ['area'],
      where: {},
      measures: ['jobs'],
    } as const;
    expect((await store.series(kept, asked))[0]?.sums).toEqual([[3]]);
    expect((await store.series(kept, { ...asked, maxEpoch: 1 }))[0]?.sums).toEqual([[5]]);
    const fresh = await store.begin(projection);
    await store.transact(fresh, (tx) => tx.add('KNOWN_NOW', [jobs(1, 5), jobs(2, -2)]));
    await store.finish(fresh);
    expect(await store.compare(kept, fresh, 5)).toMatchObject({ differing: 0n });
    await database.withClient((client) =>
      client.query('UPDATE cells.cell_known_now_1_r1_now SET m_jobs = m_jobs + 1'),
    );
    expect(await store.compare(kept, fresh, 5)).toMatchObject({
      differing: 1n,
      differences: [
        { table: 'area, as known now', cell: 'IR-23 100', left: [4n, 2n, 14n], right: [3n, 2n, 14n] },
      ],
    });
  });
});

describe('a generation whose builder is gone', () => {
  const projection = counting('left_behind', []);
  let database: Database;

  beforeAll(async () => {
    database = await openDatabase(await postgres.freshDatabase(), { poolSize: 2 });
  }, 60_000);
  afterAll(() => database.close());

  const numbers = async (): Promise<number[]> => {
    const { rows } = await database.withClient((client) =>
      client.query<{ number: number }>(
        "SELECT number FROM cells.generation WHERE projection = 'left_behind' ORDER BY number",
      ),
    );
    return rows.map(({ number }) => number);
  };

  it('is dropped when the next one is begun; one that is being built is not', async () => {
    const [dead, alive] = [postgresCellStore(database), postgresCellStore(database)];
    await alive.open(projection);
    await dead.begin(projection);
    const built = await alive.begin(projection);
    expect(await numbers()).toEqual([1, 2, 3]);
    await database.withClient((client) =>
      client.query(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid::bigint & 65535 = 2",
      ),
    );
    const next = await alive.begin(projection);
    expect(await numbers()).toEqual([1, 3, 4]);
    for (const generation of [built, next]) await alive.drop(generation);
    expect(await numbers()).toEqual([1]);
  });
});
