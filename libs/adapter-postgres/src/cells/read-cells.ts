import type { CellGroup, CellQuery, Generation } from '@karnama/cells';
import { Unavailable } from '@karnama/kernel';
import type { PoolClient } from 'pg';
import Cursor from 'pg-cursor';
import type { Database } from '../database.js';
import { translated } from '../driver-errors.js';
import { cellsAsked, type CellsAsked, type Statement } from './cells-asked.js';
import { monthByMonth, yearsWithin } from './known-now.js';
import { baseTable, rollUpTable, tailTable } from './tables.js';

const page = 2000;
const undefinedTable = '42P01';

/** The rows of a roll-up or the base; of what is known now where no epoch is asked for. */
const mainRows = (generation: Generation, query: CellQuery, asked: CellsAsked): string => {
  const { dataflow, index, maxEpoch, from, to } = asked;
  if (index === 'base') return asked.rows({ from: baseTable(generation, dataflow), axes: 'both' });
  if (maxEpoch !== undefined || query.by.includes('epoch'))
    return asked.rows({ from: rollUpTable(generation, dataflow, index), axes: 'one' });
  return asked.rows({
    from: monthByMonth(generation, dataflow, index),
    axes: 'one',
    only: yearsWithin(from, to),
  });
};

/** The statement that answers a query: of a table, and of the tail that is not in it yet. */
export const statementFor = (generation: Generation, query: CellQuery): Statement => {
  const asked = cellsAsked(generation, query);
  const main = mainRows(generation, query, asked);
  const tail = asked.rows({ from: tailTable(generation, asked.dataflow), axes: 'both' });
  const by = query.by.map((_, i) => `by${i}`);
  const sums = asked.measures.map((_, i) => `coalesce(cells.total(m${i}), 0)::text`);
  const grouping = by.length === 0 ? '' : `GROUP BY ${by.join(', ')} ORDER BY ${by.join(', ')}`;
  return {
    sql: `SELECT ${[...by, ...sums].join(', ')} FROM (${main} UNION ALL ${tail}) rows ${grouping}`,
    parameters: asked.parameters,
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
export const orSwitched = (error: unknown): unknown =>
  (error as { code?: string }).code === undefinedTable
    ? new Unavailable('the figures were just switched to a rebuilt generation', { cause: error })
    : error;
