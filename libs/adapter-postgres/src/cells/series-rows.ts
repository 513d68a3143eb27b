import type { CellSeries, Whole } from '@karnama/cells';

/**
 * A row of the series statement: the group, then as text the array of its months and one of values for
 * each measure. A month may stand there several times, in no order: its values add up.
 */
export type SeriesRow = (string | number | null)[];

/** The series that rows hold, their months in order; months and groups that come to nothing are left out. */
export const seriesIn = (rows: readonly SeriesRow[], width: number): CellSeries[] => {
  const all: CellSeries[] = [];
  for (const row of rows) {
    const [found = [], ...values] = row.slice(width).map((text) => wholesIn(String(text ?? '{}')));
    if (found.length === 0) continue;
    const own = found as readonly number[];
    const first = own.reduce((least, month) => Math.min(least, month));
    const length = own.reduce((most, month) => Math.max(most, month)) - first + 1;
    const sums = values.map((some) => sumsByMonth(own, some, first, length));
    const places = [...Array(length).keys()].filter((at) => sums.some((sum) => sum[at] !== 0));
    if (places.length === 0) continue;
    all.push({
      group: row.slice(0, width) as (string | number)[],
      months: places.map((at) => first + at),
      sums: sums.map((sum) => places.map((at) => sum[at] as Whole)),
    });
  }
  return all;
};

const sumsByMonth = (
  months: readonly number[],
  values: readonly Whole[],
  first: number,
  length: number,
): Whole[] => {
  const sums = new Array<Whole>(length).fill(0);
  for (let i = 0; i < months.length; i++) {
    const at = (months[i] as number) - first;
    sums[at] = plus(sums[at] as Whole, values[i] as Whole);
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

/** More digits may be beyond what a number holds exactly. */
const safeDigits = 15;

/**
 * The whole numbers of an array as the server writes it, `{1,-2}`. Read digit by digit: an answer holds
 * tens of thousands of them.
 */
export const wholesIn = (text: string): Whole[] => {
  const wholes: Whole[] = [];
  let [value, begin, negative] = [0, 1, false];
  for (let at = 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code >= zero && code <= nine) value = value * 10 + (code - zero);
    else if (code === minus) negative = true;
    else {
      if (at > begin)
        wholes.push(
          at - begin > safeDigits ? asWhole(BigInt(text.slice(begin, at))) : negative ? 0 - value : value,
        );
      [value, begin, negative] = [0, at + 1, false];
    }
  }
  return wholes;
};
