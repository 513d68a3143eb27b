import { tableFor, type CellGroup, type CellQuery, type Dataflow, type Generation } from '@karnama/cells';
import { KarnamaError, Unavailable } from '@karnama/kernel';
import type { PoolClient } from 'pg';
import Cursor from 'pg-cursor';
import type { Database } from '../database.js';
import { translated } from '../driver-errors.js';
import { baseTable, dimensionColumn, measureColumns, rollUpTable } from './tables.js';

const page = 2000;
const undefinedTable = '42P01';

export const dataflowOf = (generation: Generation, code: string): Dataflow<never> => {
  const found = generation.projection.dataflows.find((dataflow) => dataflow.code === code);
  if (found === undefined)
    throw new KarnamaError('unknown-dataflow', `projection ${generation.projection.name} keeps no dataflow "${code}"`);
  return found;
};

const escapeLike = (prefix: string): string => prefix.replace(/[\\%_]/g, '\\$&');

/** The statement that answers a query; exported for the tests that look at its plan. */
export const statementFor = (generation: Generation, query: CellQuery): { sql: string; parameters: unknown[] } => {
  const dataflow = dataflowOf(generation, query.dataflow);
  const { index } = tableFor(dataflow, query);
  const base = index === 'base';
  const columnOf = (name: string): string => {
    if (name === 'epoch') return 'epoch';
    if (name === 'month') return base && query.time === 'declared' ? 'declared' : 'month';
    if (name === 'effective') return 'month';
    if (name === 'declared') return 'declared';
    return dimensionColumn(name);
  };
  const parameters: unknown[] = [];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const conditions = Object.entries(query.where).map(([dimension, { codes, prefixes }]) => {
    const column = columnOf(dimension);
    const among = `${column} = ANY (${parameter(codes)}::text[])`;
    return prefixes.length === 0
      ? among
      : `(${[among, ...prefixes.map((prefix) => `${column} LIKE ${parameter(`${escapeLike(prefix)}%`)}`)].join(' OR ')})`;
  });
  const time = columnOf('month');
  if (query.from !== undefined) conditions.push(`${time} >= ${parameter(query.from)}`);
  if (query.to !== undefined) conditions.push(`${time} <= ${parameter(query.to)}`);
  if (query.maxEpoch !== undefined) conditions.push(`epoch <= ${parameter(query.maxEpoch)}`);
  const by = query.by.map(columnOf);
  const sums = measureColumns(dataflow).map((name) => `coalesce(sum(${name}), 0)::text`);
  const from = base ? baseTable(generation, dataflow) : rollUpTable(generation, dataflow, index);
  const sql = [
    `SELECT ${[...by, ...sums].join(', ')} FROM ${from}`,
    conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '',
    by.length > 0 ? `GROUP BY ${by.join(', ')} ORDER BY ${by.join(', ')}` : '',
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
