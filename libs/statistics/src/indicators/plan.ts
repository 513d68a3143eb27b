import type { CodeFilter, SeriesQuery } from '@karnama/cells';
import { areaLevel } from '@karnama/classifications';
import { KarnamaError, type Calendar } from '@karnama/kernel';
import { keptDataflow, type Published } from '../catalogue.js';
import { filtersOf, groupColumn, type GroupColumn } from '../plan.js';
import type { Frequency } from './evaluate.js';
import { usesIn, wholesIn, type Condition, type Use } from './expression.js';
import type { Indicator } from './indicator.js';
import type { IndicatorRequest } from './request.js';

/** The question to the cells of one dataflow of a formula. */
export type Source = {
  readonly published: Published;
  /** Whether all months from the first on are needed, since a stock is the sum of all its changes. */
  readonly cumulated: boolean;
  /** Measures the formula uses. */
  readonly measures: readonly string[];
  /** Dimensions that only the formula tells apart, after the asked ones in the grouping. */
  readonly apart: readonly string[];
  /** Conditions of the formula that the cells are asked under already. */
  readonly settled: readonly string[];
  readonly query: Pick<SeriesQuery, 'dataflow' | 'time' | 'by' | 'where' | 'measures'>;
};

export type IndicatorPlan = {
  readonly indicator: Indicator;
  /** The asked columns, and of these those that all cells are asked for, since the formula looks at them as a whole too. */
  readonly by: readonly GroupColumn[];
  readonly wholes: readonly string[];
  /** Codes that filters on `wholes` let through. */
  readonly fixed: ReadonlyMap<string, ReadonlySet<string>>;
  readonly sources: readonly Source[];
  /** Groups that are answered for even when they have no cells. */
  readonly named: readonly (readonly string[])[];
};

const mostColumns = 3;

const refuse = (message: string, mend: string): never => {
  throw new KarnamaError('bad-request', message, mend);
};

/** Checks a request against the definition of its indicator. @throws KarnamaError as listed at `IndicatorService.data` */
export const planOf = (
  indicator: Indicator,
  request: Pick<IndicatorRequest, 'by' | 'where' | 'freq'>,
  calendar: Calendar,
): IndicatorPlan => {
  checkFrequency(indicator, request.freq);
  checkDimensions(indicator, request);
  const uses = usesIn(indicator.formula);
  const dataflows = [...new Set(uses.map(({ measure }) => measure.dataflow))].map((code) =>
    keptDataflow(code, calendar),
  );
  const wholes = wholesIn(indicator.formula);
  const first = dataflows[0] as Published;
  const by = request.by.map((name) => groupColumn(first, name));
  if (new Set(by.map(({ source }) => source)).size < by.length)
    refuse('a column stands twice in the grouping', 'name each column once');
  const sources = dataflows.map((published) =>
    sourceOf(
      published,
      uses.filter(({ measure }) => measure.dataflow === published.dataflow.code),
      { by, wholes, where: request.where, freq: request.freq },
    ),
  );
  const fixed = Object.entries(
    filtersOf(
      first,
      pick(request.where, (name) => wholes.includes(name)),
    ),
  );
  return {
    indicator,
    by,
    wholes,
    fixed: new Map(fixed.map(([dimension, { codes }]) => [dimension, new Set(codes)])),
    sources,
    named: namedGroups(by, request.where),
  };
};

const checkFrequency = ({ code, frequencies }: Indicator, freq: Frequency): void => {
  if (!frequencies.includes(freq))
    refuse(`${code} is not defined at frequency ${freq}`, `one of ${frequencies.join(', ')}`);
};

const checkDimensions = (
  { code, dimensions, requiredDimensions = [] }: Indicator,
  { by, where }: Pick<IndicatorRequest, 'by' | 'where'>,
): void => {
  if (by.length > mostColumns)
    refuse(`${by.length} columns in one grouping`, `group by at most ${mostColumns}`);
  const asked = [...by.map((name) => name.split('@')[0] ?? ''), ...Object.keys(where)];
  const foreign = asked.find((name) => !dimensions.includes(name));
  if (foreign !== undefined)
    throw new KarnamaError(
      'unknown-dimension',
      `${code} has no dimension "${foreign}"`,
      dimensions.length === 0 ? 'it has none' : `one of ${dimensions.join(', ')}`,
    );
  const lacking = requiredDimensions.find((name) => !asked.includes(name));
  if (lacking !== undefined)
    refuse(`${code} is defined for one ${lacking} only`, `group by ${lacking}, or choose one`);
};

const pick = (
  where: IndicatorRequest['where'],
  wanted: (name: string) => boolean,
): IndicatorRequest['where'] => Object.fromEntries(Object.entries(where).filter(([name]) => wanted(name)));

type Asked = Pick<IndicatorRequest, 'where' | 'freq'> & {
  readonly by: readonly GroupColumn[];
  readonly wholes: readonly string[];
};

const sourceOf = (published: Published, uses: readonly Use[], { by, wholes, where, freq }: Asked): Source => {
  const { dataflow } = published;
  const settled = settledConditions(uses, freq);
  const apart = new Set(wholes);
  for (const { measure, apart: dimension } of uses) {
    if (dimension !== undefined) apart.add(dimension);
    for (const name of Object.keys(measure.where ?? {})) if (!settled.has(name)) apart.add(name);
  }
  const measures = [...new Set(uses.map(({ measure }) => measure.measure))];
  const columns = by.map(({ source }) => source).filter((name) => !wholes.includes(name));
  const filters = filtersOf(
    published,
    pick(where, (name) => !wholes.includes(name)),
  );
  return {
    published,
    cumulated: uses.some(({ stock }) => stock),
    measures,
    apart: [...apart],
    settled: [...settled.keys()],
    query: {
      dataflow: dataflow.code,
      time: 'effective',
      by: [...columns, ...apart],
      where: { ...filters, ...Object.fromEntries(settled) },
      measures,
    },
  };
};

/** The codes that a condition lets through; undefined for one that says which it does not. */
export const codesOf = (condition: Condition, freq: Frequency): readonly string[] | undefined => {
  if (condition === 'frequency') return [freq];
  return 'except' in condition ? undefined : condition;
};

/** Conditions that are the same at every use of the dataflow: only cells that meet them are asked for. */
const settledConditions = (uses: readonly Use[], freq: Frequency): Map<string, CodeFilter> => {
  const settled = new Map<string, CodeFilter>();
  const [first, ...others] = uses;
  for (const [dimension, condition] of Object.entries(first?.measure.where ?? {})) {
    const codes = codesOf(condition, freq);
    const text = JSON.stringify(condition);
    const same = others.every(({ measure }) => JSON.stringify(measure.where?.[dimension]) === text);
    if (codes !== undefined && same) settled.set(dimension, { codes, prefixes: [] });
  }
  return settled;
};

/** The groups that the filters name one by one: every grouped column has a filter on codes of its own level. */
const namedGroups = (
  by: readonly GroupColumn[],
  where: IndicatorRequest['where'],
): readonly (readonly string[])[] => {
  let groups: readonly (readonly string[])[] = [[]];
  for (const { source, level = 'state' } of by) {
    const codes = (where[source] ?? []).filter((code) => source !== 'area' || areaLevel(code) === level);
    groups = groups.flatMap((group) => codes.map((code) => [...group, code]));
  }
  return groups;
};
