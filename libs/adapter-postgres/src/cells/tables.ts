import type { Dataflow, Generation, Projection, RollUp } from '@karnama/cells';

/** SQL identifier; codes are plain words, but nothing is trusted to be. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const table = (name: string): string => `cells.${identifier(name.toLowerCase())}`;

export const stateTable = ({ projection, number }: Generation): string =>
  table(`state_${projection.name}_${number}`);

/** All cells of a dataflow: deltas, appended; several rows may stand for one cell. */
export const baseTable = ({ number }: Generation, dataflow: Dataflow<never>): string =>
  table(`cell_${dataflow.code}_${number}`);

export const rollUpTable = ({ number }: Generation, dataflow: Dataflow<never>, index: number): string =>
  table(`cell_${dataflow.code}_${number}_r${index + 1}`);

/**
 * A roll-up as it is known now: the same cells without the epochs in which they were learned. Most questions
 * are of what is known now, and every epoch that told of a cell would cost them a row.
 */
export const nowTable = ({ number }: Generation, dataflow: Dataflow<never>, index: number): string =>
  table(`cell_${dataflow.code}_${number}_r${index + 1}_now`);

/**
 * Deltas that are not in the base and the roll-ups yet. A roll-up's cells collapse: putting a hundred
 * batches in at once costs little more than one. Questions add the tail, so they never wait for it.
 */
export const tailTable = ({ number }: Generation, dataflow: Dataflow<never>): string =>
  table(`cell_${dataflow.code}_${number}_tail`);

export const dimensionColumns = (dataflow: Dataflow<never>): string[] =>
  dataflow.dimensions.map(({ code }) => identifier(`d_${code}`));

export const dimensionColumn = (code: string): string => identifier(`d_${code}`);

/** Measures in order, then units, then keys: as in `CellDelta.measures`. */
export const measureColumns = (dataflow: Dataflow<never>): string[] => [
  ...dataflow.measures.map(({ code }) => identifier(`m_${code}`)),
  'units',
  'keys',
];

/** Key columns of a roll-up: dimensions first, since a question names places and reads many months. */
export const rollUpKeys = (rollUp: RollUp): string[] => [
  ...rollUp.dimensions.map(dimensionColumn),
  'month',
  'epoch',
];

const columns = (names: readonly string[], type: string): string[] =>
  names.map((name) => `${name} ${type} NOT NULL`);

const code = 'text COLLATE "C"';

const baseColumns = (dataflow: Dataflow<never>): string[] => [
  'month int NOT NULL',
  'declared int NOT NULL',
  'epoch int NOT NULL',
  ...columns(dimensionColumns(dataflow), code),
  ...columns(measureColumns(dataflow), 'bigint'),
];

export const createBase = (generation: Generation, dataflow: Dataflow<never>): string =>
  `CREATE TABLE ${baseTable(generation, dataflow)} (${baseColumns(dataflow).join(', ')})`;

export const createTail = (generation: Generation, dataflow: Dataflow<never>): string =>
  `CREATE TABLE ${tailTable(generation, dataflow)} (${baseColumns(dataflow).join(', ')})`;

/** Key columns of a roll-up as it is known now. */
export const nowKeys = (rollUp: RollUp): string[] => rollUpKeys(rollUp).filter((key) => key !== 'epoch');

/** A roll-up made of all cells there are, by the server's parallel workers where it has them. */
export const createRollUp = (
  generation: Generation,
  dataflow: Dataflow<never>,
  index: number,
  source: { readonly table: string; readonly rolledUp: boolean },
): string =>
  `CREATE TABLE ${rollUpTable(generation, dataflow, index)} WITH (fillfactor = 80) AS ${sumsFor(dataflow, index, source.table, source.rolledUp)}`;

export const keyRollUp = (generation: Generation, dataflow: Dataflow<never>, index: number): string =>
  `ALTER TABLE ${rollUpTable(generation, dataflow, index)} ADD PRIMARY KEY (${rollUpKeys(dataflow.rollUps[index] as RollUp).join(', ')})`;

/** What is known now of a roll-up that is filled. */
export const createNow = (generation: Generation, dataflow: Dataflow<never>, index: number): string => {
  const keys = nowKeys(dataflow.rollUps[index] as RollUp);
  const source = rollUpTable(generation, dataflow, index);
  return `CREATE TABLE ${nowTable(generation, dataflow, index)} WITH (fillfactor = 80) AS
    SELECT ${[...keys, ...summed(dataflow)].join(', ')} FROM ${source} GROUP BY ${keys.join(', ')}`;
};

