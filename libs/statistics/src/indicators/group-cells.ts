import type { CellSeries, Whole } from '@karnama/cells';
import type { Month } from '@karnama/kernel';
import { areaAt } from '../catalogue.js';
import type { Cells, Frequency } from './evaluate.js';
import type { Measure } from './expression.js';
import { codesOf, type IndicatorPlan, type Source } from './plan.js';
import { added } from './whole-sums.js';
import { risenBetween, runningTotals, type Totals } from './running-totals.js';

/** What the changes of one set of cells come to, up to each month. */
type Series = {
  /** Codes of the dimensions that only the formula tells apart. */
  readonly codes: readonly string[];
  /** For each measure of the source. */
  readonly totals: readonly Totals[];
};

/** The cells of one dataflow by group. */
export type Held = {
  readonly source: Source;
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, Series>>;
};

const keyOf = (codes: readonly string[]): string =>
  codes.length === 1 ? (codes[0] as string) : codes.join('\u001f');

/** Takes up the series of a source as running totals, those of one asked group and the same codes together. */
export const hold = (source: Source, plan: IndicatorPlan, cells: readonly CellSeries[]): Held => {
  const columns = columnsOf(plan);
  const found = new Map<string, Map<string, CellSeries[]>>();
  for (const one of cells) {
    const asked = columns.map(({ level }, i) => {
      const code = String(one.group[i]);
      return level === undefined ? code : areaAt(code, level);
    });
    const key = keyOf(asked);
    const group = found.get(key) ?? new Map<string, CellSeries[]>();
    found.set(key, group);
    const own = keyOf(one.group.slice(columns.length).map(String));
    const same = group.get(own);
    if (same === undefined) group.set(own, [one]);
    else same.push(one);
  }
  const groups = new Map<string, Map<string, Series>>();
  for (const [key, group] of found) {
    const held = new Map<string, Series>();
    for (const [own, same] of group) held.set(own, seriesOver(source, columns.length, same));
    groups.set(key, held);
  }
  return { source, groups };
};

const columnsOf = ({ by, wholes }: IndicatorPlan): IndicatorPlan['by'] =>
  by.filter(({ source }) => !wholes.includes(source));

const seriesOver = ({ measures }: Source, columns: number, same: readonly CellSeries[]): Series => ({
  codes: (same[0]?.group ?? []).slice(columns).map(String),
  totals: measures.map((_, place) =>
    runningTotals(same.map(({ months, sums }) => ({ months, changes: sums[place] ?? [] }))),
  ),
});

/** A group that figures are worked out for: its codes in the order of the grouping, and its cells. */
export type Group = { readonly codes: readonly string[]; readonly cells: Cells };

/** The groups that have cells in at least one of the dataflows, and those that the request names; in order. */
export const groupsOf = (plan: IndicatorPlan, held: readonly Held[], freq: Frequency): readonly Group[] => {
  const all = new Map(plan.named.map((codes) => [keyOf(codes), codes]));
  for (const { source, groups } of held)
    for (const [key, series] of groups)
      for (const codes of codesIn(plan, source, key, series)) all.set(keyOf(codes), codes);
  return [...all]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, codes]) => ({ codes, cells: cellsOf(plan, held, freq, codes) }));
};

/** The groups of a held one: itself, or one for each code of the dimensions that the formula sees as a whole too. */
const codesIn = (
  plan: IndicatorPlan,
  source: Source,
  key: string,
  series: ReadonlyMap<string, Series>,
): readonly (readonly string[])[] => {
  const asked = key.split('\u001f');
  return [...series.values()]
    .filter((one) => letThrough(plan, source, one))
    .map(({ codes }) => {
      let next = 0;
      return plan.by.map(({ source: dimension }) =>
        plan.wholes.includes(dimension)
          ? (codes[source.apart.indexOf(dimension)] ?? '')
          : (asked[next++] ?? ''),
      );
    });
};

const letThrough = ({ fixed }: IndicatorPlan, { apart }: Source, { codes }: Series): boolean =>
  [...fixed].every(([dimension, allowed]) => allowed.has(codes[apart.indexOf(dimension)] ?? ''));

