import {
  measurePlaces,
  tableFor,
  type CellGroup,
  type CellQuery,
  type CellSeries,
  type Dataflow,
  type Generation,
  type SeriesQuery,
} from '@karnama/cells';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import type { PoolClient } from 'pg';
import Cursor from 'pg-cursor';
import type { Database } from '../database.js';
import { translated } from '../driver-errors.js';
import { seriesIn, type SeriesRow } from './series-rows.js';
import { baseTable, dimensionColumn, measureColumns, nowTable, rollUpTable, tailTable } from './tables.js';

const page = 2000;
const undefinedTable = '42P01';

export const dataflowOf = (generation: Generation, code: string): Dataflow<never> => {
  const found = generation.projection.dataflows.find((dataflow) => dataflow.code === code);
  if (found === undefined)
    throw new KarnamaError(
      'unknown-dataflow',
      `projection ${generation.projection.name} keeps no dataflow "${code}"`,
    );
  return found;
};

const escapeLike = (prefix: string): string => prefix.replace(/[\\%_]/g, '\\$&');

/** Columns of a table as a query names them; a roll-up holds one time axis, as `month`. */
const columnIn = (form: 'base' | 'roll-up', time: CellQuery['time'], name: string): string => {
  switch (name) {
    case 'epoch':
      return 'epoch';
    case 'month':
      return form === 'base' && time === 'declared' ? 'declared' : 'month';
    case 'effective':
      return 'month';
    case 'declared':
      return 'declared';
    default:
      return dimensionColumn(name);
  }
};

type Statement = { readonly sql: string; readonly parameters: unknown[] };

/** Not a statement but what stands behind its FROM; `rolledUp`: mostly cells of a roll-up. */
type Cells = Statement & { readonly measures: string[]; readonly rolledUp: boolean };

/** The cells that a query is about, as a table `by0…, m0…`: of a roll-up (or the base) and of the tail that is not in it yet. */
const cellsFor = (generation: Generation, query: CellQuery): Cells => {
  const dataflow = dataflowOf(generation, query.dataflow);
  const { index } = tableFor(dataflow, query);
  const parameters: unknown[] = [];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const filters = Object.entries(query.where).map(([dimension, { codes, prefixes }]) => ({
    dimension,
    codes: parameter(codes),
    prefixes: prefixes.map((prefix) => parameter(`${escapeLike(prefix)}%`)),
  }));
  const from = query.from === undefined ? undefined : parameter(query.from);
  const to = query.to === undefined ? undefined : parameter(query.to);
  const maxEpoch = query.maxEpoch === undefined ? undefined : parameter(query.maxEpoch);
  const kept = measureColumns(dataflow);
  const measures = measurePlaces(dataflow, query.measures).map((place, i) => `${kept[place]} AS m${i}`);

  const rowsOf = (table: string, form: 'base' | 'roll-up'): string => {
    const column = (name: string): string => columnIn(form, query.time, name);
    const conditions = filters.map(({ dimension, codes, prefixes }) =>
      [
        `${column(dimension)} = ANY (${codes}::text[])`,
        ...prefixes.map((prefix) => `${column(dimension)} LIKE ${prefix}`),
      ].join(' OR '),
    );
    if (from !== undefined) conditions.push(`${column('month')} >= ${from}`);
    if (to !== undefined) conditions.push(`${column('month')} <= ${to}`);
    if (maxEpoch !== undefined) conditions.push(`epoch <= ${maxEpoch}`);
    const columns = [...query.by.map((name, i) => `${column(name)} AS by${i}`), ...measures];
    const where =
      conditions.length > 0 ? `WHERE ${conditions.map((condition) => `(${condition})`).join(' AND ')}` : '';
    return `SELECT ${columns.join(', ')} FROM ${table} ${where}`;
  };

  const isNow = maxEpoch === undefined && !query.by.includes('epoch');
  const main =
    index === 'base'
      ? rowsOf(baseTable(generation, dataflow), 'base')
      : rowsOf((isNow ? nowTable : rollUpTable)(generation, dataflow, index), 'roll-up');
  return {
    sql: `(${main} UNION ALL ${rowsOf(tailTable(generation, dataflow), 'base')}) rows`,
    parameters,
    measures: measures.map((_, i) => `m${i}`),
    rolledUp: index !== 'base',
  };
};