export const keyNow = (generation: Generation, dataflow: Dataflow<never>, index: number): string =>
  `ALTER TABLE ${nowTable(generation, dataflow, index)} ADD PRIMARY KEY (${nowKeys(dataflow.rollUps[index] as RollUp).join(', ')})`;

/**
 * Puts rows of a table of the base's form into a roll-up that may hold the same cells already; in key order, so
 * that writers cannot cross.
 */
export const addToRollUp = (
  generation: Generation,
  dataflow: Dataflow<never>,
  index: number,
  from: string,
): string =>
  upsert(
    rollUpTable(generation, dataflow, index),
    dataflow,
    rollUpKeys(dataflow.rollUps[index] as RollUp),
    sumsFor(dataflow, index, from, false),
  );

/** Puts them into what is known now of a roll-up. */
export const addToNow = (
  generation: Generation,
  dataflow: Dataflow<never>,
  index: number,
  from: string,
): string => {
  const keys = nowKeys(dataflow.rollUps[index] as RollUp);
  const rows = sumsFor(dataflow, index, from, false);
  const now = `SELECT ${[...keys, ...summed(dataflow)].join(', ')} FROM (${rows}) r GROUP BY ${keys.join(', ')}`;
  return upsert(nowTable(generation, dataflow, index), dataflow, keys, now);
};

const summed = (dataflow: Dataflow<never>): string[] =>
  measureColumns(dataflow).map((name) => `sum(${name})::bigint AS ${name}`);

const upsert = (into: string, dataflow: Dataflow<never>, keys: readonly string[], rows: string): string => {
  const measures = measureColumns(dataflow);
  return `INSERT INTO ${into} AS r (${[...keys, ...measures].join(', ')})
    ${rows} ORDER BY ${keys.join(', ')}
    ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${measures.map((name) => `${name} = r.${name} + EXCLUDED.${name}`).join(', ')}`;
};

/** `rolledUp`: the source is a finer roll-up on the same time axis, else a table of the base's form. */
const sumsFor = (dataflow: Dataflow<never>, index: number, from: string, rolledUp: boolean): string => {
  const rollUp = dataflow.rollUps[index] as RollUp;
  const keys = rollUpKeys(rollUp);
  const source = keys.map((key) =>
    key === 'month' && rollUp.time === 'declared' && !rolledUp ? 'declared' : key,
  );
  const columns = source.map((column, i) => (column === keys[i] ? column : `${column} AS ${keys[i]}`));
  return `SELECT ${[...columns, ...summed(dataflow)].join(', ')}
    FROM ${from} GROUP BY ${source.join(', ')}`;
};

export const createState = (generation: Generation): string =>
  `CREATE TABLE ${stateTable(generation)} (entity ${code} NOT NULL, state text NOT NULL) WITH (fillfactor = 80)`;

export const keyState = (generation: Generation): string =>
  `ALTER TABLE ${stateTable(generation)} ADD PRIMARY KEY (entity)`;

/** Puts the states of an addition in place of those of the generation, and beside them where there was none. */
export const takeStates = (generation: Generation, addition: Generation): string =>
  `INSERT INTO ${stateTable(generation)} SELECT entity, state FROM ${stateTable(addition)} ORDER BY entity
    ON CONFLICT (entity) DO UPDATE SET state = EXCLUDED.state`;

export const allTables = (generation: Generation): string[] => [
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

/** How the tables are laid out: 2 since roll-ups are kept as they are known now, too. */
const layout = 2;

/**
 * What a generation's tables and meaning depend on; another definition needs a rebuild. The number of parts is
 * named where there are several: a program that knows nothing of them must not count.
 */
export const definitionOf = ({ register, dataflows }: Projection, parts: number): string =>
  JSON.stringify({
    layout,
    register: `${register.code}@${register.version}`,
    dataflows: dataflows.map((dataflow) => ({
      code: `${dataflow.code}@${dataflow.version}`,
      dimensions: dataflow.dimensions.map((dimension) => dimension.code),
      measures: dataflow.measures.map((measure) => measure.code),
      rollUps: dataflow.rollUps,
      ...(dataflow.through === undefined ? {} : { through: dataflow.through }),
    })),
    ...(parts === 1 ? {} : { parts }),
  });
