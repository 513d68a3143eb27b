import {
  CheckpointMoved,
  partsOf,
  whole,
  type CellStore,
  type CellTransaction,
  type Checkpoint,
  type Dataflow,
  type Generation,
  type Level,
  type Part,
  type Projection,
} from '@karnama/cells';
import { KarnamaError, recordKey } from '@karnama/kernel';
import type { Client, PoolClient } from 'pg';
import { ADVISORY_LOCKS } from '../advisory-locks.js';
import type { Database } from '../database.js';
import {
  advanceCheckpoint,
  isBuilding,
  lockPart,
  lockParts,
  placeCheckpoint,
  placesOf,
  readCheckpoint,
  type Locked,
} from './checkpoints.js';
import { dataflowOf } from './cells-asked.js';
import { holdProjection } from './hold.js';
import { compareGenerations } from './compare-generations.js';
import { copyRows, deltaLine, stateLine } from './copy.js';
import { fileSpool, spooledLines } from './file-spool.js';
import { readCells } from './read-cells.js';
import { readSeries } from './read-series.js';
import { addToNow, createNow, keyNow, nowTable } from './known-now.js';
import {
  addToRollUp,
  attend,
  baseTable,
  createBase,
  createRollUp,
  createState,
  createTail,
  definitionOf,
  indexEpochs,
  keyRollUp,
  keyState,
  rollUpTable,
  stateTable,
  tailTable,
  takeStates,
} from './tables.js';

/** When what waits in a generation's tails goes into its base and roll-ups. */
export type TailLimits = {
  /** Rows at which it goes; a question reads at most so many of each process beside the roll-ups. */
  readonly most: number;
  /** At a quiet moment a tail of so many rows goes; a shorter one costs a question less than moving it costs the writer. */
  readonly settled: number;
};

const usualLimits: TailLimits = { most: 100_000, settled: 2_000 };

const statesPage = 5000;

type Registered = { number: number; parts: number; definition: unknown };

/** States, cells and checkpoints in PostgreSQL. */
export const postgresCellStore = (database: Database, limits = usualLimits): CellStore => {
  /** Generations that this process is building: no roll-ups yet, and an index on states only if one was looked for. */
  const building = new Map<string, Building>();
  /** By generation that this process builds, the session whose lock says so. */
  const builders = new Map<string, Client>();
  const tails = new Map<string, Tail>();
  const nameOf = ({ projection, number }: Generation): string => `${projection.name}/${number}`;
  const letGo = async (generation: Generation): Promise<void> => {
    await builders.get(nameOf(generation))?.end();
    builders.delete(nameOf(generation));
  };

  return {
    // every question opens: mostly the generation is there, and a statement finds it
    open: async (projection) =>
      (await database.withClient((client) => generationInUse(client, projection))) ??
      database.transaction((client) => openGeneration(client, projection)),
    checkpoint: (generation, part) =>
      database.withClient((client) => readCheckpoint(client, generation, part)),
    states: (generation, entities) =>
      database.withClient((client) =>
        statesOf(client, generation, building.get(nameOf(generation)), entities),
      ),
    allStates: (generation) => allStatesOf(database, generation),
    transact: (generation, work, part = whole) =>
      database.transaction(async (client) => {
        if (part.parts !== generation.parts) throw new CheckpointMoved(generation.projection.name);
        const name = nameOf(generation);
        const known = tails.get(name);
        if (known === undefined && (await isBuilding(client, generation))) {
          // what is lost with the server is dropped with all of the generation; the end of building waits for the disk
          await client.query('SET LOCAL synchronous_commit = off');
          return work(transaction(client, generation, part, true, { rows: 0 }));
        }
        const isFull = (known?.rows ?? 0) >= limits.most;
        // moving tails takes all parts: a part that is locked already could not wait for the others safely
        await (isFull ? lockParts(client, generation) : lockPart(client, generation, part));
        const tail = known ?? { rows: await waitingRows(client, generation) };
        tails.set(name, tail);
        if (isFull) await moveTails(client, generation, tail);
        return work(transaction(client, generation, part, false, tail));
      }),
    settle: async (generation) => {
      const tail = tails.get(nameOf(generation));
      if (tail === undefined || tail.rows < limits.settled) return;
      await database.transaction(async (client) => {
        await lockParts(client, generation);
        await moveTails(client, generation, tail);
      });
    },
    query: (generation, query) => readCells(database, generation, query),
    series: (generation, query) => readSeries(database, generation, query),
    hold: (projection, signal, held) => holdProjection(database, projection, signal, held),
    begin: async (projection) => {
      const builder = await database.openSession();
      try {
        const generation = await database.transaction((client) => beginOwned(client, builder, projection));
        building.set(nameOf(generation), { keyed: false });
        builders.set(nameOf(generation), builder);
        return generation;
      } catch (error) {
        await builder.end();
        throw error;
      }
    },
    finish: (generation) =>
      database.transaction(async (client) => {
        await finishGeneration(client, generation, building.get(nameOf(generation))?.keyed === true);
        building.delete(nameOf(generation));
      }),
    compare: (left, right, limit, level) =>
      database.transaction(async (client) => {
        await lockLevel(client, [left, right], level);
        for (const generation of [left, right]) await flushTails(client, generation);
        return compareGenerations(client, left, right, limit);
      }),
    switchTo: async (generation, evenBehind = false) => {
      const inUse = await database.transaction((client) => switchGeneration(client, generation, evenBehind));
      await letGo(generation);
      return inUse;
    },
    resplit: (generation, parts, level) =>
      database.transaction(async (client) => {
        if ((await lockRow(client, generation)) !== 'active')
          throw new CheckpointMoved(generation.projection.name);
        return splitUp(client, generation, parts, await lockLevel(client, [generation], level));
      }),
    absorb: async (generation, addition, from, to) => {
      await database.transaction(async (client) => {
        await lockPart(client, generation, whole);
        await advanceCheckpoint(client, generation, whole, from, to);
        await absorbAll(client, generation, addition);
        await dropGeneration(client, addition);
      });
      building.delete(nameOf(addition));
      await letGo(addition);
    },
    drop: async (generation) => {
      building.delete(nameOf(generation));
      await database.transaction((client) => dropGeneration(client, generation));
      await letGo(generation);
    },
    spool: fileSpool,
    spooled: spooledLines,
  };
};

