import type { IndicatorRow, Release } from '@karnama/statistics';

/** What a release told of a series. */
export type ToldRelease = { readonly release: Release; readonly rows: readonly IndicatorRow[] };

export type FeedKind = 'released' | 'revised' | 'flipped';

export const feedKinds: readonly FeedKind[] = ['released', 'revised', 'flipped'];

export type FeedFigure = {
  readonly period: string;
  readonly codes: readonly string[];
  readonly value: string;
  /** What was told before; null of a figure that is new. */
  readonly before: string | null;
};

/** One event of a series: a release brought new figures, revised some, or turned the sign of some. */
export type FeedEntry = {
  readonly kind: FeedKind;
  readonly release: Release;
  /** Newest period first. */
  readonly figures: readonly FeedFigure[];
};

const keyOf = ({ period, codes }: IndicatorRow): string => [period, ...codes].join('|');

const signOf = (value: string | null | undefined): number => {
  if (value === null || value === undefined || !/[1-9]/.test(value)) return 0;
  return value.startsWith('-') ? -1 : 1;
};

/** Gain became loss or the other way round, in the figure or in its change on the period before. */
const turned = (row: IndicatorRow, before: IndicatorRow): boolean =>
  signOf(row.value) * signOf(before.value) < 0 ||
  signOf(row.changes?.previous?.absolute) * signOf(before.changes?.previous?.absolute) < 0;

const compared = (row: IndicatorRow, before: IndicatorRow | undefined, kind: FeedKind): boolean => {
  if (row.value === null) return false;
  const told = before?.value ?? null;
  switch (kind) {
    case 'released':
      return told === null;
    case 'revised':
      return told !== null && told !== row.value;
    case 'flipped':
      return before !== undefined && told !== null && turned(row, before);
  }
};

/** The events of a series, newest release first; a release that says nothing new makes none. */
export const entriesOf = (told: readonly ToldRelease[]): readonly FeedEntry[] =>
  told
    .flatMap(({ release, rows }, at): FeedEntry[] => {
      const earlier = new Map((told[at - 1]?.rows ?? []).map((row) => [keyOf(row), row]));
      return feedKinds.map((kind) => ({
        kind,
        release,
        figures: rows
          .filter((row) => compared(row, earlier.get(keyOf(row)), kind))
          .map((row) => ({
            period: row.period,
            codes: row.codes,
            value: row.value ?? '',
            before: earlier.get(keyOf(row))?.value ?? null,
          }))
          .reverse(),
      }));
    })
    .filter(({ figures }) => figures.length > 0)
    .reverse();
