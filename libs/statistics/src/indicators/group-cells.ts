import type { CellGroup } from '@karnama/cells';
import type { Month } from '@karnama/kernel';
import { areaAt } from '../catalogue.js';
import type { Cells, Frequency } from './evaluate.js';
import type { Measure } from './expression.js';
import { codesOf, type IndicatorPlan, type Source } from './plan.js';

/** What the changes of one set of cells come to, up to each month in which there was one. */
type Series = {
  /** Codes of the dimensions that only the formula tells apart. */
  readonly codes: readonly string[];
  readonly months: Month[];
  /** For each of these months the measures' sums, in the order of the source. */
  readonly sums: (readonly bigint[])[];
};

/** The cells of one dataflow by group. */
export type Held = {
  readonly source: Source;
  readonly groups: ReadonlyMap<string, ReadonlyMap<string, Series>>;
};

const keyOf = (codes: readonly string[]): string =>
  codes.length === 1 ? (codes[0] as string) : codes.join('\u001f');

/** Reads the groups of a source, ascending by month, as running sums. Groups that come to nothing are left out. */
export const hold = async (
  source: Source,
  plan: IndicatorPlan,
  cells: AsyncIterable<CellGroup>,
): Promise<Held> => {
  const columns = columnsOf(plan);
  const groups = new Map<string, Map<string, Series>>();
  for await (const { group, measures } of cells) {
    const changes = source.places.map((place) => measures[place] ?? 0n);
    if (changes.every((value) => value === 0n)) continue;
    const asked = columns.map(({ level }, i) => {
      const code = String(group[i + 1]);
      return level === undefined ? code : areaAt(code, level);
    });
    const codes = group.slice(columns.length + 1).map(String);
    const series = seriesIn(groups, keyOf(asked), codes);
    addTo(series, Number(group[0]), changes);
  }
  return { source, groups };
};

const columnsOf = ({ by, wholes }: IndicatorPlan): IndicatorPlan['by'] =>
  by.filter(({ source }) => !wholes.includes(source));

const seriesIn = (
  groups: Map<string, Map<string, Series>>,
  key: string,
  codes: readonly string[],
): Series => {
  const group = groups.get(key) ?? new Map<string, Series>();
  groups.set(key, group);
  const own = keyOf(codes);
  const series = group.get(own) ?? { codes, months: [], sums: [] };
  group.set(own, series);
  return series;
};

const addTo = ({ months, sums }: Series, month: Month, changes: readonly bigint[]): void => {
  const before = sums.at(-1);
  const after = before === undefined ? changes : changes.map((value, i) => value + (before[i] ?? 0n));
  if (months.at(-1) === month) sums[sums.length - 1] = after;
  else {
    months.push(month);
    sums.push(after);
  }
};

/** What a measure comes to over all months up to `through`. */
const upTo = ({ months, sums }: Series, place: number, through: Month): bigint => {
  let [low, high] = [0, months.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((months[middle] as Month) <= through) low = middle + 1;
    else high = middle;
  }
  return sums[low - 1]?.[place] ?? 0n;
};

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
  const find = (measure: Measure): Found => {
    const known = found.get(measure) ?? seriesOf(held, freq, key, fixed, measure);
    found.set(measure, known);
    return known;
  };
  return {
    sum: (measure, after, through) => {
      const { series, place } = find(measure);
      return series.reduce((sum, one) => sum + between(one, place, after, through), 0n);
    },
    apart: (measure, dimension, after, through) => {
      const { series, place, source } = find(measure);
      const at = source?.apart.indexOf(dimension) ?? -1;
      const counts = new Map<string, bigint>();
      for (const one of series) {
        const count = between(one, place, after, through);
        if (count === 0n) continue;
        const code = one.codes[at] ?? '';
        counts.set(code, (counts.get(code) ?? 0n) + count);
      }
      return counts;
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

const between = (series: Series, place: number, after: Month | null, through: Month): bigint =>
  upTo(series, place, through) - (after === null ? 0n : upTo(series, place, after));

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
