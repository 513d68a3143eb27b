import {
  measurePlaces,
  tableFor,
  type CellQuery,
  type CodeFilter,
  type Dataflow,
  type Generation,
} from '@karnama/cells';
import { KarnamaError } from '@karnama/kernel';
import { dimensionColumn, identifier, measureNames } from './tables.js';

export const dataflowOf = (generation: Generation, code: string): Dataflow<never> => {
  const found = generation.projection.dataflows.find((dataflow) => dataflow.code === code);
  if (found === undefined)
    throw new KarnamaError(
      'unknown-dataflow',
      `projection ${generation.projection.name} keeps no dataflow "${code}"`,
    );
  return found;
};

export type Statement = { readonly sql: string; readonly parameters: unknown[] };

/** Rows of one table: some hold both time axes, as `month` and `declared`, the others one of them, as `month`. */
export type Rows = {
  /** What stands behind FROM. */
  readonly from: string;
  readonly axes: 'both' | 'one';
  /** Epochs that count, as a condition; by default those that the query counts. */
  readonly epochs?: string;
  /** Other conditions. */
  readonly only?: readonly string[];
  /** Whether what the rows hold is taken away. */
  readonly takenAway?: boolean;
};

/** A query as far as all its statements are the same: the table it is answered from, its parameters and conditions. */
export type CellsAsked = {
  readonly dataflow: Dataflow<never>;
  /** The roll-up that answers, or the base. */
  readonly index: number | 'base';
  readonly parameters: unknown[];
  /** The query's bounds as parameters. */
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly maxEpoch: string | undefined;
  /** The measures asked for, as columns are named after them. */
  readonly measures: readonly string[];
  /** Conditions on dimensions, which are columns of the same name in every table. */
  readonly filters: readonly string[];
  /** A statement of the rows that are asked for, as `by0…, m0…`. */
  rows(rows: Rows): string;
};

const escapeLike = (prefix: string): string => prefix.replace(/[\\%_]/g, '\\$&');

/** Columns of a table as a query names them. */
const columnIn = (axes: Rows['axes'], time: CellQuery['time'], name: string): string => {
  switch (name) {
    case 'epoch':
      return 'epoch';
    case 'month':
      return axes === 'both' && time === 'declared' ? 'declared' : 'month';
    case 'effective':
      return 'month';
    case 'declared':
      return 'declared';
    default:
      return dimensionColumn(name);
  }
};

/** @throws KarnamaError `unknown-dataflow`, `unknown-measure` */
export const cellsAsked = (generation: Generation, query: CellQuery): CellsAsked => {
  const dataflow = dataflowOf(generation, query.dataflow);
  const parameters: unknown[] = [];
  const parameter = (value: unknown): string => `$${parameters.push(value)}`;
  const bound = (value: number | undefined): string | undefined =>
    value === undefined ? undefined : `${parameter(value)}::int`;
  const filters = Object.entries(query.where).map(([dimension, filter]) =>
    filterOn(dimensionColumn(dimension), filter, parameter),
  );
  const [from, to, maxEpoch] = [bound(query.from), bound(query.to), bound(query.maxEpoch)];
  const names = measureNames(dataflow);
  const measures = measurePlaces(dataflow, query.measures).map((place) => names[place] as string);
  const known = maxEpoch === undefined ? undefined : `epoch <= ${maxEpoch}`;

  const rows = ({ from: table, axes, epochs = known, only = [], takenAway = false }: Rows): string => {
    const column = (name: string): string => columnIn(axes, query.time, name);
    const conditions = [...filters, ...only];
    if (from !== undefined) conditions.push(`${column('month')} >= ${from}`);
    if (to !== undefined) conditions.push(`${column('month')} <= ${to}`);
    if (epochs !== undefined) conditions.push(epochs);
    const columns = [
      ...query.by.map((name, i) => `${column(name)} AS by${i}`),
      ...measures.map((name, i) => `${takenAway ? '-' : ''}${identifier(name)} AS m${i}`),
    ];
    return `SELECT ${columns.join(', ')} FROM ${table} ${whereAll(conditions)}`;
  };
  const { index } = tableFor(dataflow, query);
  return { dataflow, index, parameters, from, to, maxEpoch, measures, filters, rows };
};

const filterOn = (
  column: string,
  { codes, prefixes }: CodeFilter,
  parameter: (value: unknown) => string,
): string =>
  [
    `${column} = ANY (${parameter(codes)}::text[])`,
    ...prefixes.map((prefix) => `${column} LIKE ${parameter(`${escapeLike(prefix)}%`)}`),
  ].join(' OR ');

export const whereAll = (conditions: readonly string[]): string =>
  conditions.length > 0 ? `WHERE ${conditions.map((condition) => `(${condition})`).join(' AND ')}` : '';
