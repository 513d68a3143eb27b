import type { Answer, Cell } from './api.js';
import { shiftMonth } from './months.js';

/** One month of a series; null = not defined for that month. */
export type Point = { readonly month: string; readonly value: bigint | null };

/** A figure of the API as an exact whole number. */
export const figureOf = (cell: Cell | undefined): bigint | null =>
  cell === null || cell === undefined ? null : BigInt(cell);

/** The series of a measure in an answer by month, oldest month first. */
export const seriesOf = (answer: Answer, measure: string): readonly Point[] =>
  answer.rows
    .map((row) => ({ month: String(row['month']), value: figureOf(row[measure]) }))
    .sort((a, b) => (a.month < b.month ? -1 : 1));

export const valueAt = (points: readonly Point[], month: string): bigint | null =>
  points.find((point) => point.month === month)?.value ?? null;

/** Change of a figure against an earlier month; `share` only where a percentage has a meaning. */
export type Change = { readonly difference: bigint; readonly share: number | null };

/** @returns null when either month has no figure */
export const changeBetween = (earlier: bigint | null, later: bigint | null): Change | null => {
  if (earlier === null || later === null) return null;
  const difference = later - earlier;
  const meaningful = earlier > 0n && later >= 0n;
  return { difference, share: meaningful ? Number(difference) / Number(earlier) : null };
};

/** Change at a month against the month `back` months before it. */
export const changeAt = (points: readonly Point[], month: string, back: number): Change | null =>
  changeBetween(valueAt(points, shiftMonth(month, -back)), valueAt(points, month));

export type Extremes = { readonly highest: Point; readonly lowest: Point; readonly latest: Point };

/** What a reader of the chart would point at; undefined when no month has a figure. */
export const extremesOf = (points: readonly Point[]): Extremes | undefined => {
  const defined = points.filter((point) => point.value !== null);
  const latest = defined.at(-1);
  if (latest === undefined) return undefined;
  const best = (better: (a: bigint, b: bigint) => boolean): Point =>
    defined.reduce((best, point) => (better(point.value ?? 0n, best.value ?? 0n) ? point : best), latest);
  return { highest: best((a, b) => a > b), lowest: best((a, b) => a < b), latest };
};
