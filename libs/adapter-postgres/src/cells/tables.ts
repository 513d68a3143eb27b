import type { Dataflow, Generation, Projection, RollUp } from '@karnama/cells';

/** SQL identifier; codes are plain words, but nothing is trusted to be. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

const table = (name: string): string => `cells.${identifier(name.toLowerCase())}`;

export const stateTable = ({ projection, number }: Generation): string => table(`state_${projection.name}_${number}`);

/** All cells of a dataflow: deltas, appended; several rows may stand for one cell. */
export const baseTable = ({ number }: Generation, dataflow: Dataflow<never>): string =>
  table(`cell_${dataflow.code}_${number}`);

export const rollUpTable = ({ number }: Generation, dataflow: Dataflow<never>, index: number): string =>
  table(`cell_${dataflow.code}_${number}_r${index + 1}`);

/** Where one batch's deltas stand before they go into the base and the roll-ups. */
export const stageTable = ({ number }: Generation, dataflow: Dataflow<never>): string =>
  `pg_temp.${identifier(`stage_${dataflow.code}_${number}`.toLowerCase())}`;

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
export const rollUpKeys = (rollUp: RollUp): string[] => [...rollUp.dimensions.map(dimensionColumn), 'month', 'epoch'];

const columns = (names: readonly string[], type: string): string[] => names.map((name) => `${name} ${type} NOT NULL`);

const code = 'text COLLATE "C"';

export const createStage = (generation: Generation, dataflow: Dataflow<never>): string =>
  `CREATE TEMPORARY TABLE IF NOT EXISTS ${stageTable(generation, dataflow).slice('pg_temp.'.length)} (${baseColumns(dataflow).join(', ')}) ON COMMIT DELETE ROWS`;

const baseColumns = (dataflow: Dataflow<never>): string[] => [
  'month int NOT NULL',
  'declared int NOT NULL',
  'epoch int NOT NULL',
  ...columns(dimensionColumns(dataflow), code),
  ...columns(measureColumns(dataflow), 'bigint'),
];

export const createBase = (generation: Generation, dataflow: Dataflow<never>): string =>
  `CREATE TABLE ${baseTable(generation, dataflow)} (${baseColumns(dataflow).join(', ')})`;

export const createRollUp = (generation: Generation, dataflow: Dataflow<never>, index: number): string => {
  const rollUp = dataflow.rollUps[index] as RollUp;
  return `CREATE TABLE ${rollUpTable(generation, dataflow, index)} (${[
    ...columns(rollUp.dimensions.map(dimensionColumn), code),
    'month int NOT NULL',
    'epoch int NOT NULL',
    ...columns(measureColumns(dataflow), 'bigint'),
  ].join(', ')}) WITH (fillfactor = 80)`;
};

export const keyRollUp = (generation: Generation, dataflow: Dataflow<never>, index: number): string =>
  `ALTER TABLE ${rollUpTable(generation, dataflow, index)} ADD PRIMARY KEY (${rollUpKeys(dataflow.rollUps[index] as RollUp).join(', ')})`;

/** Sums the rows of `from` into a roll-up that may hold the same cells already. */
export const addToRollUp = (generation: Generation, dataflow: Dataflow<never>, index: number, from: string): string => {
  const keys = rollUpKeys(dataflow.rollUps[index] as RollUp);
  const measures = measureColumns(dataflow);
  return `${fillRollUp(generation, dataflow, index, from)} ON CONFLICT (${keys.join(', ')}) DO UPDATE SET ${measures
    .map((name) => `${name} = r.${name} + EXCLUDED.${name}`)
    .join(', ')}`;
};

export const fillRollUp = (generation: Generation, dataflow: Dataflow<never>, index: number, from: string): string => {
  const rollUp = dataflow.rollUps[index] as RollUp;
  const keys = rollUpKeys(rollUp);
  const measures = measureColumns(dataflow);
  const source = keys.map((key) => (key === 'month' && rollUp.time === 'declared' ? 'declared' : key));
  return `INSERT INTO ${rollUpTable(generation, dataflow, index)} AS r (${[...keys, ...measures].join(', ')})
    SELECT ${[...source, ...measures.map((name) => `sum(${name})::bigint`)].join(', ')}
    FROM ${from} GROUP BY ${source.join(', ')} ORDER BY ${source.join(', ')}`;
};

export const createState = (generation: Generation): string =>
  `CREATE TABLE ${stateTable(generation)} (entity ${code} NOT NULL, state text NOT NULL) WITH (fillfactor = 80)`;

export const keyState = (generation: Generation): string =>
  `ALTER TABLE ${stateTable(generation)} ADD PRIMARY KEY (entity)`;

export const allTables = (generation: Generation): string[] => [
  stateTable(generation),
  ...generation.projection.dataflows.flatMap((dataflow) => [
    baseTable(generation, dataflow),
    ...dataflow.rollUps.map((_, index) => rollUpTable(generation, dataflow, index)),
  ]),
];

/** What a generation's tables and meaning depend on; another definition needs a rebuild. */
export const definitionOf = ({ register, dataflows }: Projection): string =>
  JSON.stringify({
    register: `${register.code}@${register.version}`,
    dataflows: dataflows.map((dataflow) => ({
      code: `${dataflow.code}@${dataflow.version}`,
      dimensions: dataflow.dimensions.map((dimension) => dimension.code),
      measures: dataflow.measures.map((measure) => measure.code),
      rollUps: dataflow.rollUps,
    })),
  });
