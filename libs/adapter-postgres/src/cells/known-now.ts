import type { Dataflow, Generation, RollUp } from '@karnama/cells';
import {
  dimensionColumn,
  identifier,
  measureNames,
  rollUpTable,
  sumsFor,
  tableName,
  unattended,
} from './tables.js';

/**
 * A roll-up as it is known now: its cells without the epochs in which they were learned, and a year of them in
 * one row, a column for each month and measure. Most questions are of what is known now and follow cells over
 * months: every epoch that told of a cell would cost them a row, and every month another one.
 */
export const nowTable = ({ number }: Generation, dataflow: Dataflow<never>, index: number): string =>
  tableName(`cell_${dataflow.code}_${number}_r${index + 1}_now`);

/** Months in a row; months are counted from the year 0, so that a row holds those of one year of the calendar. */
export const monthsInRow = 12;

const places = [...Array(monthsInRow).keys()];

/** The column of a measure for the n-th month of the year; empty as long as nothing was told of the month. */
const cellColumn = (measure: string, place: number): string => identifier(`a${place}_${measure}`);

const cellColumns = (measure: string): string[] => places.map((place) => cellColumn(measure, place));

const rowKeys = (rollUp: RollUp): string[] => [...rollUp.dimensions.map(dimensionColumn), 'year'];

const rollUpOf = (dataflow: Dataflow<never>, index: number): RollUp => dataflow.rollUps[index] as RollUp;

/** A measure's sums of the months of a row, as one array. */
export const yearOf = (measure: string): string => `ARRAY[${cellColumns(measure).join(', ')}]`;

/** Conditions on rows that hold months from and to: months beside those asked for may stand in them, too. */
export const yearsWithin = (from: string | undefined, to: string | undefined): string[] => [
  ...(from === undefined ? [] : [`year >= ${from} / ${monthsInRow}`]),
  ...(to === undefined ? [] : [`year <= ${to} / ${monthsInRow}`]),
];

/** What stands behind a FROM to read the months one by one: `month` and the measures, beside the row's own columns. */
export const monthByMonth = (generation: Generation, dataflow: Dataflow<never>, index: number): string => {
  const measures = measureNames(dataflow);
  const months = places.map((place) => {
    const cells = measures.map((measure) => cellColumn(measure, place));
    return `(year * ${monthsInRow} + ${place}, ${cells.join(', ')})`;
  });
  const columns = ['month', ...measures.map(identifier)].join(', ');
  return `${nowTable(generation, dataflow, index)} JOIN LATERAL (VALUES ${months.join(', ')}) told (${columns}) ON told.units IS NOT NULL`;
};

/** Puts cells that stand month by month, each once, into the years' rows. */
const byYears = (dataflow: Dataflow<never>, rollUp: RollUp, cells: string): string => {
  const keys = rowKeys(rollUp);
  const measures = measureNames(dataflow);
  // no month stands there twice: the greatest of its sums is its sum
  const sums = measures.flatMap((measure) =>
    places.map((place) => `max(${identifier(measure)}) FILTER (WHERE place = ${place})`),
  );
  return `SELECT ${[...keys, ...sums.map((sum, i) => `${sum} AS ${columnAt(measures, i)}`)].join(', ')}
    FROM (SELECT *, month / ${monthsInRow} AS year, month % ${monthsInRow} AS place FROM (${cells}) cells) placed
    GROUP BY ${keys.join(', ')}`;
};

const columnAt = (measures: readonly string[], i: number): string =>
  cellColumn(measures[Math.floor(i / monthsInRow)] as string, i % monthsInRow);

const keysByMonth = (rollUp: RollUp): string[] => [...rollUp.dimensions.map(dimensionColumn), 'month'];

/** Made of the roll-up, which is filled. Room is left for new versions: each epoch tells of most rows of its year. */
export const createNow = (generation: Generation, dataflow: Dataflow<never>, index: number): string => {
  const rollUp = rollUpOf(dataflow, index);
  const source = { table: rollUpTable(generation, dataflow, index), rolledUp: true };
  const cells = sumsFor(dataflow, rollUp, source, keysByMonth(rollUp));
  return `CREATE TABLE ${nowTable(generation, dataflow, index)} WITH (fillfactor = 60, ${unattended}) AS ${byYears(dataflow, rollUp, cells)}`;
};

export const keyNow = (generation: Generation, dataflow: Dataflow<never>, index: number): string =>
  `ALTER TABLE ${nowTable(generation, dataflow, index)} ADD PRIMARY KEY (${rowKeys(rollUpOf(dataflow, index)).join(', ')})`;

/** Puts rows of a table of the base's form into what is known now of a roll-up; in key order, so that writers cannot cross. */
export const addToNow = (
  generation: Generation,
  dataflow: Dataflow<never>,
  index: number,
  from: string,
): string => {
  const rollUp = rollUpOf(dataflow, index);
  const keys = rowKeys(rollUp).join(', ');
  const source = { table: from, rolledUp: false };
  const rows = byYears(dataflow, rollUp, sumsFor(dataflow, rollUp, source, keysByMonth(rollUp)));
  const columns = measureNames(dataflow).flatMap(cellColumns);
  const sums = columns.map(
    (column) => `${column} = coalesce(r.${column} + EXCLUDED.${column}, r.${column}, EXCLUDED.${column})`,
  );
  return `INSERT INTO ${nowTable(generation, dataflow, index)} AS r (${keys}, ${columns.join(', ')})
    ${rows} ORDER BY ${keys}
    ON CONFLICT (${keys}) DO UPDATE SET ${sums.join(', ')}`;
};
