import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  beginning,
  CheckpointMoved,
  partsOf,
  type CellStore,
  type Part,
  type Projection,
} from '@karnama/cells';
import { cellStoreContract, usePostgres } from '@karnama/conformance';
import { Unavailable } from '@karnama/kernel';
import type { QueryRunner } from 'typeorm';
import { openDatabase, type Database } from '../database.js';
import { CellsParts1764000500000 } from '../migrations/1764000500000-cells-parts.js';
import { postgresCellStore } from './cell-store.js';

const postgres = usePostgres();

cellStoreContract('PostgreSQL', async () => {
  const database = await openDatabase(await postgres.freshDatabase());
  return { store: postgresCellStore(database), close: () => database.close() };
});

// the same promises where what waits is moved with almost every batch
cellStoreContract('PostgreSQL, moving its tails', async () => {
  const database = await openDatabase(await postgres.freshDatabase());
  return {
    store: postgresCellStore(database, { most: 3, settled: 1 }),
    close: () => database.close(),
  };
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
      client.query('UPDATE cells.cell_known_now_1_r1_now SET a4_m_jobs = a4_m_jobs + 1'),
    );
    expect(await store.compare(kept, fresh, 5)).toMatchObject({
      differing: 1n,
      differences: [
        { table: 'area, as known now', cell: 'IR-23 100', left: [4n, 2n, 14n], right: [3n, 2n, 14n] },
      ],
    });
  });
});

