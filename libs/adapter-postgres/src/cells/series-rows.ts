import type { CellSeries, Whole } from '@karnama/cells';

/** A row of the series statement: the group, then as text the array of its months and one of sums for each measure. */
export type SeriesRow = (string | number | null)[];

/** The series that rows hold, their months put in order; those that come to nothing are left out. */
export const seriesIn = (rows: readonly SeriesRow[], width: number): CellSeries[] => {
  const all: CellSeries[] = [];
  for (const row of rows) {
    const [months = [], ...sums] = row.slice(width).map((text) => wholesIn(String(text ?? '{}')));
    const order = inOrder(months as number[]).filter((at) => sums.some((values) => values[at] !== 0));
    if (order.length === 0) continue;
    all.push({
      group: row.slice(0, width) as (string | number)[],
      months: order.map((at) => months[at] as number),
      sums: sums.map((values) => order.map((at) => values[at] as Whole)),
    });
  }
  return all;
};

/** Places of the months, earliest first; by counting, since they lie close together. */
const inOrder = (months: readonly number[]): number[] => {
  const first = Math.min(...months);
  const places: number[] = [];
  months.forEach((month, at) => (places[month - first] = at));
  return places.filter((at) => at !== undefined);
};

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
        wholes.push(at - begin > safeDigits ? exact(text.slice(begin, at)) : negative ? 0 - value : value);
      [value, begin, negative] = [0, at + 1, false];
    }
  }
  return wholes;
};

const exact = (digits: string): Whole => {
  const value = Number(digits);
  return Number.isSafeInteger(value) ? value : BigInt(digits);
};
