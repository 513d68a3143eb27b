import type { CellSeries, Generation, SeriesQuery } from '@karnama/cells';
import type { Database } from '../database.js';
import { cellsAsked, whereAll, type CellsAsked, type Statement } from './cells-asked.js';
import { monthsInRow, nowTable, yearOf, yearsWithin } from './known-now.js';
import { orSwitched } from './read-cells.js';
import { seriesIn, type SeriesRow } from './series-rows.js';
import { baseTable, dimensionColumn, rollUpTable, tailTable } from './tables.js';

/**
 * The statement that answers a query for series: rows for each group, one after the other, of months and values
 * as arrays. A roll-up holds few rows for a month, which cost the server more to sum (its sums of bigints are
 * numerics) than to hand over; the base may hold any number, and they are summed where they lie.
 */
export const seriesStatementFor = (generation: Generation, query: SeriesQuery): Statement => {
  const asked = cellsAsked(generation, { ...query, by: [...query.by, 'month'] });
  const { index, maxEpoch } = asked;
  if (index === 'base') return ofBase(generation, query, asked);
  if (query.by.includes('epoch')) return ofEpochs(generation, query, asked, index);
  return maxEpoch === undefined
    ? ofNow(generation, query, asked, index)
    : ofPast(generation, query, asked, index, maxEpoch);
};

const namesOf = ({ by }: SeriesQuery): string[] => by.map((_, i) => `by${i}`);

/** Behind the columns of the group its months, and for each measure its values, as arrays. */
const handedOver = (query: SeriesQuery, from: string): string => {
  const by = namesOf(query);
  const arrays = [`by${by.length}`, ...query.measures.map((_, i) => `m${i}`)];
  return `SELECT ${[...by, ...arrays.map((name) => `array_agg(${name})::text`)].join(', ')} FROM ${from} ${groupedBy(by)}`;
};

const groupedBy = (by: readonly string[]): string => (by.length === 0 ? '' : `GROUP BY ${by.join(', ')}`);

const inOrder = (query: SeriesQuery): string =>
  query.by.length === 0 ? '' : `ORDER BY ${query.by.map((_, i) => i + 1).join(', ')}`;

const tailOf = (generation: Generation, { rows, dataflow }: CellsAsked): string =>
  rows({ from: tailTable(generation, dataflow), axes: 'both' });

const ofBase = (generation: Generation, query: SeriesQuery, asked: CellsAsked): Statement => {
  const base = asked.rows({ from: baseTable(generation, asked.dataflow), axes: 'both' });
  const keys = [...namesOf(query), `by${query.by.length}`].join(', ');
  const sums = query.measures.map((_, i) => `cells.total(m${i}) AS m${i}`);
  const monthly = `(SELECT ${[keys, ...sums].join(', ')} FROM (${base} UNION ALL ${tailOf(generation, asked)}) rows GROUP BY ${keys}) monthly`;
  return { sql: `${handedOver(query, monthly)} ${inOrder(query)}`, parameters: asked.parameters };
};

const ofEpochs = (
  generation: Generation,
  query: SeriesQuery,
  asked: CellsAsked,
  index: number,
): Statement => {
  const rows = asked.rows({ from: rollUpTable(generation, asked.dataflow, index), axes: 'one' });
  const sql = `${handedOver(query, `(${rows} UNION ALL ${tailOf(generation, asked)}) rows`)} ${inOrder(query)}`;
  return { sql, parameters: asked.parameters };
};

/** The years of what is known now. */
const years = (
  generation: Generation,
  query: SeriesQuery,
  asked: CellsAsked,
  index: number,
  only: readonly string[] = [],
): string => {
  const by = query.by.map(dimensionColumn);
  const arrays = [`year * ${monthsInRow}`, ...asked.measures.map(yearOf)];
  const conditions = [...asked.filters, ...yearsWithin(asked.from, asked.to), ...only];
  return `SELECT ${[...by, ...arrays.map((array) => `array_agg(${array})::text`)].join(', ')}
    FROM ${nowTable(generation, asked.dataflow, index)} ${whereAll(conditions)} ${groupedBy(by)}`;
};

const ofNow = (generation: Generation, query: SeriesQuery, asked: CellsAsked, index: number): Statement => ({
  sql: `${years(generation, query, asked, index)}
    UNION ALL ${handedOver(query, `(${tailOf(generation, asked)}) rows`)} ${inOrder(query)}`,
  parameters: asked.parameters,
});

/**
 * What was known at an epoch: if few came after it, what is known now less what they told; else what all up to
 * it told. Both in one statement, so that they are of one moment; the server runs the one that is wanted.
 */
const ofPast = (
  generation: Generation,
  query: SeriesQuery,
  asked: CellsAsked,
  index: number,
  maxEpoch: string,
): Statement => {
  const rollUp = rollUpTable(generation, asked.dataflow, index);
  const near = '(SELECT yes FROM near)';
  const rows = [
    tailOf(generation, asked),
    asked.rows({ from: rollUp, axes: 'one', epochs: `epoch > ${maxEpoch}`, only: [near], takenAway: true }),
    asked.rows({ from: rollUp, axes: 'one', only: [`NOT ${near}`] }),
  ];
  return {
    sql: `WITH near AS MATERIALIZED (SELECT 2 * coalesce(max(epoch), 0) <= 3 * ${maxEpoch} AS yes FROM ${rollUp})
    ${years(generation, query, asked, index, [near])}
    UNION ALL ${handedOver(query, `(${rows.join(' UNION ALL ')}) rows`)} ${inOrder(query)}`,
    parameters: asked.parameters,
  };
};

/** Reads the series of a query: a whole answer at once, since it comes to one row a group, or a few. */
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
  return seriesIn(rows, query.by.length, query);
};
