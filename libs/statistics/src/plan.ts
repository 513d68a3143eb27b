import type { CellGroup, CellQuery, CodeFilter } from '@karnama/cells';
import { formatMonth, KarnamaError, parseMonth, type Calendar } from '@karnama/kernel';
import { levelsOf, measuresOf, membersOf, publishedDataflow, type Published } from './catalogue.js';
import type { DataRequest } from './request.js';

/** A column to group by: a time axis or dimension of the cells, at a level where it is a hierarchy. */
export type GroupColumn = { readonly name: string; readonly source: string; readonly level?: string };

export type Plan = {
  readonly published: Published;
  readonly by: readonly GroupColumn[];
  readonly measures: readonly string[];
  /** The question to the cells; `maxEpoch` is put in when the release is known. */
  readonly query: CellQuery;
};

const timeColumns = ['month', 'declared', 'effective'];

/** Checks a request against the catalogue. @throws KarnamaError as listed at `StatisticsService.data` */
export const planOf = (request: DataRequest, calendar: Calendar = 'jalali'): Plan => {
  const published = publishedDataflow(request.dataflow, calendar);
  const by = request.by.map((name) => groupColumn(published, name));
  if (new Set(by.map(({ source }) => source)).size < by.length)
    throw new KarnamaError('bad-request', 'a column stands twice in the grouping', 'name each column once');
  const range = rangeOf(request);
  return {
    published,
    by,
    measures: measureCodes(published, request.measures),
    query: {
      dataflow: published.dataflow.code,
      time: request.view,
      by: by.map(({ source }) => source),
      where: filtersOf(published, request.where),
      ...range,
    },
  };
};

/** The column that a name in a grouping stands for. @throws KarnamaError `unknown-dimension` */
export const groupColumn = (published: Published, name: string): GroupColumn => {
  const [source = '', level] = name.split('@');
  const dimension = published.dataflow.dimensions.some(({ code }) => code === source);
  if (!dimension && !timeColumns.includes(source))
    throw new KarnamaError(
      'unknown-dimension',
      `${published.dataflow.code} has no dimension "${source}"`,
      `one of ${[...timeColumns, ...published.dataflow.dimensions.map(({ code }) => code)].join(', ')}`,
    );
  if (level === undefined) return { name, source };
  if (source !== 'area' || !levelsOf(published).includes(level))
    throw new KarnamaError(
      'unknown-dimension',
      `"${name}" names no level`,
      `levels of area: ${levelsOf(published).join(', ')}`,
    );
  return { name, source, level };
};

const measureCodes = (published: Published, asked: readonly string[]): readonly string[] => {
  const known = measuresOf(published).map(({ code }) => code);
  for (const code of asked)
    if (!known.includes(code))
      throw new KarnamaError(
        'unknown-measure',
        `${published.dataflow.code} has no measure "${code}"`,
        `one of ${known.join(', ')}`,
      );
  return asked.length === 0 ? known : [...new Set(asked)];
};

/** The cells that the codes of a filter stand for. @throws KarnamaError `unknown-dimension`, `unknown-code` */
export const filtersOf = (published: Published, where: DataRequest['where']): Record<string, CodeFilter> => {
  const filters: Record<string, CodeFilter> = {};
  for (const [dimension, codes] of Object.entries(where)) {
    if (!published.dataflow.dimensions.some(({ code }) => code === dimension))
      throw new KarnamaError(
        'unknown-dimension',
        `${published.dataflow.code} has no dimension "${dimension}"`,
        `one of ${published.dataflow.dimensions.map(({ code }) => code).join(', ')}`,
      );
    const members = codes.map((code) => membersOf(published, dimension, code));
    filters[dimension] = {
      codes: [...new Set(members.flatMap((member) => member.codes))],
      prefixes: [...new Set(members.flatMap((member) => member.prefixes))],
    };
  }
  return filters;
};

const rangeOf = ({ from, to }: DataRequest): { from?: number; to?: number } => {
  const range = {
    ...(from === undefined ? {} : { from: parseMonth(from) }),
    ...(to === undefined ? {} : { to: parseMonth(to) }),
  };
  if (range.from !== undefined && range.to !== undefined && range.from > range.to)
    throw new KarnamaError(
      'bad-request',
      `the range ends (${to}) before it begins (${from})`,
      'swap from and to',
    );
  return range;
};

/** Order of rows: column by column, months as numbers, codes by code unit. */
export const compareGroups = (a: readonly (string | number)[], b: readonly (string | number)[]): number => {
  for (let i = 0; i < a.length; i++) {
    const left = a[i] as string | number;
    const right = b[i] as string | number;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
};

/**
 * Whether corrections have taken everything out of a group again: all measures and the number of units
 * are zero. The sum of keys is not asked: a retraction is another record than what it undoes.
 */
export const isEmptied = ({ measures }: CellGroup): boolean =>
  measures.slice(0, -1).every((value) => value === 0n);

/** The value of a group's column as text: months as `1404-10`, codes and epochs as they are. */
export const labelOf = (source: string, value: string | number): string =>
  typeof value === 'number' ? (source === 'epoch' ? String(value) : formatMonth(value)) : value;