const cellsOf = (
  plan: IndicatorPlan,
  held: readonly Held[],
  freq: Frequency,
  codes: readonly string[],
): Cells => {
  const asked: string[] = [];
  const fixed = new Map(plan.fixed);
  plan.by.forEach(({ source }, i) => {
    if (plan.wholes.includes(source)) fixed.set(source, new Set([codes[i] ?? '']));
    else asked.push(codes[i] ?? '');
  });
  return view(held, freq, keyOf(asked), fixed);
};

/** The cells of a group, under conditions on dimensions that the formula may also see as a whole. */
const view = (
  held: readonly Held[],
  freq: Frequency,
  key: string,
  fixed: ReadonlyMap<string, ReadonlySet<string>>,
): Cells => {
  const found = new Map<Measure, Found>();
  const wholes = new Map<string, Cells>();
  const splits = new Map<string, Map<Measure, ByCode>>();
  const find = (measure: Measure): Found => {
    const known = found.get(measure) ?? seriesOf(held, freq, key, fixed, measure);
    found.set(measure, known);
    return known;
  };
  const split = (measure: Measure, dimension: string): ByCode => {
    const own = splits.get(dimension) ?? new Map<Measure, ByCode>();
    splits.set(dimension, own);
    const known = own.get(measure) ?? byCode(find(measure), dimension);
    own.set(measure, known);
    return known;
  };
  return {
    sum: (measure, after, through) => {
      const { series, place } = find(measure);
      return BigInt(series.reduce<Whole>((sum, one) => added(sum, risen(one, place, after, through)), 0));
    },
    apart: (measure, dimension, after, through) => {
      const { codes, totals } = split(measure, dimension);
      return { codes, counts: totals.map((own) => risenOf(own, after, through)) };
    },
    whole: (dimension) => {
      const known =
        wholes.get(dimension) ??
        view(held, freq, key, new Map([...fixed].filter(([name]) => name !== dimension)));
      wholes.set(dimension, known);
      return known;
    },
  };
};

/** The totals of a measure by the codes of a dimension: for each code those of all series that have it. */
type ByCode = { readonly codes: readonly string[]; readonly totals: readonly (readonly Totals[])[] };

const byCode = ({ series, place, source }: Found, dimension: string): ByCode => {
  const at = source?.apart.indexOf(dimension) ?? -1;
  const found = new Map<string, Totals[]>();
  for (const { codes, totals } of series) {
    const own = totals[place];
    if (own === undefined) continue;
    const code = codes[at] ?? '';
    const same = found.get(code);
    if (same === undefined) found.set(code, [own]);
    else same.push(own);
  }
  return { codes: [...found.keys()], totals: [...found.values()] };
};

const risenOf = (all: readonly Totals[], after: Month | null, through: Month): Whole => {
  let sum: Whole = 0;
  for (const own of all) sum = added(sum, risenBetween(own, after, through));
  return sum;
};

const risen = ({ totals }: Series, place: number, after: Month | null, through: Month): Whole => {
  const own = totals[place];
  return own === undefined ? 0 : risenBetween(own, after, through);
};

type Found = {
  readonly source: Source | undefined;
  readonly series: readonly Series[];
  readonly place: number;
};

const seriesOf = (
  held: readonly Held[],
  freq: Frequency,
  key: string,
  fixed: ReadonlyMap<string, ReadonlySet<string>>,
  { dataflow, measure, where = {} }: Measure,
): Found => {
  const own = held.find(({ source }) => source.query.dataflow === dataflow);
  const { apart = [], settled = [], measures = [] } = own?.source ?? {};
  const tests = Object.entries(where).flatMap(([dimension, condition]) => {
    if (settled.includes(dimension)) return [];
    const codes = codesOf(condition, freq);
    const except = typeof condition === 'object' && 'except' in condition ? condition.except : [];
    return [
      {
        at: apart.indexOf(dimension),
        passes: (code: string) => codes?.includes(code) ?? !except.includes(code),
      },
    ];
  });
  for (const [dimension, allowed] of fixed)
    tests.push({ at: apart.indexOf(dimension), passes: (code) => allowed.has(code) });
  const series = [...(own?.groups.get(key)?.values() ?? [])].filter(({ codes }) =>
    tests.every(({ at, passes }) => passes(codes[at] ?? '')),
  );
  return { source: own?.source, series, place: measures.indexOf(measure) };
};
