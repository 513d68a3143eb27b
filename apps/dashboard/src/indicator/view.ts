import type { IndicatorQuestion, IndicatorSummary } from '../indicator-api.js';
import type { Scale } from '../reading.js';
import type { Frequency, UrlState } from '../url-state.js';
import type { Areas } from '../use-areas.js';

/** What the indicator page shows: the address with the page's own choices filled in. */
export type View = {
  readonly summary: IndicatorSummary;
  readonly freq: Frequency;
  readonly kind: 'line' | 'bar';
  /** Undefined: a plain axis. */
  readonly scale: Scale | undefined;
  /** Undefined for an indicator that is not told by area. */
  readonly area: string | undefined;
  readonly by: string | undefined;
  /** The whole of an indicator that must be broken down is no figure. */
  readonly hasWhole: boolean;
};

/** @param areas undefined while they are read */
export const viewOf = (url: UrlState, summary: IndicatorSummary, areas: Areas): View => {
  const required = summary.requiredDimensions ?? [];
  return {
    summary,
    // kept even when the indicator does not know it: the API then says so
    freq: url.freq ?? summary.frequencies[0] ?? 'M',
    kind: url.chart ?? 'line',
    // the length of a bar has no logarithm
    scale: url.chart === 'bar' && url.scale === 'log' ? undefined : url.scale,
    area: summary.dimensions.includes('area') ? areas.chosen : undefined,
    by: url.breakdown === 'none' ? undefined : (url.breakdown ?? required[0] ?? ownBreakdown(summary, areas)),
    hasWhole: required.length === 0,
  };
};

/** Provinces of a country; of a province its first other dimension. */
const ownBreakdown = ({ dimensions }: IndicatorSummary, { isCountry }: Areas): string | undefined =>
  isCountry && dimensions.includes('area') ? 'area' : dimensions.find((code) => code !== 'area');

/** The series of the whole. */
export const wholeQuestion = ({ summary, freq, area }: View): Omit<IndicatorQuestion, 'asKnownAt'> => ({
  indicator: summary.code,
  by: [],
  freq,
  ...(area === undefined ? {} : { area }),
});

/** The parts; by area they are those of the country, whichever of them is chosen. */
export const partsQuestion = (
  { summary, freq, area, by }: View,
  country: string,
  range: { readonly from?: string; readonly to?: string },
): Omit<IndicatorQuestion, 'asKnownAt'> => {
  const within = by === 'area' ? country : area;
  return {
    indicator: summary.code,
    by: [...new Set([...(by === undefined ? [] : [by]), ...(summary.requiredDimensions ?? [])])],
    freq,
    ...(area === undefined || within === undefined ? {} : { area: within }),
    ...range,
  };
};
