import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cellStoreContract, usePostgres } from '@karnama/conformance';
import type { Projection } from '@karnama/cells';
import type { NewEvent } from '@karnama/kernel';
import pg from 'pg';
import { postgresCellStore } from './cells/cell-store.js';
import { postgresChannel } from './channel.js';
import { openDatabase, type Database } from './database.js';
import { postgresLedger } from './ledger.js';
import { postgresQuarantine } from './quarantine.js';

const script = (name: string): string =>
  readFileSync(new URL(`../../../deploy/postgres/${name}`, import.meta.url), 'utf8');

const roles = ['migrator', 'intake', 'projector', 'reader', 'operator'] as const;
type Role = (typeof roles)[number];

const denied = 'permission denied|must be owner';

const run = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

const as = (url: string, role: Role): string => {
  const own = new URL(url);
  own.username = `karnama_${role}`;
  own.password = `password of ${role}`;
  return own.href;
};

/** A database as an administrator and the migration job leave it; the jobs are run twice, as upgrades do. */
const prepared = async (administrator: string): Promise<void> => {
  for (let time = 1; time <= 2; time += 1) await run(administrator, script('roles.sql'));
  for (const role of roles)
    await run(administrator, `ALTER ROLE karnama_${role} PASSWORD 'password of ${role}'`);
  for (let time = 1; time <= 2; time += 1) {
    const migrator = await openDatabase(as(administrator, 'migrator'));
    await migrator.transaction((client) => client.query(script('grants.sql')));
    await migrator.close();
  }
};

const event: NewEvent = {
  id: '00000000-0000-4000-8000-000000000001',
  type: 'MovementDeclared',
  data: { n: 1 },
  metadata: { schemaVersion: 1, receivedAt: '2026-02-01T08:30:00.000Z' },
};

const label = { fa: 'آزمون', en: 'test' };

const things: Projection = {
  name: 'things',
  register: {
    code: 'things',
    version: 1,
    reads: [''],
    entitiesOf: (recorded) => [recorded.id],
    initial: undefined,
    evolve: (state) => state,
    encode: () => '',
    decode: () => undefined,
  },
  dataflows: [
    {
      code: 'THINGS',
      version: 1,
      name: label,
      description: label,
      dimensions: [{ code: 'area', name: label }],
      measures: [{ code: 'jobs', name: label, unit: label, definition: label }],
      rollUps: [{ time: 'effective', dimensions: [] }],
      contributions: () => [],
    },
  ],
};