/** How many rows this process has added to a generation's tails since they were last moved on. */
type Tail = { rows: number };

type Building = { keyed: boolean };

/** @throws KarnamaError `definition-changed` */
const generationInUse = async (
  client: PoolClient,
  projection: Projection,
): Promise<Generation | undefined> => {
  const { rows } = await client.query<Registered>(
    "SELECT number, parts, definition FROM cells.generation WHERE projection = $1 AND status = 'active'",
    [projection.name],
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  if (JSON.stringify(row.definition) !== definitionOf(projection, row.parts))
    throw new KarnamaError(
      'definition-changed',
      `projection ${projection.name} is kept by another definition than this program's`,
      'run: karnama rebuild',
    );
  return { projection, number: row.number, parts: row.parts };
};

/** The generation in use, or the first one. */
const openGeneration = async (client: PoolClient, projection: Projection): Promise<Generation> => {
  // programs that start together make the first generation once
  await client.query('LOCK TABLE cells.generation IN SHARE ROW EXCLUSIVE MODE');
  const inUse = await generationInUse(client, projection);
  if (inUse !== undefined) return inUse;
  const generation = await beginGeneration(client, projection);
  await finishGeneration(client, generation, false);
  return switchGeneration(client, generation, false);
};

const beginGeneration = async (client: PoolClient, projection: Projection): Promise<Generation> => {
  const { parts } = whole;
  await client.query('LOCK TABLE cells.generation IN SHARE ROW EXCLUSIVE MODE');
  const { rows } = await client.query<{ number: number; status: string }>(
    'SELECT number, status FROM cells.generation WHERE projection = $1 ORDER BY number',
    [projection.name],
  );
  const generation = { projection, number: (rows.at(-1)?.number ?? 0) + 1, parts };
  await client.query(
    'INSERT INTO cells.generation (projection, number, status, definition) VALUES ($1, $2, $3, $4)',
    [projection.name, generation.number, 'building', definitionOf(projection, parts)],
  );
  await client.query(createState(generation));
  for (const dataflow of projection.dataflows) {
    await client.query(createBase(generation, dataflow));
    await client.query(createTail(generation, dataflow));
  }
  return generation;
};

type Named = Pick<Generation, 'projection' | 'number'>;

const buildingLock = ({ projection, number }: Named): string =>
  ADVISORY_LOCKS.building(recordKey(projection.name), number);

/** Begins a generation that is known to be built as long as the session lives; drops those whose builder is gone. */
const beginOwned = async (
  client: PoolClient,
  builder: Client,
  projection: Projection,
): Promise<Generation> => {
  await client.query('LOCK TABLE cells.generation IN SHARE ROW EXCLUSIVE MODE');
  const { rows } = await client.query<{ number: number }>(
    "SELECT number FROM cells.generation WHERE projection = $1 AND status <> 'active'",
    [projection.name],
  );
  for (const { number } of rows) {
    const left = { projection, number };
    const tried = await builder.query<{ free: boolean }>('SELECT pg_try_advisory_lock($1) AS free', [
      buildingLock(left),
    ]);
    if (tried.rows[0]?.free !== true) continue;
    await dropGeneration(client, left);
    await builder.query('SELECT pg_advisory_unlock($1)', [buildingLock(left)]);
  }
  const generation = await beginGeneration(client, projection);
  await builder.query('SELECT pg_advisory_lock($1)', [buildingLock(generation)]);
  return generation;
};

const finishGeneration = async (
  client: PoolClient,
  generation: Generation,
  keyed: boolean,
): Promise<void> => {
  // whole tables are summed and sorted here, and what is asked of them later goes by their keys
  await client.query(
    "SET LOCAL work_mem = '64MB'; SET LOCAL maintenance_work_mem = '128MB'; SET LOCAL default_statistics_target = 10",
  );
  if (!keyed) await client.query(keyState(generation));
  for (const dataflow of generation.projection.dataflows) await fillRollUps(client, generation, dataflow);
  for (const table of allTables(generation)) await client.query(`ANALYZE ${table}`);
  await client.query(
    "UPDATE cells.generation SET status = 'finished' WHERE projection = $1 AND number = $2",
    [generation.projection.name, generation.number],
  );
};

const allTables = (generation: Generation): string[] => [
  stateTable(generation),
  ...generation.projection.dataflows.flatMap((dataflow) => [
    baseTable(generation, dataflow),
    tailTable(generation, dataflow),
    ...dataflow.rollUps.flatMap((_, index) => [
      rollUpTable(generation, dataflow, index),
      nowTable(generation, dataflow, index),
    ]),
  ]),
];

/** Finest first, so that a coarser one is made from a finer one wherever it can be. */
const fillRollUps = async (
  client: PoolClient,
  generation: Generation,
  dataflow: Dataflow<never>,
): Promise<void> => {
  const order = dataflow.rollUps
    .map((rollUp, index) => ({ index, ...rollUp }))
    .sort((a, b) => b.dimensions.length - a.dimensions.length);
  const filled: typeof order = [];
  for (const rollUp of order) {
    const finer = filled.findLast(
      ({ time, dimensions }) =>
        time === rollUp.time && rollUp.dimensions.every((code) => dimensions.includes(code)),
    );
    const source =
      finer === undefined
        ? { table: baseTable(generation, dataflow), rolledUp: false }
        : { table: rollUpTable(generation, dataflow, finer.index), rolledUp: true };
    await client.query(createRollUp(generation, dataflow, rollUp.index, source));
    await client.query(keyRollUp(generation, dataflow, rollUp.index));
    await client.query(indexEpochs(generation, dataflow, rollUp.index));
    await client.query(createNow(generation, dataflow, rollUp.index));
    await client.query(keyNow(generation, dataflow, rollUp.index));
    filled.push(rollUp);
  }
};

/**
 * Moves the tails into the base and the roll-ups. Nobody else may write to them meanwhile: what came between
 * two of the statements would be deleted without having been moved.
 */
const flushTails = async (client: PoolClient, generation: Generation): Promise<void> => {
  for (const dataflow of generation.projection.dataflows) {
    const tail = tailTable(generation, dataflow);
    const { rowCount } = await client.query(`SELECT FROM ${tail} LIMIT 1`);
    if (rowCount === 0) continue;
    await client.query(`INSERT INTO ${baseTable(generation, dataflow)} SELECT * FROM ${tail}`);
    await addToRollUps(client, generation, dataflow, tail);
    await client.query(`DELETE FROM ${tail}`);
  }
};

/** Adds the rows of a table of the base's form to every roll-up. */
const addToRollUps = async (
  client: PoolClient,
  generation: Generation,
  dataflow: Dataflow<never>,
  rows: string,
): Promise<void> => {
  for (const index of dataflow.rollUps.keys()) {
    await client.query(addToRollUp(generation, dataflow, index, rows));
    await client.query(addToNow(generation, dataflow, index, rows));
  }
};

/** Puts what an addition holds into the generation in use, past its tails: to a question they are one. */
const absorbAll = async (client: PoolClient, generation: Generation, addition: Generation): Promise<void> => {
  await client.query("SET LOCAL work_mem = '64MB'");
  await client.query(takeStates(generation, addition));
  for (const dataflow of generation.projection.dataflows) {
    const rows = baseTable(addition, dataflow);
    await client.query(`INSERT INTO ${baseTable(generation, dataflow)} SELECT * FROM ${rows}`);
    await client.query(`ANALYZE ${rows}`);
    await addToRollUps(client, generation, dataflow, rows);
  }
};

const moveTails = async (client: PoolClient, generation: Generation, tail: Tail): Promise<void> => {
  await flushTails(client, generation);
  tail.rows = 0;
};

/** Who changes a generation itself locks its row before its parts, so that no two wait for each other. */
const lockRow = async (client: PoolClient, { projection, number }: Named): Promise<string | undefined> => {
  const { rows } = await client.query<{ status: string }>(
    'SELECT status FROM cells.generation WHERE projection = $1 AND number = $2 FOR UPDATE',
    [projection.name, number],
  );
  return rows[0]?.status;
};

/**
 * Locks every part, so that no projector can move on, and brings those that lag behind to where the furthest
 * one stands. @throws CheckpointMoved where one lags and nothing is given that could
 */
const lockLevel = async (
  client: PoolClient,
  generations: readonly Generation[],
  level?: Level,
): Promise<Checkpoint> => {
  const inOrder = [...generations].sort((a, b) => a.number - b.number);
  const locked: (Locked & { readonly generation: Generation })[] = [];
  for (const generation of inOrder) locked.push({ generation, ...(await lockParts(client, generation)) });
  const to = locked
    .flatMap(({ checkpoint }) => placesOf(checkpoint))
    .reduce((furthest, place) => (place > furthest ? place : furthest));
  for (const { generation, isBuilding } of locked)
    for (const part of partsOf(generation.parts)) {
      const from = await readCheckpoint(client, generation, part);
      if (from.position === to) continue;
      if (level === undefined) throw new CheckpointMoved(generation.projection.name);
      const tail = { rows: 0 };
      await level({ generation, part, from, to }, transaction(client, generation, part, isBuilding, tail));
    }
  const { parts: _, ...at } = await readCheckpoint(client, inOrder[0] as Generation);
  return at;
};

/** Puts the checkpoint at which all parts stand in place for so many parts. */
const splitUp = async (
  client: PoolClient,
  generation: Generation,
  parts: number,
  at: Checkpoint,
): Promise<Generation> => {
  const { projection, number } = generation;
  await placeCheckpoint(client, { ...generation, parts }, at);
  await client.query('UPDATE cells.generation SET definition = $3 WHERE projection = $1 AND number = $2', [
    projection.name,
    number,
    definitionOf(projection, parts),
  ]);
  return { ...generation, parts };
};

const switchGeneration = async (
  client: PoolClient,
  generation: Generation,
  evenBehind: boolean,
): Promise<Generation> => {
  const { projection, number } = generation;
  const { rows } = await client.query<{ number: number; status: string; parts: number }>(
    `SELECT number, status, parts FROM cells.generation
     WHERE projection = $1 AND (status = 'active' OR number = $2) ORDER BY number FOR UPDATE`,
    [projection.name, number],
  );
  const own = rows.find((row) => row.number === number);
  if (own?.status !== 'finished')
    throw new KarnamaError(
      'not-finished',
      `generation ${number} of ${projection.name} is ${own?.status ?? 'gone'}, not finished`,
    );
  const at = await lockLevel(client, [generation]);
  const active = rows.find((row) => row.status === 'active');
  if (active !== undefined) {
    const before = { projection, ...active };
    const { checkpoint } = await lockParts(client, before);
    if (!evenBehind && placesOf(checkpoint).some((place) => at.position < place))
      throw new CheckpointMoved(projection.name);
    await dropGeneration(client, before);
  }
  await client.query("UPDATE cells.generation SET status = 'active' WHERE projection = $1 AND number = $2", [
    projection.name,
    number,
  ]);
  for (const table of allTables(generation)) await client.query(attend(table));
  const parts = active?.parts ?? generation.parts;
  return parts === generation.parts ? generation : splitUp(client, generation, parts, at);
};

/** The tables as the catalogue knows them: the generation may be of another definition than this program's. */
const dropGeneration = async (client: PoolClient, { projection, number }: Named): Promise<void> => {
  await lockRow(client, { projection, number });
  await client.query(
    'SELECT FROM cells.generation_part WHERE projection = $1 AND number = $2 ORDER BY parts, part FOR UPDATE',
    [projection.name, number],
  );
  const { rows } = await client.query<{ definition: { dataflows: { code: string; rollUps: unknown[] }[] } }>(
    'DELETE FROM cells.generation WHERE projection = $1 AND number = $2 RETURNING definition',
    [projection.name, number],
  );
  const dataflows = rows[0]?.definition.dataflows ?? [];
  const names = [
    `state_${projection.name}_${number}`,
    ...dataflows.flatMap(({ code, rollUps }) => {
      const base = `cell_${code.split('@')[0]}_${number}`;
      return [
        base,
        `${base}_tail`,
        ...rollUps.flatMap((_, i) => [`${base}_r${i + 1}`, `${base}_r${i + 1}_now`]),
      ];
    }),
  ];
  for (const name of names) await client.query(`DROP TABLE IF EXISTS cells."${name.toLowerCase()}"`);
};

const transaction = (
  client: PoolClient,
  generation: Generation,
  part: Part,
  building: boolean,
  tail: Tail,
): CellTransaction => ({
  async save(created, changed) {
    if (created.length > 0) await copyRows(client, stateTable(generation), created, stateLine);
    if (changed.length > 0)
      await client.query(
        `UPDATE ${stateTable(generation)} s SET state = n.state FROM unnest($1::text[], $2::text[]) n (entity, state) WHERE s.entity = n.entity`,
        [changed.map(([entity]) => entity), changed.map(([, state]) => state)],
      );
  },
  async add(code, deltas) {
    const dataflow = dataflowOf(generation, code);
    const table = building ? baseTable(generation, dataflow) : tailTable(generation, dataflow);
    const rows = await copyRows(client, table, deltas, deltaLine);
    if (!building) tail.rows += rows;
    return rows;
  },
  advance: (from, to) => advanceCheckpoint(client, generation, part, from, to),
});

/** Rows that wait in the tails: a process that has just started finds those of the ones before it. */
const waitingRows = async (client: PoolClient, generation: Generation): Promise<number> => {
  const counts = generation.projection.dataflows.map(
    (dataflow) => `(SELECT count(*) FROM ${tailTable(generation, dataflow)})`,
  );
  const { rows } = await client.query<{ n: string }>(`SELECT ${['0', ...counts].join(' + ')} AS n`);
  return Number(rows[0]?.n ?? 0);
};

const statesOf = async (
  client: PoolClient,
  generation: Generation,
  build: Building | undefined,
  entities: readonly string[],
): Promise<Map<string, string>> => {
  const { rowCount } = await client.query(
    'SELECT FROM cells.generation WHERE projection = $1 AND number = $2',
    [generation.projection.name, generation.number],
  );
  if (rowCount === 0) throw new CheckpointMoved(generation.projection.name);
  if (build !== undefined && !build.keyed) {
    await client.query(keyState(generation));
    build.keyed = true;
  }
  const { rows } = await client.query<[string, string]>({
    text: `SELECT entity, state FROM ${stateTable(generation)} WHERE entity = ANY ($1::text[])`,
    values: [entities],
    rowMode: 'array',
  });
  return new Map(rows);
};

/** Page by page behind the last entity of the page before; by code unit, as the memory adapter does. */
const allStatesOf = async function* (
  database: Database,
  generation: Generation,
): AsyncIterable<readonly (readonly [string, string])[]> {
  const text = `SELECT entity, state FROM ${stateTable(generation)} WHERE entity > $1 ORDER BY entity LIMIT ${statesPage}`;
  for (let behind = ''; ;) {
    const { rows } = await database.withClient((client) =>
      client.query<[string, string]>({ text, values: [behind], rowMode: 'array' }),
    );
    if (rows.length > 0) yield rows;
    if (rows.length < statesPage) return;
    behind = rows.at(-1)?.[0] ?? '';
  }
};