/** The statement that answers a query. */
export const statementFor = (generation: Generation, query: CellQuery): Statement => {
  const { sql, parameters, measures } = cellsFor(generation, query);
  const by = query.by.map((_, i) => `by${i}`);
  const sums = measures.map((name) => `coalesce(sum(${name}), 0)::text`);
  const grouping = by.length === 0 ? '' : `GROUP BY ${by.join(', ')} ORDER BY ${by.join(', ')}`;
  return { sql: `SELECT ${[...by, ...sums].join(', ')} FROM ${sql} ${grouping}`, parameters };
};

/**
 * The statement that answers a query for series: a row for each group, its months and values as arrays.
 * A roll-up holds few rows for a month, which cost the server more to sum (its sums of bigints are
 * numerics) than to hand over; the base may hold any number, and they are summed where they lie.
 */
export const seriesStatementFor = (generation: Generation, query: SeriesQuery): Statement => {
  const { sql, parameters, measures, rolledUp } = cellsFor(generation, {
    ...query,
    by: [...query.by, 'month'],
  });
  const by = query.by.map((_, i) => `by${i}`);
  const month = `by${query.by.length}`;
  const keys = [...by, month].join(', ');
  const sums = measures.map((name) => `sum(${name}) AS ${name}`);
  const monthly = `(SELECT ${[keys, ...sums].join(', ')} FROM ${sql} GROUP BY ${keys}) monthly`;
  const arrays = [month, ...measures].map((name) => `array_agg(${name})::text`);
  const grouping = by.length === 0 ? '' : `GROUP BY ${by.join(', ')} ORDER BY ${by.join(', ')}`;
  return {
    sql: `SELECT ${[...by, ...arrays].join(', ')} FROM ${rolledUp ? sql : monthly} ${grouping}`,
    parameters,
  };
};

/** Streams the groups of a query; the connection is given back when the reader stops early too. */
export const readCells = async function* (
  database: Database,
  generation: Generation,
  query: CellQuery,
): AsyncIterable<CellGroup> {
  const { sql, parameters } = statementFor(generation, query);
  const width = query.by.length;
  const runner = database.dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as PoolClient;
    const cursor = client.query(new Cursor<(string | number)[]>(sql, parameters, { rowMode: 'array' }));
    try {
      for (let rows = await cursor.read(page); rows.length > 0; rows = await cursor.read(page))
        for (const row of rows)
          yield { group: row.slice(0, width), measures: row.slice(width).map((sum) => BigInt(sum)) };
    } finally {
      await cursor.close();
    }
  } catch (error) {
    throw translated(orSwitched(error));
  } finally {
    await runner.release();
  }
};

/** Tables that are gone were those of a generation that a rebuild has just replaced. */
const orSwitched = (error: unknown): unknown =>
  (error as { code?: string }).code === undefinedTable
    ? new Unavailable('the figures were just switched to a rebuilt generation', { cause: error })
    : error;

/** Reads the series of a query: a whole answer at once, since it comes to one row a group. */
export const readSeries = async (
  database: Database,
  generation: Generation,
  query: SeriesQuery,
): Promise<CellSeries[]> => {
  const { sql: text, parameters: values } = seriesStatementFor(generation, query);
  const { rows } = await database.withClient((client) =>
    client.query<SeriesRow>({ text, values, rowMode: 'array' }).catch((error: unknown) => {
      throw orSwitched(error);
    }),
  );
  return seriesIn(rows, query.by.length);
};
