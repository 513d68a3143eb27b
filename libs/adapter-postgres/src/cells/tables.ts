import type { Dataflow, Generation, Projection, RollUp } from '@karnama/cells';

/** SQL identifier; codes are plain words, but nothing is trusted to be. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** A table among those of cells and states. */
export const tableName = (name: string): string => `cells.${identifier(name.toLowerCase())}`;

export const stateTable = ({ projection, number }: Generation): string =>
  tableName(`state_${projection.name}_${number}`);

/** All cells of a dataflow: deltas, appended; several rows may stand for one cell. */
export const baseTable = ({ number }: Generation, dataflow: Dataflow<never>): string =>
  tableName(`cell_${dataflow.code}_${number}`);

export const rollUpTable = ({ number }: Generation, dataflow: Dataflow<never>, index: number): string =>
  tableName(`cell_${dataflow.code}_${number}_r${index + 1}`);

/**
 * Deltas that are not in the base and the roll-ups yet. A roll-up's cells collapse: putting a hundred
 * batches in at once costs little more than one. Questions add the tail, so they never wait for it.
 */
export const tailTable = ({ number }: Generation, dataflow: Dataflow<never>): string =>
  tableName(`cell_${dataflow.code}_${number}_tail`);

export const dimensionColumns = (dataflow: Dataflow<never>): string[] =>
  dataflow.dimensions.map(({ code }) => identifier(`d_${code}`));

export const dimensionColumn = (code: string): string => identifier(`d_${code}`);

/** Measures in order, then units, then keys: as in `CellDelta.measures`. */
export const measureNames = (dataflow: Dataflow<never>): string[] => [
  ...dataflow.measures.map(({ code }) => `m_${code}`),
  'units',
  'keys',
];

export const measureColumns = (dataflow: Dataflow<never>): string[] => measureNames(dataflow).map(identifier);

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

/**
 * While a generation is built nobody asks it and nothing in it is replaced: a vacuum would only take the machine
 * from those who build, and hold the locks that its end needs.
 */
export const unattended = 'autovacuum_enabled = off';

/** From here on the server looks after a table by itself. */
export const attend = (table: string): string => `ALTER TABLE ${table} RESET (autovacuum_enabled)`;

export const createBase = (generation: Generation, dataflow: Dataflow<never>): string =>
  `CREATE TABLE ${baseTable(generation, dataflow)} (${baseColumns(dataflow).join(', ')}) WITH (${unattended})`;

export const createTail = (generation: Generation, dataflow: Dataflow<never>): string =>
  `CREATE TABLE ${tailTable(generation, dataflow)} (${baseColumns(dataflow).join(', ')})`;

/** Where a roll-up is made from; `rolledUp`: a roll-up on the same time axis, else a table of the base's form. */
export type RollUpSource = { readonly table: string; readonly rolledUp: boolean };

/** A roll-up made of all cells there are, by the server's parallel workers where it has them. */
export const createRollUp = (
  generation: Generation,
  dataflow: Dataflow<never>,
  index: number,
  source: RollUpSource,
): string =>
  `CREATE TABLE ${rollUpTable(generation, dataflow, index)} WITH (fillfactor = 80, ${unattended}) AS ${sumsFor(dataflow, dataflow.rollUps[index] as RollUp, source)}`;

export const keyRollUp = (generation: Generation, dataflow: Dataflow<never>, index: number): string =>
  `ALTER TABLE ${rollUpTable(generation, dataflow, index)} ADD PRIMARY KEY (${rollUpKeys(dataflow.rollUps[index] as RollUp).join(', ')})`;

/** Finds what the last epochs told: what was known at a release is what is known now without it. */
export const indexEpochs = (generation: Generation, dataflow: Dataflow<never>, index: number): string =>
  `CREATE INDEX ON ${rollUpTable(generation, dataflow, index)} (epoch)`;

/**
 * Puts rows of a table of the base's form into a roll-up that may hold the same cells already; in key order, so
 * that writers cannot cross.
 */
export const addToRollUp = (
  generation: Generation,
  dataflow: Dataflow<never>,
  index: number,
  rows: string,
): string => {
  const rollUp = dataflow.rollUps[index] as RollUp;
  const keys = rollUpKeys(rollUp).join(', ');
  const measures = measureColumns(dataflow);
  const source = { table: rows, rolledUp: false };
  return `INSERT INTO ${rollUpTable(generation, dataflow, index)} AS r (${[keys, ...measures].join(', ')})
    ${sumsFor(dataflow, rollUp, source)} ORDER BY ${keys}
    ON CONFLICT (${keys}) DO UPDATE SET ${measures.map((name) => `${name} = r.${name} + EXCLUDED.${name}`).join(', ')}`;
};

/** The measures summed up by the key columns of a roll-up, or by some of them. */
export const sumsFor = (
  dataflow: Dataflow<never>,
  rollUp: RollUp,
  { table, rolledUp }: RollUpSource,
  keys: readonly string[] = rollUpKeys(rollUp),
): string => {
  const source = keys.map((key) =>
    key === 'month' && rollUp.time === 'declared' && !rolledUp ? 'declared' : key,
  );
  const columns = source.map((column, i) => (column === keys[i] ? column : `${column} AS ${keys[i]}`));
  const sums = measureColumns(dataflow).map((name) => `cells.total(${name}) AS ${name}`);
  return `SELECT ${[...columns, ...sums].join(', ')} FROM ${table} GROUP BY ${source.join(', ')}`;
};

export const createState = (generation: Generation): string =>
  `CREATE TABLE ${stateTable(generation)} (entity ${code} NOT NULL, state text NOT NULL) WITH (fillfactor = 80, ${unattended})`;

export const keyState = (generation: Generation): string =>
  `ALTER TABLE ${stateTable(generation)} ADD PRIMARY KEY (entity)`;

/** Puts the states of an addition in place of those of the generation, and beside them where there was none. */
export const takeStates = (generation: Generation, addition: Generation): string =>
  `INSERT INTO ${stateTable(generation)} SELECT entity, state FROM ${stateTable(addition)} ORDER BY entity
    ON CONFLICT (entity) DO UPDATE SET state = EXCLUDED.state`;

/** How the tables are laid out: 2 since roll-ups are kept as they are known now, too, 3 since those hold years. */
const layout = 3;

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
