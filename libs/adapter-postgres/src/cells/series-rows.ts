import type { CellSeries, Whole } from '@karnama/cells';

/**
 * A row of the series statement: the group, then as text the array of its months and one of values for each
 * measure. Behind each month may stand as many values as for the months that follow it; a month may come
 * again, in no order: its values add up.
 */
export type SeriesRow = (string | number | null)[];

/** Months that count, both included. */
export type Bounds = { readonly from?: number; readonly to?: number };

/** The series that rows hold, their months in order; months and groups that come to nothing are left out. */
export const seriesIn = (rows: readonly SeriesRow[], width: number, bounds: Bounds = {}): CellSeries[] => {
  const all: CellSeries[] = [];
  for (let at = 0; at < rows.length;) {
    const group = (rows[at] as SeriesRow).slice(0, width) as (string | number)[];
    const runs: Runs[] = [];
    for (; at < rows.length && isOf(group, rows[at] as SeriesRow); at++) {
      const own = runsIn((rows[at] as SeriesRow).slice(width));
      if (own !== undefined) runs.push(own);
    }
    const series = seriesOf(group, runs, bounds);
    if (series !== undefined) all.push(series);
  }
  return all;
};

const isOf = (group: readonly (string | number)[], row: SeriesRow): boolean =>
  group.every((value, i) => row[i] === value);

/** Values of `length` months from each of the starts on, one behind the other, for each measure. */
type Runs = {
  readonly starts: readonly number[];
  readonly length: number;
  readonly values: readonly (readonly Whole[])[];
};

const runsIn = (arrays: SeriesRow): Runs | undefined => {
  const [starts = [], ...values] = arrays.map((text) => wholesIn(String(text ?? '{}')));
  if (starts.length === 0) return undefined;
  const length = (values[0]?.length ?? starts.length) / starts.length;
  return { starts: starts as readonly number[], length, values };
};

const seriesOf = (
  group: readonly (string | number)[],
  runs: readonly Runs[],
  { from = -Infinity, to = Infinity }: Bounds,
): CellSeries | undefined => {
  let [earliest, latest] = [Infinity, -Infinity];
  for (const { starts, length } of runs)
    for (const start of starts) {
      earliest = Math.min(earliest, start);
      latest = Math.max(latest, start + length - 1);
    }
  const first = Math.max(earliest, from);
  const span = Math.min(latest, to) - first + 1;
  if (runs.length === 0 || span <= 0) return undefined;
  const sums = (runs[0] as Runs).values.map((_, measure) => sumsByMonth(runs, measure, first, span));
  const months: number[] = [];
  for (let at = 0; at < span; at++) if (sums.some((sum) => sum[at] !== 0)) months.push(first + at);
  if (months.length === 0) return undefined;
  const isDense = months.length === span;
  return {
    group,
    months,
    sums: isDense ? sums : sums.map((sum) => months.map((month) => sum[month - first] as Whole)),
  };
};

const sumsByMonth = (runs: readonly Runs[], measure: number, first: number, span: number): Whole[] => {
  const sums = new Array<Whole>(span).fill(0);
  for (const { starts, length, values } of runs) {
    const own = values[measure] as readonly Whole[];
    for (let run = 0; run < starts.length; run++) {
      const begin = (starts[run] as number) - first;
      const last = Math.min(length, span - begin);
      for (let i = Math.max(0, -begin); i < last; i++)
        sums[begin + i] = plus(sums[begin + i] as Whole, own[run * length + i] as Whole);
    }
  }
  return sums;
};

/** Exact: a number where the sum is a safe whole number, a bigint beyond. */
const plus = (a: Whole, b: Whole): Whole => {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (Number.isSafeInteger(sum)) return sum;
  }
  return asWhole(BigInt(a) + BigInt(b));
};

const asWhole = (value: bigint): Whole => (Number.isSafeInteger(Number(value)) ? Number(value) : value);

const [minus, zero, nine] = [45, 48, 57];
const isLetter = (code: number): boolean => code >= 65 && code <= 90;

/** More digits may be beyond what a number holds exactly. */
const safeDigits = 15;

/**
 * The whole numbers of an array as the server writes it, `{1,-2}`, or of an array of arrays, one behind the
 * other; NULL is 0. Read digit by digit: an answer holds tens of thousands of them.
 */
export const wholesIn = (text: string): Whole[] => {
  const wholes: Whole[] = [];
  let [value, begin, negative] = [0, 1, false];
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= zero && code <= nine) value = value * 10 + (code - zero);
    else if (code === minus) negative = true;
    else if (!isLetter(code)) {
      if (at > begin)
        wholes.push(
          at - begin > safeDigits ? asWhole(BigInt(text.slice(begin, at))) : negative ? 0 - value : value,
        );
      [value, begin, negative] = [0, at + 1, false];
    }
  }
  return wholes;
};
