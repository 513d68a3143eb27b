import { tableFor, type CellGroup, type CellQuery, type Dataflow, type Generation } from '@karnama/cells';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import type { PoolClient } from 'pg';
import Cursor from 'pg-cursor';
import type { Database } from '../database.js';
import { translated } from '../driver-errors.js';
import { baseTable, dimensionColumn, measureColumns, rollUpTable, tailTable } from './tables.js';

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

/** The statement that answers a query: a roll-up (or the base) and the tail that is not in it yet. */
export const statementFor = (
  generation: Generation,
  query: CellQuery,
): { sql: string; parameters: unknown[] } => {
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
  const measures = measureColumns(dataflow);

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

  const main =
    index === 'base'
      ? rowsOf(baseTable(generation, dataflow), 'base')
      : rowsOf(rollUpTable(generation, dataflow, index), 'roll-up');
  const by = query.by.map((_, i) => `by${i}`).join(', ');
  const sums = measures.map((name) => `coalesce(sum(${name}), 0)::text`).join(', ');
  const sql = [
    `SELECT ${by === '' ? sums : `${by}, ${sums}`} FROM (`,
    `${main} UNION ALL ${rowsOf(tailTable(generation, dataflow), 'base')}`,
    ') rows',
    by === '' ? '' : `GROUP BY ${by} ORDER BY ${by}`,
  ].join('\n');
  return { sql, parameters };
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
    throw (error as { code?: string }).code === undefinedTable
      ? new Unavailable('the figures were just switched to a rebuilt generation', { cause: error })
      : translated(error);
  } finally {
    await runner.release();
  }
};
