import {
  nameOfRollUp,
  type CellDifference,
  type Comparison,
  type Dataflow,
  type Generation,
  type RollUp,
} from '@karnama/cells';
import type { PoolClient } from 'pg';
import { monthByMonth } from './known-now.js';
import { baseTable, dimensionColumns, measureColumns, rollUpKeys, rollUpTable } from './tables.js';

type Table = {
  readonly name: string;
  readonly left: string;
  readonly right: string;
  readonly keys: readonly string[];
};

const tablesOf = (left: Generation, right: Generation, dataflow: Dataflow<never>): Table[] => [
  {
    name: 'base',
    left: baseTable(left, dataflow),
    right: baseTable(right, dataflow),
    keys: ['month', 'declared', 'epoch', ...dimensionColumns(dataflow)],
  },
  ...dataflow.rollUps.map((rollUp: RollUp, index) => ({
    name: nameOfRollUp(rollUp),
    left: rollUpTable(left, dataflow, index),
    right: rollUpTable(right, dataflow, index),
    keys: rollUpKeys(rollUp),
  })),
];

/** What is known now of each roll-up must be what the roll-up itself comes to. */
const ownTablesOf = (generation: Generation, dataflow: Dataflow<never>): Table[] =>
  dataflow.rollUps.map((rollUp, index) => ({
    name: `${nameOfRollUp(rollUp)}, as known now`,
    left: monthByMonth(generation, dataflow, index),
    right: rollUpTable(generation, dataflow, index),
    keys: rollUpKeys(rollUp).filter((key) => key !== 'epoch'),
  }));

type Row = {
  compared: string;
  differing: string;
  cell: string[] | null;
  l: string[] | null;
  r: string[] | null;
};

/** Compares every table of two generations inside the caller's transaction; a cell of zeros equals no cell. */
export const compareGenerations = async (
  client: PoolClient,
  left: Generation,
  right: Generation,
  limit: number,
): Promise<Comparison> => {
  let compared = 0n;
  let differing = 0n;
  const differences: CellDifference[] = [];
  for (const dataflow of left.projection.dataflows)
    for (const table of [...tablesOf(left, right, dataflow), ...ownTablesOf(left, dataflow)]) {
      const { rows } = await client.query<Row>(
        statement(table, dataflow, Math.max(0, limit - differences.length)),
      );
      compared += BigInt(rows[0]?.compared ?? 0);
      differing += BigInt(rows[0]?.differing ?? 0);
      for (const { cell, l, r } of rows)
        if (cell !== null)
          differences.push({
            dataflow: dataflow.code,
            table: table.name,
            cell: cell.join(' '),
            left: l?.map((sum) => BigInt(sum)) ?? null,
            right: r?.map((sum) => BigInt(sum)) ?? null,
          });
    }
  return { compared, differing, differences };
};

const statement = ({ left, right, keys }: Table, dataflow: Dataflow<never>, limit: number): string => {
  const key = keys.join(', ');
  const measures = measureColumns(dataflow);
  const sums = (from: string): string =>
    `SELECT ${key}, array[${measures.map((name) => `cells.total(${name})::text`).join(', ')}] AS sums FROM ${from}
     GROUP BY ${key} HAVING ${measures.map((name) => `cells.total(${name}) <> 0`).join(' OR ')}`;
  return `
    WITH both_sides AS (
      SELECT array[${keys.map((name) => `${name}::text`).join(', ')}] AS cell, l.sums AS l, r.sums AS r
      FROM (${sums(left)}) l FULL JOIN (${sums(right)}) r USING (${key})
    ), counted AS (
      SELECT count(*) AS compared, count(*) FILTER (WHERE l IS DISTINCT FROM r) AS differing FROM both_sides
    ), shown AS (
      SELECT * FROM both_sides WHERE l IS DISTINCT FROM r ORDER BY cell LIMIT ${limit}
    )
    SELECT compared::text, differing::text, cell, l, r FROM counted LEFT JOIN shown ON true`;
};
