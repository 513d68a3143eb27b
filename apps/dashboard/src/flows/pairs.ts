import type { IndicatorRow } from '../indicator-api.js';

/** A period of which both figures are known: x and y as exact text. */
export type Pair = { readonly period: string; readonly x: string; readonly y: string };

/** Two series as a path through time; a period that lacks one of the figures is left out. */
export const pairsOf = (xs: readonly IndicatorRow[], ys: readonly IndicatorRow[]): readonly Pair[] => {
  const byPeriod = new Map(ys.map(({ period, value }) => [period, value]));
  return xs.flatMap(({ period, value: x }) => {
    const y = byPeriod.get(period) ?? null;
    return x === null || y === null ? [] : [{ period, x, y }];
  });
};

/** Whether a point is named in the drawing: the first, the last, and the first of each year. */
export const isNamed = (pairs: readonly Pair[], at: number): boolean => {
  if (at === 0 || at === pairs.length - 1) return true;
  const near = at < 2 || at > pairs.length - 3;
  return !near && pairs[at]?.period.slice(0, 4) !== pairs[at - 1]?.period.slice(0, 4);
};
