import { KarnamaError } from '@karnama/kernel';
import type { Release } from '../request.js';
import { compareKnowledge, type ComparedFigure, type IndicatorComparison } from './compare.js';
import type {
  Delivery,
  IndicatorRequest,
  IndicatorRow,
  IndicatorService,
  IndicatorSummary,
} from './request.js';

/** One series as told at each release, oldest first. */
export type Triangle = {
  readonly indicator: string;
  readonly freq: IndicatorRequest['freq'];
  readonly decimals: number;
  readonly releases: readonly string[];
  /** One value for each release; null where the release told none. */
  readonly periods: readonly { readonly period: string; readonly values: readonly (string | null)[] }[];
};

export type TriangleRequest = Pick<IndicatorRequest, 'indicator' | 'where' | 'freq'> &
  Partial<Pick<IndicatorRequest, 'from' | 'to'>>;

/**
 * What every release knew of one series (the filters choose it: there is no grouping). All are told by the
 * present definition: a change of it is no revision of the records.
 * @throws KarnamaError as `IndicatorService.data`
 */
export const triangleOf = async (service: IndicatorService, request: TriangleRequest): Promise<Triangle> => {
  const releases = await service.releases();
  const periods = new Map<string, (string | null)[]>();
  let decimals = summaryIn(service, request.indicator).decimals;
  const answers = await service.dataOf(releases.map(({ name }) => ({ ...request, by: [], asKnownAt: name })));
  for (const [at, answer] of answers.entries()) {
    decimals = answer.decimals;
    for (const { period, value } of answer.rows) {
      const values = periods.get(period) ?? releases.map(() => null);
      values[at] = value;
      periods.set(period, values);
    }
  }
  return {
    indicator: request.indicator,
    freq: request.freq,
    decimals,
    releases: releases.map(({ name }) => name),
    periods: [...periods]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([period, values]) => ({ period, values })),
  };
};

const summaryIn = (service: IndicatorService, code: string): IndicatorSummary => {
  const found = service.list().find((indicator) => indicator.code === code);
  if (found === undefined) throw new KarnamaError('unknown-indicator', `there is no indicator "${code}"`);
  return found;
};

/** A figure that two releases tell differently; `old` is null for a new period, `new` for one that is gone. */
export type ChangedFigure = {
  readonly period: string;
  readonly codes: readonly string[];
  readonly old: string | null;
  readonly new: string | null;
  /** What a revised figure was revised by; null for others. */
  readonly effects: ComparedFigure['effects'];
};

export type IndicatorChanges = {
  readonly indicator: string;
  readonly freq: IndicatorRequest['freq'];
  readonly by: readonly string[];
  readonly newPeriods: readonly ChangedFigure[];
  readonly revised: readonly ChangedFigure[];
};

export type ReleaseChanges = {
  readonly release: Release;
  readonly since: Release;
  /** Indicators of which a figure is new or another. */
  readonly indicators: readonly IndicatorChanges[];
  /** Records that came in between, by agency and contract. */
  readonly deliveries: readonly Delivery[];
};

/**
 * What a release tells otherwise than an earlier one, and the records that came in between.
 * @param where filters; only indicators that have these dimensions are compared
 * @throws KarnamaError `unknown-release`, `bad-request` when `since` is not the earlier one
 */
export const changesBetween = async (
  service: IndicatorService,
  name: string,
  sinceName: string,
  where: IndicatorRequest['where'] = {},
): Promise<ReleaseChanges> => {
  const releases = await service.releases();
  const [release, since] = [releaseIn(releases, name), releaseIn(releases, sinceName)];
  if (since.epoch >= release.epoch)
    throw new KarnamaError('bad-request', `release ${sinceName} is not older than ${name}`, 'swap the two');
  const { indicators, deliveries } = await compareKnowledge(service, { from: sinceName, to: name, where });
  const changed = indicators.filter(({ figures }) => figures.length > 0).map(changesIn);
  return { release, since, indicators: changed, deliveries };
};

const releaseIn = (releases: readonly Release[], name: string): Release => {
  const found = releases.find((release) => release.name === name);
  if (found === undefined) throw new KarnamaError('unknown-release', `there is no release "${name}"`);
  return found;
};

const changesIn = ({ indicator, freq, by, figures }: IndicatorComparison): IndicatorChanges => {
  const changed = figures.map(({ period, codes, old, new: value, effects }) => ({
    period,
    codes,
    old,
    new: value,
    effects,
  }));
  return {
    indicator,
    freq,
    by,
    newPeriods: changed.filter(({ old }) => old === null),
    revised: changed.filter(({ old }) => old !== null),
  };
};

/** A line of an indicator's published series. */
export type SeriesRow = Pick<IndicatorRow, 'period' | 'codes' | 'value' | 'reason'> & {
  readonly freq: IndicatorRequest['freq'];
};

/**
 * The series that are published of an indicator by themselves: by area, or by agency and contract, at every
 * frequency, all periods that the release knows, by the definition in force then. They never change.
 */
export const publishedSeries = async (
  service: IndicatorService,
  { code, dimensions, requiredDimensions = [], frequencies }: IndicatorSummary,
  asKnownAt: string,
): Promise<readonly SeriesRow[]> => {
  const own = ['area', 'agency', 'contract'].filter((name) => dimensions.includes(name));
  const by = [...new Set([...(own[0] === 'area' ? ['area'] : own), ...requiredDimensions])];
  const series: SeriesRow[] = [];
  for (const freq of frequencies) {
    const request = { indicator: code, by, where: {}, freq, asKnownAt, definedAt: asKnownAt };
    const { rows } = await service.data(request);
    for (const { period, codes, value, reason } of rows)
      series.push({ freq, period, codes, value, ...(reason === undefined ? {} : { reason }) });
  }
  return series;
};
