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

describe('figures of a generation that a rebuild has replaced', () => {
  const label = { fa: 'آزمون', en: 'test' };
  const projection: Projection = {
    name: 'replaced',
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
        code: 'REPLACED',
        version: 1,
        name: label,
        description: label,
        dimensions: [],
        measures: [{ code: 'jobs', name: label, unit: label, definition: label }],
        rollUps: [],
        contributions: () => [],
      },
    ],
  };
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
