import type { Release } from './api.js';
import type { IndicatorRow } from './indicator-api.js';

/** The newest row that has a figure. */
export const latestFigure = (rows: readonly IndicatorRow[]): IndicatorRow | undefined =>
  rows.findLast((row) => row.value !== null);

/** The release that the figures are compared with: the newest one that is older than the position shown. */
export const releaseBefore = (
  releases: readonly Release[],
  position: string | undefined,
): Release | undefined => {
  if (position === undefined) return releases.at(-1);
  const at = releases.findIndex((release) => release.name === position);
  return at <= 0 ? undefined : releases[at - 1];
};

/** A figure that two positions of knowledge tell differently. */
export type Revised = { readonly period: string; readonly before: string; readonly value: string | null };

/** Periods of which the earlier position had a figure, and another one. New periods are no revisions. */
export const revisedIn = (
  rows: readonly IndicatorRow[],
  earlier: readonly IndicatorRow[],
): readonly Revised[] => {
  const values = new Map(rows.map(({ period, value }) => [period, value]));
  return earlier.flatMap(({ period, value: before }) => {
    const value = values.get(period) ?? null;
    return before === null || before === value ? [] : [{ period, before, value }];
  });
};

/** Extremes among the rows with a figure; the earlier period where two are equal. */
export const extremesAmong = (
  rows: readonly IndicatorRow[],
): { readonly highest: IndicatorRow; readonly lowest: IndicatorRow } | undefined => {
  const told = rows.filter((row) => row.value !== null);
  const [first] = told;
  if (first === undefined) return undefined;
  const pick = (better: (a: number, b: number) => boolean): IndicatorRow =>
    told.reduce((best, row) => (better(Number(row.value), Number(best.value)) ? row : best), first);
  return { highest: pick((a, b) => a > b), lowest: pick((a, b) => a < b) };
};

/** Sign of an exact decimal text. */
export const signOf = (value: string): -1 | 0 | 1 => {
  if (!/[1-9]/.test(value)) return 0;
  return value.startsWith('-') ? -1 : 1;
};

/** A revision that turned growth into decline, or the other way round. */
export const flips = (before: string | null, value: string | null): boolean =>
  before !== null && value !== null && signOf(before) * signOf(value) < 0;

export type Ranked = { readonly code: string; readonly row: IndicatorRow; readonly rank: number | undefined };

/** The category of what is not known: a sum of records, not a part that can be first or last. */
const isUnknown = (code: string): boolean => code.endsWith('_U');

/**
 * Rows of one period by size, largest first; equal figures share a rank. Those without a figure come last, after
 * what is not known, both without a rank.
 */
export const rankedBy = (rows: readonly IndicatorRow[], dimension: string): readonly Ranked[] => {
  const codeOf = (row: IndicatorRow): string => row[dimension] ?? '';
  const told = rows
    .filter((row) => row.value !== null && !isUnknown(codeOf(row)))
    .sort((a, b) => Number(b.value) - Number(a.value) || (codeOf(a) < codeOf(b) ? -1 : 1));
  return [
    ...told.map((row) => ({
      code: codeOf(row),
      row,
      rank: told.findIndex((other) => Number(other.value) === Number(row.value)) + 1,
    })),
    ...rows
      .filter((row) => !told.includes(row))
      .sort((a, b) => Number(a.value === null) - Number(b.value === null))
      .map((row) => ({ code: codeOf(row), row, rank: undefined })),
  ];
};