describe('tables of a generation', () => {
  const projection = counting('looked_after', ['area']);
  let database: Database;

  beforeAll(async () => {
    database = await openDatabase(await postgres.freshDatabase(), { poolSize: 2 });
  }, 60_000);
  afterAll(() => database.close());

  /** Those of a generation that the server does not vacuum by itself. */
  const leftAlone = async (number: number): Promise<string[]> => {
    const { rows } = await database.withClient((client) =>
      client.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname ~ $1
         AND 'autovacuum_enabled=off' = ANY (reloptions) ORDER BY relname`,
        [`_looked_after_${number}(_|$)`],
      ),
    );
    return rows.map(({ name }) => name);
  };

  it('are vacuumed from when it is in use, not while it is built', async () => {
    const store = postgresCellStore(database);
    const { number } = await store.open(projection);
    expect(await leftAlone(number)).toEqual([]);
    const built = await store.begin(projection);
    await store.finish(built);
    expect(await leftAlone(built.number)).toEqual([
      'cell_looked_after_2',
      'cell_looked_after_2_r1',
      'cell_looked_after_2_r1_now',
      'state_looked_after_2',
    ]);
    await store.switchTo(built);
    expect(await leftAlone(built.number)).toEqual([]);
  });

  it('refuse a sum that no bigint holds', async () => {
    const store = postgresCellStore(database);
    const built = await store.begin(projection);
    const half = { month: 100, declared: 100, epoch: 1, codes: ['IR-23'], measures: [2 ** 62, 1, 7] };
    await store.transact(built, (tx) => tx.add('LOOKED_AFTER', [half, half]));
    await expect(store.finish(built)).rejects.toMatchObject({
      message: expect.stringMatching('out of range'),
    });
    await store.drop(built);
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

describe('parts of a generation', () => {
  let database: Database;

  beforeAll(async () => {
    database = await openDatabase(await postgres.freshDatabase(), { poolSize: 8 });
  }, 60_000);
  afterAll(() => database.close());

  const jobs = (month: number) => ({
    month,
    declared: month,
    epoch: 1,
    codes: [`A-${month % 5}`],
    measures: [1, 1, 7],
  });
  const at = (position: number) => ({ ...beginning, position: BigInt(position), events: BigInt(position) });

  it('are written at the same time; whoever moves the tails waits for all of them', async () => {
    const projection = counting('side_by_side', ['area']);
    const usual = postgresCellStore(database);
    const moving = postgresCellStore(database, { most: 1, settled: 1 });
    await usual.resplit(await usual.open(projection), 2);
    const generation = await usual.open(projection);
    const [first, second] = partsOf(2) as [Part, Part];
    const ends: string[] = [];
    let moved: Promise<unknown> = Promise.resolve();
    await usual.transact(
      generation,
      async (tx) => {
        await tx.advance(beginning, at(1));
        await tx.add('SIDE_BY_SIDE', [jobs(1)]);
        // the other part is not waited for: it is stored and seen while this one is open
        await moving.transact(generation, (other) => other.add('SIDE_BY_SIDE', [jobs(2)]), second);
        moved = moving.settle(generation).then(() => ends.push('moved'));
        const waiting =
          "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
        while ((await database.withClient((client) => client.query(waiting))).rowCount === 0);
        ends.push('written');
      },
      first,
    );
    await moved;
    expect(ends).toEqual(['written', 'moved']);
    const { rows } = await database.withClient((client) =>
      client.query<{ base: string; tail: string }>(
        'SELECT (SELECT count(*) FROM cells.cell_side_by_side_1) AS base, (SELECT count(*) FROM cells.cell_side_by_side_1_tail) AS tail',
      ),
    );
    expect(rows).toEqual([{ base: '2', tail: '0' }]);
  });

  it('lose no cell when several processes write, move, level and compare as they like', async () => {
    const projection = counting('crowded', ['area']);
    const [each, parts] = [60, 3];
    const stores = [1, 2, 7].map((most) => postgresCellStore(database, { most, settled: 2 }));
    const [store] = stores as [CellStore];
    await store.resplit(await store.open(projection), parts);
    const generation = await store.open(projection);
    const write = async (part: Part): Promise<void> => {
      const own = stores[part.part] as CellStore;
      for (let n = 1; n <= each; n++) {
        await own.transact(
          generation,
          async (tx) => {
            await tx.advance(at(n - 1), at(n));
            await tx.add('CROWDED', [jobs(100 + (n % 4))]);
          },
          part,
        );
        if (n % 5 === 0) await own.settle(generation);
      }
    };
    const fresh = await store.begin(projection);
    await store.finish(fresh);
    let written = false;
    const compare = async (): Promise<void> => {
      while (!written)
        await store.compare(generation, fresh, 1).catch((error: unknown) => {
          if (!(error instanceof CheckpointMoved)) throw error;
        });
    };
    await Promise.all([Promise.all(partsOf(parts).map(write)).finally(() => (written = true)), compare()]);
    const sums = [100, 101, 102, 103].map((month) => ({
      ...jobs(month),
      measures: jobs(month).measures.map((one) => (one * each * parts) / 4),
    }));
    await store.transact(fresh, async (tx) => {
      await tx.add('CROWDED', sums);
      await tx.advance(beginning, at(each));
    });
    expect(await store.compare(generation, fresh, 5)).toMatchObject({ differing: 0n, differences: [] });
    expect(await store.checkpoint(generation)).toMatchObject({ events: BigInt(each * parts) });
  }, 60_000);

  it('come to a database that knew none of them, which goes on where it stood', async () => {
    const projection = counting('kept_before', []);
    const store = postgresCellStore(database);
    const last = { position: 5n, id: '0197a3c0-0000-5000-8000-00000000abcd' };
    const stood = { position: 7n, epoch: 3, events: 5n, repeats: 1n, last };
    await store.transact(await store.open(projection), (tx) => tx.advance(beginning, stood));
    await database.transaction(async (client) => {
      const runner = { query: (sql: string) => client.query(sql) } as unknown as QueryRunner;
      await new CellsParts1764000500000().down(runner);
      await new CellsParts1764000500000().up(runner);
    });
    const generation = await store.open(projection);
    expect(generation).toEqual({ projection, number: 1, parts: 1 });
    expect(await store.checkpoint(generation)).toEqual(stood);
    await store.transact(generation, (tx) => tx.advance(stood, { ...stood, position: 9n }));
    await store.resplit(generation, 2);
    expect((await store.checkpoint(await store.open(projection))).parts).toEqual([9n, 9n]);
  });

  it('are nothing to a program that does not know of them: it finds its checkpoint moved and its definition changed', async () => {
    const projection = counting('older', []);
    const store = postgresCellStore(database);
    await store.transact(await store.open(projection), (tx) => tx.advance(beginning, at(5)));
    const row = async () =>
      database.withClient(async (client) => {
        const found = await client.query<{ position: string; parts: number; definition: object }>(
          "SELECT position::text, parts, definition FROM cells.generation WHERE projection = 'older'",
        );
        return found.rows[0];
      });
    const before = await row();
    expect(before).toMatchObject({ position: '5', parts: 1 });
    await store.resplit(await store.open(projection), 2);
    expect(await row()).toEqual({
      position: '-1',
      parts: 2,
      definition: { ...before?.definition, parts: 2 },
    });
    await store.resplit(await store.open(projection), 1);
    expect(await row()).toEqual(before);
  });
});
