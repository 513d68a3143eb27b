import type { IndicatorRow } from '../indicator-api.js';
import type { Told } from '../panel/told.js';
import { latestFigure, rankedBy } from '../readings.js';

/** What is said of one indicator of an area beside the country. */
export type Standing = {
  readonly told: Told;
  /** The newest period of which the country has a figure. */
  readonly whole: IndicatorRow | undefined;
  readonly here: IndicatorRow | undefined;
  /** Place among the provinces with a figure of that period, the largest first. */
  readonly rank: number | undefined;
  readonly count: number;
};

const isKnown = ({ area }: IndicatorRow): boolean => area?.endsWith('_U') !== true;

/** @param parts rows by area that hold the newest period of the country */
export const standingOf = (
  told: Told,
  country: readonly IndicatorRow[],
  parts: readonly IndicatorRow[],
  area: string,
): Standing => {
  const whole = latestFigure(country);
  const ranked = rankedBy(
    parts.filter((row) => row.period === whole?.period && isKnown(row)),
    'area',
  );
  return {
    told,
    whole,
    here: told.rows.find(({ period }) => period === whole?.period),
    rank: ranked.find(({ code }) => code === area)?.rank,
    count: ranked.filter(({ rank }) => rank !== undefined).length,
  };
};

type Placed = Standing & { readonly rank: number };

/** The highest and the lowest place, as a part of the provinces counted; undefined when nothing is ranked. */
export const extremeStandings = (
  standings: readonly Standing[],
): { readonly best: Placed; readonly worst: Placed } | undefined => {
  const placed = standings
    .filter((one): one is Placed => one.rank !== undefined && one.count > 1)
    .sort((a, b) => a.rank / a.count - b.rank / b.count);
  const [best, worst] = [placed[0], placed.at(-1)];
  return best === undefined || worst === undefined ? undefined : { best, worst };
};
