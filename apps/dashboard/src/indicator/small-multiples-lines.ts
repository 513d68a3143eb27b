import type { IndicatorRow, IndicatorSummary } from '../indicator-api.js';
import { along, indexedAt, scaleOf, type Scale } from '../panel/mini.js';
import { latestFigure, signOf } from '../readings.js';

/** One small chart: its line on the common scale, and its figure of the common period. */
export type Multiple = {
  readonly code: string;
  readonly line: readonly (number | null)[];
  readonly figure: IndicatorRow | undefined;
};

export type Multiples = {
  readonly charts: readonly Multiple[];
  /** The country's line. */
  readonly whole: readonly (number | null)[];
  readonly scale: Scale;
  /** The newest period of which the country has a figure. */
  readonly period: string | undefined;
  /** Provinces that rose and fell against a year before, in that period. */
  readonly up: number;
  readonly down: number;
};

/** Shares as they are; levels with their first figure above 0 as 100, so that small and large can be compared. */
const comparable = (
  line: readonly (number | null)[],
  { kind }: Pick<IndicatorSummary, 'kind'>,
): readonly (number | null)[] =>
  kind === 'share'
    ? line
    : (indexedAt(
        line,
        line.findIndex((value) => value !== null && value > 0),
      ) ?? line.map(() => null));

/**
 * The provinces side by side on one scale.
 * @param codes provinces in the order shown; those without any row have an empty chart
 */
export const multiplesOf = (
  summary: Pick<IndicatorSummary, 'kind'>,
  country: readonly IndicatorRow[],
  rows: readonly IndicatorRow[],
  codes: readonly string[],
): Multiples => {
  const periods = [...new Set([...country, ...rows].map(({ period }) => period))].sort();
  const period = latestFigure(country)?.period;
  const whole = comparable(along(periods, country), summary);
  const charts = codes.map((code) => {
    const own = rows.filter(({ area }) => area === code);
    return {
      code,
      line: comparable(along(periods, own), summary),
      figure: own.find((row) => row.period === period),
    };
  });
  const changes = charts.flatMap(({ figure }) => figure?.change_year ?? []);
  return {
    charts,
    whole,
    scale: scaleOf([whole, ...charts.map(({ line }) => line)]),
    period,
    up: changes.filter((change) => signOf(change) > 0).length,
    down: changes.filter((change) => signOf(change) < 0).length,
  };
};