describe('Roles of deploy/postgres', () => {
  const postgres = usePostgres();
  const databases = new Map<Role, Database>();
  const of = (role: Role): Database => {
    const database = databases.get(role);
    if (database === undefined) throw new Error(`no connection of ${role}`);
    return database;
  };
  const ask = (role: Role, sql: string): Promise<unknown> =>
    of(role).withClient((client) => client.query(sql));

  beforeAll(async () => {
    const administrator = await postgres.freshDatabase();
    await prepared(administrator);
    for (const role of roles) databases.set(role, await openDatabase(as(administrator, role)));
  });
  afterAll(async () => {
    for (const database of databases.values()) await database.close();
  });

  it('let intake append to the ledger, twice the same without harm', async () => {
    const ledger = postgresLedger(of('intake'));
    const write = { stream: 'feed_a_b-0', expected: 'no-stream', events: [event] } as const;
    await ledger.append([write]);
    expect((await ledger.append([write]))[0]?.repeated).toBe(true);
    expect(await ledger.head()).toBe(1n);
  });

  it('let everybody but the migrator read the past of the ledger at most', async () => {
    const changes = [
      `UPDATE ledger_event SET data = '{}'`,
      'DELETE FROM ledger_event',
      'TRUNCATE ledger_event',
      'ALTER TABLE ledger_event ADD COLUMN more text',
      'DROP TABLE ledger_event',
      `UPDATE ledger_stream SET name = 'another'`,
      'DELETE FROM ledger_stream',
      `UPDATE ledger_type SET name = 'another'`,
    ];
    for (const role of ['intake', 'projector', 'reader', 'operator'] as const)
      for (const change of changes)
        await expect(ask(role, change)).rejects.toMatchObject({
          code: 'database-refused',
          message: expect.stringMatching(`${denied}|read-only`),
        });
    expect(await postgresLedger(of('reader')).head()).toBe(1n);
  });

  it('let only intake and operators append', async () => {
    const write = { stream: 'feed_a_b-1', expected: 'no-stream', events: [event] } as const;
    for (const role of ['projector', 'reader'] as const)
      await expect(postgresLedger(of(role)).append([write])).rejects.toMatchObject({
        code: 'database-refused',
      });
    await postgresLedger(of('operator')).append([write]);
  });

  it('let the projector make the tables of figures and the reader read, not write them', async () => {
    const store = postgresCellStore(of('projector'));
    const generation = await store.open(things);
    await store.transact(generation, async (tx) => {
      await tx.add('THINGS', [{ month: 100, declared: 100, epoch: 1, codes: ['A'], measures: [5n, 1n, 7n] }]);
    });
    const reader = postgresCellStore(of('reader'));
    const query = { dataflow: 'THINGS', time: 'effective', by: ['area'], where: {} } as const;
    const found = [];
    for await (const { group, measures } of reader.query(await reader.open(things), query))
      found.push([...group, measures[0]]);
    expect(found).toEqual([['A', 5n]]);

    for (const change of [
      'DELETE FROM cells.cell_things_1',
      'UPDATE cells.generation SET position = 0',
      'UPDATE cells.generation_part SET position = 0',
      'CREATE TABLE cells.mine (n int)',
      'DROP TABLE cells.cell_things_1',
    ]) {
      await expect(ask('reader', change)).rejects.toMatchObject({ code: 'database-refused' });
      // also by one who switches the protection of the connection off
      await expect(ask('reader', `BEGIN READ WRITE; ${change}; COMMIT`)).rejects.toMatchObject({
        message: expect.stringMatching(denied),
      });
      await ask('reader', 'ROLLBACK').catch(() => undefined);
    }
  });

  it('let the projector go on with figures that an operator has rebuilt', async () => {
    const operators = postgresCellStore(of('operator'));
    const rebuilt = await operators.begin(things);
    await operators.finish(rebuilt);
    await operators.switchTo(rebuilt);

    const store = postgresCellStore(of('projector'));
    const generation = await store.open(things);
    expect(generation.number).toBe(rebuilt.number);
    await store.transact(generation, async (tx) => {
      await tx.add('THINGS', [{ month: 100, declared: 100, epoch: 1, codes: ['A'], measures: [3n, 1n, 7n] }]);
    });
    await store.resplit(generation, 2);
    await store.resplit(await store.open(things), 1);
    await of('migrator').transaction((client) => client.query(script('grants.sql')));
    const { rows } = await of('reader').withClient((client) =>
      client.query<{ tableowner: string }>(
        `SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname = 'cells' AND tablename NOT IN ('generation', 'generation_part')`,
      ),
    );
    expect(rows).toEqual([{ tableowner: 'karnama_projector' }]);
  });

  it('keep what agencies sent from all who need not see it', async () => {
    for (const role of ['intake', 'projector', 'reader'] as const)
      await expect(ask(role, 'SELECT original FROM quarantine_record')).rejects.toMatchObject({
        message: expect.stringMatching(denied),
      });
    for (const role of ['projector', 'reader'] as const)
      await expect(ask(role, 'SELECT records FROM channel_batch')).rejects.toMatchObject({
        message: expect.stringMatching(denied),
      });
    const key = Buffer.alloc(32, 1);
    const record = {
      eventId: event.id,
      agency: 'a',
      contract: 'b',
      source: { topic: 'karnama.a.b', partition: 0, offset: '0' },
      receivedAt: '2026-02-01T08:30:00.000Z',
      submission: null,
      file: null,
      line: null,
      problems: [],
      original: { key: null, value: '{}', headers: {} },
    };
    for (let time = 1; time <= 2; time += 1) await postgresQuarantine(of('intake'), key).put([record]);
    expect((await postgresQuarantine(of('operator'), key).get(event.id))?.original.value).toBe('{}');
  });

  it('let operators publish to the channel and intake read from it', async () => {
    const publish = (role: Role): Promise<unknown> =>
      postgresChannel(of(role)).publish('karnama.a.b', [{ key: null, value: '{}', headers: {} }]);
    for (const role of ['intake', 'projector', 'reader'] as const)
      await expect(publish(role)).rejects.toMatchObject({ code: 'database-refused' });
    await publish('operator');
    for (const role of ['intake', 'reader', 'operator'] as const)
      expect((await postgresChannel(of(role)).topics('karnama.'))[0]?.topic).toBe('karnama.a.b');
    expect(await ask('intake', 'SELECT records FROM channel_batch')).toMatchObject({ rowCount: 1 });
  });
});

const postgres = usePostgres();

cellStoreContract('PostgreSQL, as the projector', async () => {
  const administrator = await postgres.freshDatabase();
  await prepared(administrator);
  const database = await openDatabase(as(administrator, 'projector'));
  return { store: postgresCellStore(database), close: () => database.close() };
});
